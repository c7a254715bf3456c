const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** A label in the one language in which the file has it. */
export const labelOf = (text: string | undefined): { readonly en?: string; readonly ja?: string } | undefined => {
  if (!text) return undefined;
  return japanese.test(text) ? { ja: text } : { en: text };
};
