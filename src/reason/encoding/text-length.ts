import { encoded } from './bytes.ts';

/** What a limit of a column is counted in. */
export const lengthUnits = ['characters', 'utf-16', 'utf-8', 'cp932'] as const;
export type LengthUnit = (typeof lengthUnits)[number];

const utf8 = new TextEncoder();

/** What is not in CP932 is one `?` there. */
const cp932Length = (text: string): number => {
  let length = 0;
  for (const character of text) length += encoded(character, 'cp932')?.length ?? 1;
  return length;
};

export const lengthIn = (text: string, unit: LengthUnit): number => {
  switch (unit) {
    case 'characters':
      return [...text].length;
    case 'utf-16':
      return text.length;
    case 'utf-8':
      return utf8.encode(text).length;
    case 'cp932':
      return cp932Length(text);
  }
};

/** By how much a value may stay below the limit so as not to break its last character. */
export const slackOf: Readonly<Record<LengthUnit, number>> = { characters: 0, 'utf-16': 1, 'utf-8': 3, cp932: 1 };
