/** One sentence or title in both languages; a missing language does not compile. */
export interface Text {
  readonly en: string;
  readonly ja: string;
}

export type Language = keyof Text;

/** The same words in both languages: host names, server replies. */
export const verbatim = (words: string): Text => ({ en: words, ja: words });

/** 1,234,567, in both languages; what is no number is a question mark. */
export const grouped = (count: number): string => (Number.isFinite(count) ? count.toLocaleString('en-US') : '?');
