import type { VersionRow, VersionsFact } from '../../src/model/version-facts.ts';
import { compareVersions, isOfCycle } from '../../src/reason/software.ts';

/** How a server's version stands with those who mend it. */
export type Standing =
  /** It tells no version, or the table does not know it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'supported'; readonly row: VersionRow }
  /** Its maker mends it no more, a distribution does, in packages that keep the version. */
  | { readonly kind: 'packaged'; readonly row: VersionRow; readonly by: readonly VersionRow[] }
  | { readonly kind: 'ended'; readonly row: VersionRow; readonly end: string }
  /** The series is mended, and there is a newer release of it. */
  | { readonly kind: 'outdated'; readonly row: VersionRow; readonly latest: string };

const longestCycle = (rows: readonly VersionRow[]): VersionRow | undefined =>
  rows.toSorted((left, right) => right.cycle.length - left.cycle.length)[0];

/** What a distribution's package says of itself: `debian 12` is a debian. */
const packagedBy = (rows: readonly VersionRow[], distribution: string | undefined): readonly VersionRow[] =>
  rows.filter(({ by }) => by !== undefined && (distribution === undefined || by.startsWith(`${distribution} `)));

/**
 * A distribution mends faults without raising the version, and most servers do not say whose package they are: while
 * any distribution that ships this series still mends it, it is not called at its end, nor behind.
 */
export const standingOf = ({ at, software, rows }: VersionsFact): Standing => {
  const version = software?.version;
  if (version === undefined) return { kind: 'unknown' };
  const day = at.slice(0, 10);
  const series = rows.filter(({ cycle }) => isOfCycle(version, cycle));
  const row = longestCycle(series.filter(({ by }) => by === undefined));
  if (!row) return { kind: 'unknown' };
  const open = packagedBy(series, software?.distribution).filter(
    ({ endOfSupport }) => endOfSupport === undefined || endOfSupport >= day,
  );
  const { endOfSupport: end, latest } = row;
  if (end !== undefined && end < day) {
    const ends = packagedBy(series, software?.distribution).flatMap((one) => one.endOfSupport ?? []);
    return open.length > 0
      ? { kind: 'packaged', row, by: open }
      : { kind: 'ended', row, end: [end, ...ends].toSorted().at(-1) ?? end };
  }
  if (latest !== undefined && open.length === 0 && compareVersions(version, latest) < 0) {
    return { kind: 'outdated', row, latest };
  }
  return { kind: 'supported', row };
};

/** The end of the support of what runs there; nothing where nobody has announced one. */
export const supportEnd = (fact: VersionsFact): string | undefined => {
  const standing = standingOf(fact);
  if (standing.kind === 'supported' || standing.kind === 'outdated') return standing.row.endOfSupport;
  // Whose package it is has to be known: of all that ship the series another one may end later.
  if (standing.kind !== 'packaged' || fact.software?.distribution === undefined) return undefined;
  return standing.by
    .flatMap(({ endOfSupport }) => endOfSupport ?? [])
    .toSorted()
    .at(-1);
};
