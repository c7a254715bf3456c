/**
 * What a terminal would obey or a reader could not see: controls (C0, C1, ANSI), direction marks, lone surrogates,
 * line separators, and ignorable characters. Joiners and variants stay where they shape a letter (emoji,
 * Persian, kanji of names); after ASCII, in a host name for instance, they are shown.
 */
const hidden = new RegExp(
  [
    '\\p{Cc}|\\p{Cs}|\\p{Bidi_Control}|[\\u2028\\u2029\\ufff9-\\ufffb]',
    '(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d',
    '(?<![^\\p{ASCII}])\\u200c',
    '(?<![^\\p{ASCII}]|[0-9#*])[\\p{Variation_Selector}\\u034f]',
    '(?![\\u200c\\u200d\\u034f\\p{Variation_Selector}])\\p{Default_Ignorable_Code_Point}',
  ].join('|'),
  'gu',
);

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string): string => {
  const named = names[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
};

/** One line that is safe to print: hidden characters become escapes that a person can read. */
export const visible = (text: string): string => text.replace(hidden, escaped);
