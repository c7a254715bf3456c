/**
 * Splits a command as a POSIX shell splits words (quotes and backslashes), and does nothing else that a shell does: no
 * variables, no globs, no operators. Nothing where a quote is not closed.
 */
export const wordsOfCommand = (command: string): readonly string[] | undefined => {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let index = 0; index < command.length; index += 1) {
    const character = command.charAt(index);
    if (quote === "'") {
      if (character === "'") quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '\\') {
      const next = command.charAt(index + 1);
      if (next === '') return undefined;
      // Between double quotes a backslash counts before four characters only (POSIX shell 2.2.3).
      word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
      index += 1;
    } else if (quote === '"') {
      if (character === '"') quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote) return undefined;
  if (word !== undefined) words.push(word);
  return words;
};
