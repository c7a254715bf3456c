import { describe, expect, test } from '@jest/globals';
import { allRules } from '../../../checks/all-rules.ts';
import type { Text } from '../../../src/model/text.ts';
import { checkSentence } from '../sound-text.ts';
import { findingsOf } from './speaks.ts';

// A text may speak of the word "null" that somebody wrote.
const quoted = /["'「]null["'」]/g;
const soundText = ({ en, ja }: Text): void => {
  checkSentence({ en: en.replace(quoted, 'it'), ja: ja.replace(quoted, 'それ') });
};

describe('every text of a rule, in both languages', () => {
  test.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (_, { title, about, advice, examples }) => {
    // What is written by hand may speak of the word; what is put together may not hold it.
    for (const { en, ja } of [title, about, advice]) {
      soundText({ en: en.replace(/\bnull\b/g, 'it'), ja: ja.replace(/null/g, 'それ') });
    }
    const [ja, en] = (['ja', 'en'] as const).map((language) => findingsOf(examples.bad, undefined, language));
    expect(ja?.length).toBe(en?.length);
    en?.forEach((finding, at) => {
      const other = ja?.[at];
      if (!other) return;
      soundText({ en: finding.message, ja: other.message });
      soundText({ en: finding.fix.says, ja: other.fix.says });
    });
  });
});
