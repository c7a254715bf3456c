import { rememberFor } from '../../model/remember.ts';
import type { Text } from '../../model/text.ts';
import type { Test } from '../../model/workflow/condition.ts';
import { writtenValue } from '../../reason/workflow/written.ts';
import type { Value } from './held.ts';
import { isEmpty, plainOf } from './held.ts';

/** Longer texts are cut: they come from a file and go into a sentence. */
const maximumLength = 80;

const cut = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > maximumLength ? `${line.slice(0, maximumLength - 1)}…` : line;
};

/** A value in a sentence. */
export const shown = (value: Value): Text => {
  if (isEmpty(value)) return { en: 'empty', ja: '空' };
  const plain = plainOf(value);
  if (plain === undefined) return { en: 'not known', ja: '不明' };
  const text = cut(typeof plain === 'string' ? plain : JSON.stringify(plain));
  return { en: text, ja: text };
};

/** `amount gt 100000`, with the operator's word of the definition. */
export const writtenTest = rememberFor(({ left, op, opText, right }: Test): string =>
  [writtenValue(left), opText ?? op, ...(right ? [writtenValue(right)] : [])].join(' '),
);

/** Joins texts of both languages in the same way. */
export const join = (parts: readonly Text[], en: string, ja: string): Text => ({
  en: parts.map((part) => part.en).join(en),
  ja: parts.map((part) => part.ja).join(ja),
});
