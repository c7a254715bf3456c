/** One release series of a product, and until when somebody mends its security faults. */
export interface VersionRow {
  /** Id of the product: postfix, dovecot, exim, exchange … */
  readonly product: string;
  /** `3.7` stands for 3.7 and 3.7.x. */
  readonly cycle: string;
  /** RFC 3339 dates. */
  readonly released?: string;
  /** Absent: no end is announced. */
  readonly endOfSupport?: string;
  /** The newest release of the series that is known. */
  readonly latest?: string;
  /** Whose package it is where a distribution mends it beyond its maker: `debian 12`. */
  readonly by?: string;
  /** Where it is written. */
  readonly source: string;
}

/** Also the format of a file that the user names. */
export interface VersionTable {
  readonly schema: 'crm-doctor/versions/v1';
  /** Facts as of this day. */
  readonly date: string;
  readonly rows: readonly VersionRow[];
}

/** What a server tells of its software. */
export interface Software {
  readonly product: string;
  /** As people write it. */
  readonly name: string;
  readonly version?: string;
  /** debian, ubuntu, rhel … where the server says so. */
  readonly distribution?: string;
  /** The words that tell it. */
  readonly says: string;
}

/** mail.versions: the software of one service. */
export interface VersionsFact {
  /** RFC 3339 */
  readonly at: string;
  readonly software?: Software;
  /** The rows of the table for this product. */
  readonly rows: readonly VersionRow[];
  readonly table: { readonly date: string; readonly file?: string };
  /** The last change of version that a kept run has seen. */
  readonly changed?: { readonly from: string; readonly to: string; readonly since: string };
}
