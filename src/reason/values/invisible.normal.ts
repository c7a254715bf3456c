import { defineNormalRule } from '../../model/sync/normal.ts';
import { trimEnds } from './trim-ends.ts';

/** Without width, or without a meaning in text. The joiner between emoji makes one picture of two and is kept. */
const nothing =
  /[\0-\x08\x0e-\x1f\x7f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?<!\p{Extended_Pictographic}|\ufe0f)\u200d/gu;
const unbreakable = /[\u00a0\u2007\u202f]/g;

export const invisible = defineNormalRule({
  id: 'invisible',
  title: { en: 'invisible characters', ja: '見えない文字' },
  cause: 'sync.invisible-characters',
  signs: /[\0-\x08\x0e-\x1f\x7f\u00a0\u00ad\u061c\u180e\u2007\u200b-\u200f\u202a-\u202f\u2060-\u2069\ufeff]/,
  canonical: (value) =>
    trimEnds(value.replace(nothing, ''), (sign) => /[\u00a0\u2007\u202f]/.test(sign)).replace(unbreakable, ' '),
});
