import { defineNormalRule } from '../../model/sync/normal.ts';
import { trimEnds } from './trim-ends.ts';

/** Blanks that can be seen as such; those that cannot be broken are `invisible`, ends of lines are `newline`. */
export const whitespace = defineNormalRule({
  id: 'whitespace',
  title: { en: 'blanks', ja: '空白' },
  cause: 'sync.whitespace',
  signs: /[\s\u180e]/,
  canonical: (value) =>
    trimEnds(value.replace(/[ \t\v\f\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+/g, ' '), (sign) =>
      /[ \r\n]/.test(sign),
    ),
});
