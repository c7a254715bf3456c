import type { AuthenticationResult, AuthenticationResults } from '../model/trip-facts.ts';
import { unfolded } from './mime-parts.ts';
import { printable } from './printable.ts';

const mostFields = 5;
const mostResults = 20;
const longest = 4_000;

const short = (text: string): string => printable(text.slice(0, 255));

/** Semicolons inside quotes and comments separate nothing; comments go. */
const clauses = (text: string): readonly string[] => {
  const found: string[] = [];
  let current = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && (quoted || depth > 0)) {
      if (depth === 0) current += text.slice(at, at + 2);
      at += 1;
    } else if (character === '"' && depth === 0) {
      quoted = !quoted;
      current += character;
    } else if (!quoted && character === '(') depth += 1;
    else if (!quoted && character === ')') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (character === ';' && !quoted) {
      found.push(current);
      current = '';
    } else current += character;
  }
  return [...found, current].map((clause) => clause.replace(/\s+/g, ' ').trim());
};

const pair = /([a-z0-9.-]{1,60})\s?(?:\/\s?\d+\s?)?=\s?(?:"((?:[^"\\]|\\.){0,500})"|([^\s"]{1,500}))/gi;

const resultOf = (clause: string): AuthenticationResult | undefined => {
  const [first, ...others] = [...clause.matchAll(pair)].map(
    ([, name = '', quoted, bare]) =>
      [name.toLowerCase(), short(quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '')] as const,
  );
  if (!first) return undefined;
  const reason = others.find(([name]) => name === 'reason')?.[1];
  return {
    method: first[0],
    result: first[1].toLowerCase(),
    ...(reason === undefined ? {} : { reason }),
    properties: Object.fromEntries(others.filter(([name]) => name.includes('.')).slice(0, 10)),
  };
};

/** Authentication-Results fields (RFC 8601), the topmost first: only that one is of the server that keeps the mailbox. */
export const authenticationOf = (fields: readonly string[]): readonly AuthenticationResults[] =>
  fields.slice(0, mostFields).map((field) => {
    const [server = '', ...rest] = clauses(unfolded(field.slice(0, longest)));
    // A field without its server's name begins with a method at once, as Microsoft 365 writes it.
    const named = !server.includes('=');
    return {
      server: named ? short(server.split(' ')[0] ?? '') : '',
      results: (named ? rest : [server, ...rest]).slice(0, mostResults).flatMap((clause) => resultOf(clause) ?? []),
    };
  });
