/**
 * The words of a command line that is being typed, as bash and PowerShell take them: quotes and the backslash of bash (or
 * the backtick of PowerShell, which is rare enough to be left alone). The last one is what the cursor stands behind, and
 * empty after a blank.
 */
export const splitLine = (line: string): readonly string[] => {
  const words: string[] = [];
  let word = '';
  let inside = false;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
      else word += sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      inside = true;
    } else if (sign === '\\' && /[\s"'\\*?()&|;<>$#!]/.test(line.charAt(at + 1))) {
      at += 1;
      word += line.charAt(at);
      inside = true;
    } else if (/\s/.test(sign)) {
      if (inside) words.push(word);
      word = '';
      inside = false;
    } else {
      word += sign;
      inside = true;
    }
  }
  return [...words, word];
};
