import type { Verdict } from './classify.ts';
import { shapeOf, withoutSecrets } from './clean.ts';
import type { Cut } from './dialect.ts';
import type { Joined, Sample } from './report.ts';

/** A line with a finding, and where it stands. */
export interface Found {
  readonly verdict: Exclude<Verdict, { readonly kind: 'nothing' }>;
  readonly cut: Cut;
  readonly line: string;
  readonly file: string;
  readonly number: number;
}

/** A sample whose joined lines are filled in at the end. */
export type OpenSample = Omit<Sample, 'joined'> & { joined?: Joined };

/** Lines of one cause, one hidden reply or one unknown shape. */
export interface Group {
  readonly kind: 'cause' | 'hidden' | 'unknown';
  readonly key: string;
  confidence: number;
  count: number;
  first: number | undefined;
  last: number | undefined;
  readonly hosts: Set<string>;
  readonly mailboxes: Set<string>;
  readonly samples: OpenSample[];
}

const mostSamples = 3;
const mostNames = 20;
const mostShapes = 200;
const longestText = 400;

/** Where programs name a server. */
export const hostForms: readonly RegExp[] = [
  /(?:relay=|connect to |\bhost |\bwith |\bH=|:\/\/|(?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH) |\bfor name=)((?:[\w-]{1,63}\.){1,8}[a-z][\w-]{1,62})/gi,
  /\b(?:ECONNREFUSED|ETIMEDOUT|tcp:\/\/|ssl:\/\/)[ ]?((?:\d{1,3}\.){3}\d{1,3})/gi,
];

/** Where programs name a mailbox. */
export const mailboxForm =
  /(?:\bto=<|\buser=<?|sasl_username=|set_id=|\bfor <|(?:\*\*|==) |\bimap\(|\bpop3\()([^\s<>,"()]{1,128}@[^\s<>,"():;]{1,128})/gi;

const addNames = (names: Set<string>, form: RegExp, text: string): void => {
  if (names.size >= mostNames) return;
  for (const [, name] of text.matchAll(form)) {
    if (name !== undefined && names.size < mostNames) names.add(withoutSecrets(name));
  }
};

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

const sampleOf = ({ cut, line, file, number }: Found): OpenSample => {
  const text = withoutSecrets(line);
  return {
    file,
    line: number,
    at: iso(cut.at),
    text: text.length > longestText ? `${text.slice(0, longestText)}…` : text,
    side: cut.side,
    ...(cut.queueId === undefined ? {} : { queueId: cut.queueId }),
    ...(cut.messageId === undefined ? {} : { messageId: cut.messageId }),
  };
};

const keyOf = ({ verdict, cut }: Found): string => {
  switch (verdict.kind) {
    case 'cause':
      return verdict.cause;
    case 'hidden':
      return verdict.by;
    case 'unknown':
      return shapeOf(cut.program === '' ? cut.text : `${cut.program}: ${cut.text}`);
  }
};

/** Puts findings together by cause. Its memory is bounded, however long the log. */
export const createCollection = (onNew?: (group: Group) => void) => {
  const groups = new Map<string, Group>();
  let shapes = 0;
  let moreShapes = 0;
  let unknownLines = 0;

  const groupFor = (found: Found, key: string): Group | undefined => {
    const { kind } = found.verdict;
    const known = groups.get(`${kind} ${key}`);
    if (known) return known;
    if (kind === 'unknown') {
      if (shapes >= mostShapes) {
        moreShapes += 1;
        return undefined;
      }
      shapes += 1;
    }
    const group: Group = {
      kind,
      key,
      confidence: 0,
      count: 0,
      first: undefined,
      last: undefined,
      hosts: new Set(),
      mailboxes: new Set(),
      samples: [],
    };
    groups.set(`${kind} ${key}`, group);
    return group;
  };

  return {
    add: (found: Found): void => {
      if (found.verdict.kind === 'unknown') unknownLines += 1;
      const group = groupFor(found, keyOf(found));
      if (!group) return;
      const { at } = found.cut;
      group.count += 1;
      if (at !== undefined) {
        group.first = Math.min(group.first ?? at, at);
        group.last = Math.max(group.last ?? at, at);
      }
      if (found.verdict.kind === 'cause') {
        group.confidence = Math.max(group.confidence, found.verdict.confidence);
        const words = (found.cut.decoded ? found.cut.text : found.line).slice(0, 4096);
        for (const form of hostForms) addNames(group.hosts, form, words);
        addNames(group.mailboxes, mailboxForm, words);
      }
      if (group.samples.length < mostSamples) group.samples.push(sampleOf(found));
      if (group.count === 1) onNew?.(group);
    },
    groups: (): readonly Group[] =>
      [...groups.values()].toSorted((left, right) => right.count - left.count || (left.key < right.key ? -1 : 1)),
    unknown: () => ({ lines: unknownLines, moreShapes }),
  };
};

export type Collection = ReturnType<typeof createCollection>;
