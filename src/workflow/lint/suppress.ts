import type { Suppression } from '../../model/workflow/project.ts';
import { globPattern } from '../files/glob.ts';
import type { Found } from './run-rules.ts';
import { nameOf } from './run-rules.ts';
import type { Ignore } from './settings.ts';

/** A finding with the reason why it is silenced, if it is. */
export interface Judged extends Found {
  readonly suppressed?: string;
}

/** A suppression that does nothing, or should not. */
export interface IdleSuppression {
  readonly of: Suppression | Ignore;
  readonly why: 'unused' | 'no-reason' | 'out-of-date';
}

const day = (now: Date): string => now.toISOString().slice(0, 10);

/** Applies comments and the configuration's `ignore`. Reading errors cannot be silenced. */
export const suppress = (
  found: readonly Found[],
  suppressions: readonly Suppression[],
  ignores: readonly Ignore[],
  now: Date,
): { readonly judged: readonly Judged[]; readonly idle: readonly IdleSuppression[] } => {
  const used = new Set<Suppression | Ignore>();
  const expired = (until: string | undefined): boolean => until !== undefined && until < day(now);
  const byFile = new Map<string, Suppression[]>();
  for (const one of suppressions) byFile.set(one.place.file, [...(byFile.get(one.place.file) ?? []), one]);
  const globs = new Map(
    ignores.flatMap((one) => (one.file === undefined ? [] : [[one, globPattern(one.file)] as const])),
  );
  const judged = found.map((one): Judged => {
    const name = nameOf(one.rule);
    if (name.startsWith('parse-')) return one;
    const { place, element } = one.problem;
    for (const own of byFile.get(place.file) ?? []) {
      const covers = own.covers === 'file' || (own.covers.from <= place.line && place.line <= own.covers.to);
      if (!covers || !own.rules.includes(name)) continue;
      used.add(own);
      if (own.reason !== undefined && !expired(own.until)) return { ...one, suppressed: own.reason };
    }
    for (const own of ignores) {
      if (own.rule !== name || (own.element !== undefined && own.element !== element)) continue;
      if (globs.get(own)?.test(place.file) === false) continue;
      used.add(own);
      if (own.reason !== undefined && !expired(own.until)) return { ...one, suppressed: own.reason };
    }
    return one;
  });
  const idle = [...suppressions, ...ignores].flatMap((of): IdleSuppression[] => {
    if (of.reason === undefined) return [{ of, why: 'no-reason' }];
    if (expired(of.until)) return [{ of, why: 'out-of-date' }];
    return used.has(of) ? [] : [{ of, why: 'unused' }];
  });
  return { judged, idle };
};
