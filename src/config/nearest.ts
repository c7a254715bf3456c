import { typingDistance } from '../reason/typing-distance.ts';

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
      return { candidate, steps: sameLetters ? 1 : typingDistance(typed, plain(candidate)) };
    })
    // Two faults in a word of three letters make another word.
    .filter(({ candidate, steps }) => steps <= 2 && steps < Math.min(typed.length, candidate.length) - 1)
    .toSorted((one, other) => one.steps - other.steps);
  return ranked[0]?.candidate;
};
