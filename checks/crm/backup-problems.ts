import type { BackupEntry, BackupFormat, BackupIntegrity, BackupPlace } from '../../src/model/backup-facts.ts';
import { dropOf, finished, stoppedAmong } from '../../src/reason/backup-trend.ts';

/** A place with what is expected of it. */
export interface ExpectedPlace {
  readonly place: BackupPlace;
  readonly maxAgeMs: number;
  readonly minBytes?: number;
}

/** All backups of one CRM, and when they were looked at. */
export interface BackupsFact {
  /** RFC 3339 UTC */
  readonly at: string;
  readonly places: readonly ExpectedPlace[];
}

export interface MissingBackup {
  readonly path: string;
  /** `absent`: no such path. `empty`: a folder without one, or no file fits. */
  readonly why: 'absent' | 'empty';
  readonly passedOver: number;
}

export interface StaleBackup {
  readonly path: string;
  readonly newest: string;
  readonly modified: string;
  readonly ageMs: number;
  readonly maxAgeMs: number;
  /** Other backups of the same place go on; this kind has stopped. */
  readonly onlySeries?: string;
}

export interface ShrunkBackup {
  readonly file: string;
  readonly bytes: number;
  /** What they are usually, or what was asked for. */
  readonly usual?: number;
  readonly least?: number;
  readonly compared: number;
  readonly whole: boolean;
}

export interface CorruptBackup {
  readonly file: string;
  readonly formats: readonly BackupFormat[];
  readonly how: Extract<BackupIntegrity, { kind: 'broken' }>['how'];
  readonly inside?: string;
  readonly newest: boolean;
  /** Another one of the same kind that may stand in for it. */
  readonly before?: string;
}

export interface UnreadableBackup {
  readonly path: string;
  /** EIO, ESTALE, ELINK: a link that leads nowhere. */
  readonly code: string;
}

export interface ExposedBackup {
  readonly file: string;
  readonly count: number;
}

/** What was not seen, and why. */
export interface UnseenBackup {
  readonly file: string;
  readonly formats: readonly BackupFormat[];
  /** `more`: not all that lies there was looked at. */
  readonly why: Extract<BackupIntegrity, { kind: 'unknown' }>['why'] | 'more';
  readonly code?: string;
}

const newestOf = ({ series }: BackupPlace): BackupEntry | undefined =>
  series
    .flatMap(finished)
    .toSorted((left, right) => right.modified.localeCompare(left.modified))
    .at(0);

const isBeingWritten = ({ series }: BackupPlace): boolean =>
  series.some(({ members }) => members.some(({ growing }) => growing === true));

export const missingIn = ({ places }: BackupsFact): readonly MissingBackup[] =>
  places.flatMap(({ place: { path, trouble, count, passedOver, more } }): readonly MissingBackup[] => {
    if (trouble?.kind === 'absent') return [{ path, why: 'absent', passedOver: 0 }];
    return trouble === undefined && count === 0 && !more ? [{ path, why: 'empty', passedOver }] : [];
  });

export const staleIn = ({ at, places }: BackupsFact): readonly StaleBackup[] =>
  places.flatMap(({ place, maxAgeMs }): readonly StaleBackup[] => {
    const now = Date.parse(at);
    const newest = newestOf(place);
    // One that is being written now may be the one that is due; in a minute it is there or not.
    if (!newest || place.more || isBeingWritten(place)) return [];
    const ageOf = ({ modified }: BackupEntry): number => now - Date.parse(modified);
    const { path } = place;
    const row = (entry: BackupEntry) => ({
      path,
      newest: entry.path,
      modified: entry.modified,
      ageMs: ageOf(entry),
      maxAgeMs,
    });
    if (ageOf(newest) > maxAgeMs) return [row(newest)];
    return stoppedAmong(place.series, { now, maxAgeMs }).flatMap(({ name, members: [last] }) =>
      last ? [{ ...row(last), onlySeries: name }] : [],
    );
  });

const isWhole = (integrity: BackupIntegrity | undefined): boolean => integrity?.kind === 'whole';

export const shrunkIn = ({ places }: BackupsFact): readonly ShrunkBackup[] =>
  places.flatMap(({ place, minBytes }) => {
    const newest = newestOf(place);
    return place.series.flatMap((one): readonly ShrunkBackup[] => {
      const [last] = finished(one);
      // What is cut off is smaller for that reason.
      if (!last || one.examined?.integrity.kind === 'broken') return [];
      const base = { file: last.path, bytes: last.bytes, whole: isWhole(one.examined?.integrity) };
      const drop = dropOf(one);
      if (last.bytes === 0) {
        const usual = drop ? { usual: drop.usual } : {};
        return [{ ...base, ...usual, whole: false, compared: drop?.compared ?? 0 }];
      }
      if (minBytes !== undefined && last.path === newest?.path && last.bytes < minBytes) {
        return [{ ...base, least: minBytes, compared: 0 }];
      }
      return drop ? [{ ...base, usual: drop.usual, compared: drop.compared }] : [];
    });
  });

export const corruptIn = ({ places }: BackupsFact): readonly CorruptBackup[] =>
  places.flatMap(({ place }) =>
    place.series.flatMap((one, index): readonly CorruptBackup[] => {
      if (one.examined?.integrity.kind !== 'broken') return [];
      const { path: file, integrity } = one.examined;
      const [, before] = finished(one);
      return [
        {
          file,
          formats: integrity.formats,
          how: integrity.how,
          ...(integrity.inside === undefined ? {} : { inside: integrity.inside }),
          newest: index === 0,
          ...(before ? { before: before.path } : {}),
        },
      ];
    }),
  );

/** Faults of the disk or of a link; a lack of permission is ours, and says nothing of the backup. */
export const unreadableIn = ({ places }: BackupsFact): readonly UnreadableBackup[] =>
  places.flatMap(({ place: { path, trouble, series } }) => [
    ...(trouble?.kind === 'failed' ? [{ path, code: trouble.code }] : []),
    ...series.flatMap(({ examined }) =>
      examined?.integrity.kind === 'unknown' && examined.integrity.why === 'failed'
        ? [{ path: examined.path, code: examined.integrity.code ?? 'EIO' }]
        : [],
    ),
  ]);

export const exposedIn = ({ places }: BackupsFact): readonly ExposedBackup[] =>
  places.flatMap(({ place }) => {
    const open = place.series.flatMap(({ members }) => members.filter(({ exposed }) => exposed === true));
    const [first] = open.toSorted((left, right) => right.modified.localeCompare(left.modified));
    return first ? [{ file: first.path, count: open.length }] : [];
  });

export const unseenIn = ({ places }: BackupsFact): readonly UnseenBackup[] =>
  places.flatMap(({ place: { path, trouble, series, count, more } }): readonly UnseenBackup[] => {
    if (trouble?.kind === 'denied') return [{ file: trouble.at, formats: [], why: 'denied', code: trouble.code }];
    if (more) return [{ file: path, formats: [], why: 'more' }];
    if (count > 0 && series.every((one) => finished(one).length === 0))
      return [{ file: path, formats: [], why: 'growing' }];
    return series.flatMap(({ examined }) => {
      if (examined?.integrity.kind !== 'unknown' || examined.integrity.why === 'failed') return [];
      const { why, formats, code } = examined.integrity;
      return [{ file: examined.path, formats, why, ...(code === undefined ? {} : { code }) }];
    });
  });
