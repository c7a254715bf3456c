/** What a table asks of a record as a whole or of its place among others, as its catalogue tells it. Plain JSON. */
export type TableConstraint =
  | {
      readonly kind: 'unique';
      readonly name: string;
      readonly columns: readonly string[];
      /** By column, how texts are made alike before they are compared, where they are not compared as they are. */
      readonly alike?: readonly Alike[];
      /** The key of the table, which it may give to its records by itself. */
      readonly primary?: true;
    }
  | {
      readonly kind: 'reference';
      readonly name: string;
      readonly columns: readonly string[];
      /** The table that is referred to, as a side would name it. */
      readonly table: string;
      readonly to: readonly string[];
      /** It refers to records of the same table. */
      readonly self?: true;
      /** Letter case and blanks at the end may not count, as the collation has it. */
      readonly ignoresCase?: true;
    }
  | {
      readonly kind: 'check';
      readonly name: string;
      /** In the SQL of its database. */
      readonly condition: string;
      readonly dialect: 'postgresql' | 'mysql' | 'sqlite';
      /** Of a domain: the column that `VALUE` is. */
      readonly value?: string;
      /** Columns whose texts are kept in UTF-8, which tells how many bytes they have. */
      readonly utf8?: readonly string[];
    }
  /** An index over expressions or a part of the records, an exclusion: nothing is held against it. */
  | { readonly kind: 'other'; readonly name: string };

/** `case`: letter case is ignored. `blanks`: blanks at the end are. */
export interface Alike {
  readonly case?: true;
  readonly blanks?: true;
}
