/** How one language names a term and says what it is. */
interface Named {
  readonly name: string;
  /** One plain sentence for a reader who meets it for the first time. */
  readonly gloss: string;
  /** Words by which a text speaks of it: one with a capital letter as it stands, others in any case; an English plural is found too. */
  readonly match: readonly string[];
}

/** A word that a beginner may not know. */
export interface Term {
  readonly id: string;
  readonly en: Named;
  readonly ja: Named & {
    /** What is not written for it, since vendors and we write it otherwise. */
    readonly avoid?: readonly string[];
  };
}
