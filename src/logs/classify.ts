import type { Automaton } from './automaton.ts';
import { createAutomaton, needlesIn } from './automaton.ts';
import type { Cut } from './dialect.ts';
import { needlesOf } from './needles.ts';
import { sharedConfidence, usualConfidence } from './pattern.ts';
import { logPatterns } from './patterns.ts';
import { causeOfReplyIn } from './reply-in.ts';
import { lookAlikesOf } from './shared.ts';

/** What a line is taken for. */
export type Verdict =
  | { readonly kind: 'cause'; readonly cause: string; readonly confidence: number }
  /** The program hides the server's reply. */
  | { readonly kind: 'hidden'; readonly by: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nothing' };

/** Words of lines that look like a fault; the reader stops at them though no pattern may know them. */
const alarms = [
  'error',
  'fatal',
  'panic',
  'critical',
  'failed',
  'failure',
  'exception',
  'refused',
  'denied',
  'reject',
  'timed out',
  'timeout',
  'unable to',
  'cannot',
  "can't",
  'could not',
  "couldn't",
  'status=deferred',
  'status=bounced',
  'warning:',
  ' ** ',
  ' == ',
  ',fail',
  '"fail',
  'quarantin',
  '-err ',
  'login incorrect',
] as const;

const needleSets = logPatterns.map(({ match }) => needlesOf(match));
const needles = [...new Set([...needleSets.flat(), ...alarms])];
const patternsByNeedle: readonly (readonly number[])[] = needles.map((needle) =>
  needleSets.flatMap((set, index) => (set.includes(needle) ? [index] : [])),
);
/** Patterns that ask for no string are always asked. */
const always = needleSets.flatMap((set, index) => (set.length === 0 ? [index] : []));

/** Built once, when the first log is read. */
let built: Automaton | undefined;
export const lineAutomaton = (): Automaton => {
  built ??= createAutomaton(needles);
  return built;
};

let wider: { readonly of: string; readonly automaton: Automaton } | undefined;

/** The same, which stops at these strings as well; the last one is kept. */
export const lineAutomatonWith = (more: readonly string[]): Automaton => {
  const of = JSON.stringify(more);
  // The further ones come last: `classify` knows the patterns of a needle by its number.
  if (wider?.of !== of) wider = { of, automaton: createAutomaton([...new Set([...needles, ...more])]) };
  return wider.automaton;
};

/** Lines that tell of success, whatever words they quote (a subject, a name, "250 … quota 95 % used"). */
const success =
  /\bstatus=sent\b|: Login: user=<|\bLogged in\b|Logged out\b|-[0-9A-Za-z]{2,4} (?:<=|=>|->|>>) \S| Completed$|SERVER -> CLIENT: [23]\d\d[ -](?!2\.7\.0 Error)|CLIENT -> SERVER: |header Subject: |: removed$|queue active\)$|: (?:uid=\d+ )?from=<[^>]*>, size=|\bmessage-id=<[^>]*>$|stored mail into mailbox|saved mail to |TLS connection established|\bclient=\S+(?:, sasl_method=\S+)?(?:, sasl_username=\S+)?$/;

/** Known not to matter: names of strangers, clients that hang up. */
const harmless =
  /does not resolve to address|hostname .{1,200} verification failed: |lost connection after|timeout after|: (?:dis)?connect from |statistics: max|errors?[=:] ?0\b|0 errors\b|no errors?\b|without error/i;

const strangers =
  /^(?:kernel|sshd|sudo|su|cron|crond|systemd|systemd-\w+|dbus\S*|NetworkManager|audit\w*|polkitd|snapd|dhclient|chronyd|ntpd)$/i;

const alarming =
  /\b(?:errors?|fatal|panic|critical|fail(?:ed|ure|s)?|exception|refused|denied|reject(?:ed)?|timed out|timeout|unable to|cannot|can't|could not|couldn't|warning|login incorrect)\b|status=(?:deferred|bounced)| \*\* | == |(?:^|\s)-ERR /i;

const alarmingCut = (cut: Cut, words: string): boolean => {
  if (cut.level === 'error') return true;
  if (strangers.test(cut.program) || harmless.test(words)) return false;
  return cut.level !== 'info' && alarming.test(cut.text);
};

const knownText = (words: string, candidates: readonly number[]): Verdict | undefined => {
  for (const index of candidates) {
    const pattern = logPatterns[index];
    if (!pattern?.match.test(words)) continue;
    if (pattern.cause === undefined) return { kind: 'hidden', by: pattern.by };
    const shared = lookAlikesOf(words, pattern.cause).length > 0;
    const confidence = pattern.confidence ?? (shared ? sharedConfidence : usualConfidence);
    return { kind: 'cause', cause: pattern.cause, confidence };
  }
  const reply = causeOfReplyIn(words);
  return reply && { kind: 'cause', ...reply };
};

const candidatesIn = (bytes: Uint8Array, automaton: Automaton): readonly number[] => {
  const candidates = new Set(always);
  for (const needle of needlesIn(automaton, bytes)) {
    for (const index of patternsByNeedle[needle] ?? []) candidates.add(index);
  }
  return [...candidates].sort((left, right) => left - right);
};

/** What a text speaks of, without a log around it (`crm-doctor explain`). */
export const causeOfText = (text: string): Verdict =>
  knownText(text, candidatesIn(new TextEncoder().encode(text), lineAutomaton())) ?? { kind: 'unknown' };

/** What a line of a log speaks of, by the automaton at which the reader stopped: a second one would be megabytes. */
export const classify = (cut: Cut, line: string, bytes: Uint8Array, automaton: Automaton): Verdict => {
  const words = cut.decoded ? cut.text : line;
  if (success.test(words)) return { kind: 'nothing' };
  const known = knownText(words, candidatesIn(bytes, automaton));
  if (known) return known;
  return { kind: alarmingCut(cut, words) ? 'unknown' : 'nothing' };
};
