/** One sentence or title in both languages; a missing language does not compile. */
export interface Text {
  readonly en: string;
  readonly ja: string;
}

export type Language = keyof Text;

/** The same words in both languages: host names, server replies. */
export const verbatim = (words: string): Text => ({ en: words, ja: words });
