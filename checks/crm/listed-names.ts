/** `production, test`: nothing but names of databases or types; a sentence of the server is none of it. */
const list = /^[\w.-]{1,63}(?:, [\w.-]{1,63}){0,99}(?:, ?…|…)?$/;

/** The names that a connector lists in place of words, the first ones. */
export const listedNames = (says: string, most: number): readonly string[] =>
  list.test(says)
    ? says
        .replace(/,? ?…$/, '')
        .split(', ')
        .slice(0, most)
    : [];
