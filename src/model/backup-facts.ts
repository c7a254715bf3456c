/** Why a file or folder could not be looked at. */
export type BackupTrouble = 'absent' | 'denied' | 'failed';

/** One backup: a file, or a folder with the parts of one. Texts are printable. */
export interface BackupEntry {
  readonly path: string;
  readonly bytes: number;
  /** RFC 3339 UTC; of a folder the newest file in it. */
  readonly modified: string;
  readonly folder?: true;
  /** It was written to a moment ago, or while it was looked at. */
  readonly growing?: true;
  /** Every account of the host can read it. */
  readonly exposed?: true;
}

/** What a file is, as far as it was told by its first bytes. */
export type BackupFormat =
  | 'gzip'
  | 'zip'
  | 'zstd'
  | 'xz'
  | 'tar'
  | 'sqlite'
  | 'postgresql'
  | 'postgresql-custom'
  | 'mysql'
  | 'encrypted'
  | 'unknown';

/** Whether the content is whole. */
export type BackupIntegrity =
  /** Read to its end; checksums and end marks are right. `structure`: only that it is not cut off could be seen. */
  | { readonly kind: 'whole'; readonly formats: readonly BackupFormat[]; readonly by: 'content' | 'structure' }
  | {
      readonly kind: 'broken';
      readonly formats: readonly BackupFormat[];
      /** `cut`: it ends too early. `no-end`: the dump in it stopped before its end. `checksum`: bytes were changed. */
      readonly how: 'cut' | 'no-end' | 'checksum' | 'damaged';
      /** The member of an archive. */
      readonly inside?: string;
    }
  | {
      readonly kind: 'unknown';
      readonly formats: readonly BackupFormat[];
      /** `time`: too large to be read to its end in the time for it. `format`: nothing in it shows its end. */
      readonly why: 'time' | 'format' | 'encrypted' | 'growing' | BackupTrouble;
      /** So much of the file was read and was good. */
      readonly readBytes?: number;
      /** ENOENT, EACCES, EIO, … */
      readonly code?: string;
    };

/** Backups that follow each other: names that differ in date and number only. */
export interface BackupSeries {
  /** `/var/backups/crm-#.sql.gz` */
  readonly name: string;
  readonly count: number;
  /** When the oldest one was written, RFC 3339 UTC. */
  readonly oldest: string;
  /** The newest first, at most 20. */
  readonly members: readonly BackupEntry[];
  /** The newest one that is not being written now. */
  readonly examined?: { readonly path: string; readonly integrity: BackupIntegrity };
}

/** What lies where backups are expected. */
export interface BackupPlace {
  /** As configured. */
  readonly path: string;
  readonly trouble?: { readonly kind: BackupTrouble; readonly code: string; readonly at: string };
  /** The one with the newest backup first, at most 12. */
  readonly series: readonly BackupSeries[];
  readonly count: number;
  /** Files that are no backups: checksums, notes, parts of an unfinished transfer. */
  readonly passedOver: number;
  /** There is more in it than was looked at. */
  readonly more: boolean;
}
