import { createConcealer } from '../reason/redact.ts';
import { printable } from './printable.ts';

/** A dialogue in a fact is cut here. */
const most = 200;
const longest = 500;

/** What may be written of the words on a connection. */
export interface Transcript {
  readonly lines: readonly string[];
  readonly client: (line: string) => void;
  /** A line of the client that is nothing but a credential. */
  readonly hidden: () => void;
  readonly server: (words: string | Uint8Array) => void;
  /** The same words without the secret, for what a server says back to us. */
  readonly conceal: (words: string) => string;
}

/** Whose secret must not be written. */
export interface Login {
  readonly kind: 'password' | 'token';
  readonly username: string;
  readonly secret: string;
}

const quoted = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Takes a secret out of a text, as it is and in the forms in which a login sends it. */
const concealer = ({ kind, username, secret }: Login): ((words: string) => string) => {
  if (secret === '') return (words) => words;
  // Where a token sits in the base64 of a login depends on the name and the host before it.
  if (kind === 'token') return createConcealer([secret]);
  const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
  const composites = [secret, `\0${username}\0${secret}`, `${username}\0${username}\0${secret}`].map(base64);
  const forms = [secret, JSON.stringify(secret).slice(1, -1), ...composites].filter((form) => form.length >= 4);
  // A secret of one letter would blank out every text: so short a one counts as a whole word only.
  const short = secret.length < 4 ? [`(?<![\\p{L}\\p{N}])${quoted(secret)}(?![\\p{L}\\p{N}])`] : [];
  const pattern = new RegExp([...forms.map(quoted).sort((a, b) => b.length - a.length), ...short].join('|'), 'gu');
  return (words) => words.replace(pattern, '***');
};

const rules: readonly (readonly [RegExp, string])[] = [
  [/^(AUTH \S+) .*$/i, '$1 ***'],
  [/^PASS\b.*$/i, 'PASS ***'],
  [/^(\S+ LOGIN)\b.*$/i, '$1 ***'],
  [/^(\S+ AUTHENTICATE \S+) .*$/i, '$1 ***'],
];

const masked = (line: string): string => rules.reduce((text, [pattern, to]) => text.replace(pattern, to), line);

/** Opens the record of one connection's words. No form of the secret enters it, not even out of the server's mouth. */
export const openTranscript = (login?: Login): Transcript => {
  const lines: string[] = [];
  const conceal = concealer(login ?? { kind: 'password', username: '', secret: '' });
  const add = (line: string): void => {
    if (lines.length < most) lines.push(line.length > longest ? `${line.slice(0, longest)}…` : line);
  };
  return {
    lines,
    client: (line) => add(`C: ${printable(conceal(masked(line)))}`),
    hidden: () => add('C: ***'),
    server: (words) => {
      const text = typeof words === 'string' ? words : Buffer.from(words).toString('utf8');
      for (const line of text.split(/\r?\n/, most)) add(`S: ${printable(conceal(line))}`);
    },
    conceal,
  };
};
