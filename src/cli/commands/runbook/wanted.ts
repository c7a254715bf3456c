import { globMatcher } from '../../../plan/glob.ts';
import type { Wanted } from '../../../runbook/select.ts';
import { UsageError } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { sinceOf } from '../../since.ts';

/** Which records a command is about. */
export interface WantedFlags extends CommonFlags {
  readonly tag?: string;
  readonly cause?: string;
  readonly since?: string;
  readonly limit?: string;
}

/** A tag as it is kept: one word, whether it was written with its sign or not. */
export const tagOf = (word: string): string => {
  const tag = word.trim().replace(/^#/, '');
  if (tag !== '' && !/\s/u.test(tag)) return tag;
  throw new UsageError({
    en: `a tag is one word, and ${JSON.stringify(word)} is none`,
    ja: `タグには空白を含まない 1 語を指定してください: ${JSON.stringify(word)}`,
  });
};

export const wantedOf = async (
  { tag, cause, since }: WantedFlags,
  target: string | undefined,
  now = Date.now(),
): Promise<Wanted> => {
  const from = await sinceOf(since === undefined ? {} : { since }, now);
  return {
    ...(tag === undefined ? {} : { tag: tagOf(tag) }),
    ...(cause === undefined ? {} : { cause: globMatcher([cause]) }),
    ...(from === undefined ? {} : { since: new Date(Math.max(0, from)).toISOString() }),
    ...(target === undefined || target === '' ? {} : { target }),
  };
};
