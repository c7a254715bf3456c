/**
 * C0, DEL and C1 control characters drive terminals; bidirectional and invisible format characters make a line read as
 * something else than it says (Unicode UAX 9, "Trojan Source"); line separators would break a line in two.
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escaped = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code === 0x09) return ' ';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
};

/** Foreign words as one harmless line: what drives a terminal or hides stands there as its escape. */
export const escapeControls = (text: string): string => text.replace(unprintable, escaped);
