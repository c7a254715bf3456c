/** Damerau-Levenshtein distance (optimal string alignment): typing faults between two words. */
export const distance = (left: string, right: string): number => {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1));
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped && row > 1 && column > 1) best = Math.min(best, at(row - 2, column - 2) + 1);
      current.push(best);
    }
  }
  return at(left.length, right.length);
};

// What people write who have another program's settings in mind.
const synonyms: Readonly<Record<string, string>> = {
  user: 'username',
  login: 'username',
  account: 'username',
  pass: 'password',
  passwd: 'password',
  server: 'host',
  hostname: 'host',
  email: 'address',
  mailaddress: 'address',
  sender: 'from',
  encryption: 'security',
  mailbox: 'folder',
  pop: 'pop3',
  apikey: 'secret',
  ssl: 'tls',
  'ssl/tls': 'tls',
  implicit: 'tls',
  plain: 'none',
  off: 'none',
  no: 'none',
};

const plain = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

const letters = (word: string): string => [...word].toSorted().join('');

/** The allowed word that was probably meant. */
export const nearest = (word: string, allowed: readonly string[]): string | undefined => {
  if (word.length > 60) return undefined;
  const typed = plain(word);
  const exact = allowed.find((candidate) => plain(candidate) === typed);
  if (exact !== undefined) return exact;
  const meant = synonyms[typed];
  if (meant !== undefined && allowed.includes(meant)) return meant;
  const security = ['ssl', 'tls', 'starttls'].includes(typed) && allowed.includes('security');
  if (security) return 'security';
  const ranked = allowed
    .map((candidate) => {
      const sameLetters = letters(plain(candidate)) === letters(typed);
      return { candidate, steps: sameLetters ? 1 : distance(typed, plain(candidate)) };
    })
    // Two faults in a word of three letters make another word.
    .filter(({ candidate, steps }) => steps <= 2 && steps < Math.min(typed.length, candidate.length) - 1)
    .toSorted((one, other) => one.steps - other.steps);
  return ranked[0]?.candidate;
};
