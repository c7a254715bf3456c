import { describe, expect, test } from '@jest/globals';
import { optionsOfCheck } from '../../../src/sync/databases/check-options.ts';

describe('the values that a condition allows', () => {
  test.each<[string, string, readonly string[] | undefined]>([
    ["CHECK ((stage = ANY (ARRAY['new'::text, 'it''s'::text])))", 'stage', ['new', "it's"]],
    [
      "CHECK (((stage)::text = ANY ((ARRAY['new'::character varying, 'won'::character varying])::text[])))",
      'stage',
      ['new', 'won'],
    ],
    [
      "CHECK (((\"状態\")::text = ANY (ARRAY[('a,b'::character varying)::text, ('c'::character varying)::text])))",
      '状態',
      ['a,b', 'c'],
    ],
    ["`stage` in ('new','it''s')", 'stage', ['new', "it's"]],
    ["(`stage` in (_utf8mb4\\'new\\',_utf8mb4\\'won\\'))", 'stage', ['new', 'won']],
    ["CHECK ((stage = ANY (ARRAY['new'::text])))", 'other', undefined],
    ["CHECK (((stage = ANY (ARRAY['new'::text])) OR (age > 3)))", 'stage', undefined],
    ["CHECK ((stage <> ALL (ARRAY['new'::text])))", 'stage', undefined],
    ['CHECK ((age = ANY (ARRAY[1, 2])))', 'age', undefined],
    ["`stage` in ('new','won') or `age` > 3", 'stage', undefined],
    ["`stage` not in ('new','won')", 'stage', undefined],
    ['`age` >= 0', 'age', undefined],
  ])('%s on %s', (condition, column, options) => {
    expect(optionsOfCheck(condition, column)).toEqual(options);
  });
});
