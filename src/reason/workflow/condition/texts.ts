/** A part that a text has, or does not have. */
export interface Match {
  readonly how: 'contains' | 'startsWith' | 'endsWith';
  readonly text: string;
  readonly holds: boolean;
}

/** Only these texts, or all but these. */
export interface Texts {
  readonly only: boolean;
  readonly of: ReadonlySet<string>;
}

export const everyText: Texts = { only: false, of: new Set() };
export const folded = (text: string): string => text.toLowerCase();

/** Whether letter case tells two texts apart. `unknown`: either may be, and nothing is claimed that depends on it. */
export type LetterCase = 'exact' | 'ignored' | 'unknown';

export const bothTexts = (one: Texts, other: Texts, letterCase: LetterCase): Texts => {
  if (!one.only && !other.only) return { only: false, of: new Set([...one.of, ...other.of]) };
  if (one.only && other.only) {
    if (letterCase !== 'unknown') return { only: true, of: new Set([...one.of].filter((text) => other.of.has(text))) };
    const known = new Set([...other.of].map(folded));
    return { only: true, of: new Set([...one.of].filter((text) => known.has(folded(text)))) };
  }
  const [only, but] = one.only ? [one, other] : [other, one];
  return { only: true, of: new Set([...only.of].filter((text) => !but.of.has(text))) };
};

const has = (text: string, { how, text: part }: Match): boolean => {
  switch (how) {
    case 'contains':
      return text.includes(part);
    case 'startsWith':
      return text.startsWith(part);
    case 'endsWith':
      return text.endsWith(part);
  }
};

/** Whether a text may have, or lack, that part; where letter case is unknown, in one of the two readings. */
export const mayMatch = (text: string, match: Match, letterCase: LetterCase): boolean => {
  const exact = has(text, match) === match.holds;
  if (letterCase !== 'unknown') return exact;
  return exact || has(folded(text), { ...match, text: folded(match.text) }) === match.holds;
};

/** Whether two demands exclude each other whatever the text is. */
export const excludeEachOther = (one: Match, other: Match, letterCase: LetterCase): boolean => {
  if (one.holds && other.holds) {
    if (one.how !== other.how || one.how === 'contains') return false;
    const [left, right] = letterCase === 'unknown' ? [folded(one.text), folded(other.text)] : [one.text, other.text];
    return one.how === 'startsWith'
      ? !left.startsWith(right) && !right.startsWith(left)
      : !left.endsWith(right) && !right.endsWith(left);
  }
  if (one.holds === other.holds) return false;
  const [needs, lacks] = one.holds ? [one, other] : [other, one];
  // Whoever starts with "abc" starts with "ab" and contains "b".
  return lacks.how === 'contains' ? needs.text.includes(lacks.text) : needs.how === lacks.how && has(needs.text, lacks);
};
