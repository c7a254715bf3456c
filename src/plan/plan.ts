import type { AnyCheck, AnySubject } from '../model/check.ts';
import { isPresent, keyOf } from '../model/check.ts';
import type { Text } from '../model/text.ts';
import { globMatcher } from './glob.ts';

/** One check on one subject, with the keys of what it waits for. */
export interface PlannedCheck {
  readonly key: string;
  readonly check: AnyCheck;
  readonly subject: AnySubject;
  readonly needs: readonly string[];
  /** Left out, with its reason. */
  readonly skip?: Text;
}

export interface Selection {
  /** Ids or globs; empty means all. What they need is run and listed with them. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** No network: only what needs none. */
  readonly offline: boolean;
}

export const everything: Selection = { only: [], skip: [], offline: false };

const skipReason = (check: AnyCheck, subject: AnySubject, skipped: boolean, offline: boolean): Text | undefined => {
  if (skipped) return { en: 'left out by --skip', ja: '--skip により省略しました' };
  const applies = check.appliesTo(subject);
  if (applies !== true) return applies;
  if (offline && !check.offline) {
    return { en: 'needs the network (--offline)', ja: 'ネットワークが必要です (--offline)' };
  }
  return undefined;
};

/** What a run does, in an order in which every check comes after what it needs. */
export const plan = (
  subjects: readonly AnySubject[],
  checks: readonly AnyCheck[],
  selection: Selection = everything,
): readonly PlannedCheck[] => {
  const wanted = selection.only.length === 0 ? () => true : globMatcher(selection.only);
  const unwanted = globMatcher(selection.skip);
  const planned = new Map<string, PlannedCheck>();
  const add = (check: AnyCheck, subject: AnySubject): string | undefined => {
    if (!isPresent(check, subject)) return undefined;
    const key = keyOf(check, subject);
    if (planned.has(key)) return key;
    const needs = [...new Set(check.needs.flatMap((need) => add(need, subject) ?? []))];
    const skip = skipReason(check, subject, unwanted(check.id), selection.offline);
    planned.set(key, { key, check, subject, needs, ...(skip ? { skip } : {}) });
    return key;
  };
  for (const subject of subjects) {
    for (const check of checks) if (wanted(check.id)) add(check, subject);
  }
  return [...planned.values()];
};

/** Globs that match no check at all: a typing fault that must not look like "all is well". */
export const unmatched = (globs: readonly string[], checks: readonly { readonly id: string }[]): readonly string[] =>
  globs.filter((glob) => !checks.some(({ id }) => globMatcher([glob])(id)));
