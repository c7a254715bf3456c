/** What the values of a column are; without one a column is compared as text. */
export const columnTypes = [
  'text',
  'name',
  'company',
  'email',
  'phone',
  'address',
  'postcode',
  'date',
  'timestamp',
  'number',
  'amount',
  'boolean',
  'picklist',
  'multi-picklist',
  'reference',
  'id',
] as const;

export type ColumnType = (typeof columnTypes)[number];

export type ColumnRole = 'updated-at' | 'created-at' | 'created-by' | 'owner' | 'deleted';

/** A difference up to this counts as none. */
export type Tolerance =
  | { readonly kind: 'number'; readonly most: number }
  | { readonly kind: 'time'; readonly ms: number };

/** What a source tells of one of its columns; what it does not tell is absent. */
export interface SourceColumn {
  readonly name: string;
  /** As the source calls it: `varchar(40)`, `DOUBLE`, `picklist`. */
  readonly declared?: string;
  readonly type?: ColumnType;
  readonly required?: boolean;
  /** In characters, as the database counts them. */
  readonly maxLength?: number;
  /** The values that are allowed, as they are stored. */
  readonly options?: readonly string[];
  /** Computed by the system itself: nobody writes it. */
  readonly calculated?: boolean;
  readonly unique?: boolean;
}

/** One column that is compared: where it stands on each side and what is known of it. */
export interface ComparedColumn {
  /** Position among the compared columns; the index of `values` everywhere. */
  readonly at: number;
  readonly left: string;
  readonly right: string;
  readonly type: ColumnType;
  /** Whether the configuration states the type; else it was guessed from values, or is text. */
  readonly typeFrom: 'configuration' | 'source' | 'values' | 'none';
  readonly role?: ColumnRole;
  /** Part of the key. */
  readonly key: boolean;
  readonly leftSource: SourceColumn;
  readonly rightSource: SourceColumn;
  readonly tolerance?: Tolerance;
}
