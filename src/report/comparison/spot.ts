import { visible } from '../../i18n/visible.ts';
import { charactersOf } from '../../i18n/width.ts';

/** Two values with what they have in common at both ends, and what differs between. */
export interface Spotted {
  readonly before: string;
  readonly left: string;
  readonly right: string;
  readonly after: string;
}

/** An escape is one sign: a difference within it is a difference of all of it. */
const escapes = /(\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt]))/;

const longest = 1000;

const signsOf = (text: string): readonly string[] =>
  visible(text.slice(0, longest))
    .split(escapes)
    .flatMap((part, at) => (at % 2 === 1 ? [part] : charactersOf(part)));

const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
const onlyDashes = /^[\p{Pd}\u2212\u30fc\u2500\u2501\uff5e~\u02dc]+$/u;
const beyondAscii = /[^ -~]/gu;

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
};

const skeleton = (text: string): string =>
  text.normalize('NFC').replace(/[\p{Default_Ignorable_Code_Point}\p{Variation_Selector}]/gu, '');

/** What looks the same in print although it is not. */
const lookAlike = (left: string, right: string): boolean =>
  (left !== '' && right !== '' && onlyDashes.test(left) && onlyDashes.test(right)) ||
  skeleton(left) === skeleton(right);

/** A blank that is the difference, as something that can be seen. */
const seen = (text: string): string =>
  text.replace(blanks, escaped).replace(/^ +| +$/g, (run) => '␣'.repeat(run.length));

/** Where two values differ, with everything in it that could not be seen as an escape. */
export const spot = (left: string, right: string): Spotted => {
  const [one, other] = [signsOf(left), signsOf(right)];
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const middle = (signs: readonly string[]): string => signs.slice(start, signs.length - end).join('');
  const [mine, yours] = [middle(one), middle(other)];
  const alike = mine !== yours && lookAlike(mine, yours);
  const shown = (text: string): string => (alike ? text.replace(beyondAscii, escaped) : seen(text));
  return {
    before: one.slice(0, start).join(''),
    left: shown(mine),
    right: shown(yours),
    after: one.slice(one.length - end).join(''),
  };
};
