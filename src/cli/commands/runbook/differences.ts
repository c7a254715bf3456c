import type { CheckReport, Report } from '../../../model/report.ts';

/** What a difference is about, in the order in which it is told. */
export type Aspect =
  | 'status'
  | 'cause'
  | 'setting'
  | 'address'
  | 'mx'
  | 'certificate'
  | 'valid-until'
  | 'issuer'
  | 'tls-version'
  | 'capability'
  | 'greeting'
  | 'software';

/** One thing that is different between two runs; a side that is undefined did not have it. */
export interface Difference {
  readonly aspect: Aspect;
  readonly mailbox: string;
  /** Check and target, protocol and host, or the path of a setting. */
  readonly where: string;
  readonly before?: string;
  readonly after?: string;
}

/** A run as far as it is compared; what was recorded by another version may lack anything. */
export interface Side {
  readonly report: Report;
  readonly evidence: unknown;
}

/** Goes down into plain JSON of which nothing is promised. */
const inside = (value: unknown, ...keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[key] : undefined,
    value,
  );

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const textsOf = (value: unknown): readonly string[] =>
  itemsOf(value).filter((one): one is string => typeof one === 'string');

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

/** Everything that can be compared, by a key that is the same in both runs. */
type Seen = Map<
  string,
  { readonly aspect: Aspect; readonly mailbox: string; readonly where: string; readonly value: string }
>;

const sorted = (texts: readonly string[]): string => [...new Set(texts)].toSorted().join(', ');

/** Times, process numbers and APOP stamps are new in every greeting. */
const lasting = (greeting: string): string =>
  greeting
    .replace(/<[^>]*>/g, '<>')
    .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*?\d\d:\d\d(?::\d\d)?(?: [+-]\d{4})?(?: \(\w+\))?/g, '')
    .replace(/\b\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '')
    .replace(/\b(?=[\w-]*\d)[\w-]{12,}\b/g, '');

const greetingOf = (fact: unknown): string | undefined =>
  [
    textOf(inside(fact, 'greeting', 'lines', 0)),
    ...itemsOf(inside(fact, 'contacts')).map((one) => textOf(inside(one, 'greeting', 'lines', 0))),
  ].find((line) => line !== undefined);

const aspectsOf = (fact: unknown): readonly (readonly [Aspect, string | undefined])[] => {
  const addresses = [...itemsOf(inside(fact, 'contacts')), ...itemsOf(inside(fact, 'system', 'addresses'))].flatMap(
    (one) => textOf(inside(one, 'address')) ?? [],
  );
  const mx = itemsOf(inside(fact, 'targets')).flatMap((one) => textOf(inside(one, 'host')) ?? []);
  const chain = inside(fact, 'handshake', 'chain', 0);
  const id = inside(fact, 'serverId');
  const software = ['name', 'version'].flatMap((key) => textOf(inside(id, key)) ?? []).join(' ');
  return [
    ['address', addresses.length > 0 ? sorted(addresses) : undefined],
    ['mx', mx.length > 0 ? sorted(mx) : undefined],
    ['certificate', textOf(inside(chain, 'fingerprint'))],
    ['valid-until', textOf(inside(chain, 'notAfter'))],
    ['issuer', textOf(inside(chain, 'issuer'))],
    ['tls-version', textOf(inside(fact, 'handshake', 'version'))],
    ['capability', textsOf(inside(fact, 'inside')).length > 0 ? sorted(textsOf(inside(fact, 'inside'))) : undefined],
    ['greeting', greetingOf(fact)],
    ['software', software === '' ? undefined : software],
  ];
};

const serviceChecks = /^(?:smtp|imap|pop3) /;

/** A service keeps its name when its host or port changes: the protocol says which one it is. */
const placeOf = ({ id, target }: CheckReport): string =>
  serviceChecks.test(target) ? (target.split(' ')[0] ?? target) : `${id} ${target}`;

const factsOf = ({ report }: Side): Seen => {
  const seen: Seen = new Map();
  for (const check of itemsOf(report.checks) as readonly CheckReport[]) {
    const { mailbox, target } = check;
    for (const fact of itemsOf(check.evidence)) {
      for (const [aspect, value] of aspectsOf(fact)) {
        const key = JSON.stringify([aspect, mailbox, placeOf(check)]);
        if (value !== undefined && !seen.has(key)) seen.set(key, { aspect, mailbox, where: target, value });
      }
    }
  }
  return seen;
};

const statusesOf = ({ report }: Side): Seen =>
  new Map(
    (itemsOf(report.checks) as readonly CheckReport[]).map(({ id, mailbox, target, status }) => {
      const place = serviceChecks.test(target) ? target.split(' ')[0] : target;
      const where = target === '' ? id : `${id} ${target}`;
      return [JSON.stringify(['status', id, mailbox, place]), { aspect: 'status', mailbox, where, value: status }];
    }),
  );

const causesOf = ({ report }: Side): Seen =>
  new Map(
    // Not the title: the same cause has another one in a run in the other language.
    (itemsOf(report.diagnoses) as Report['diagnoses']).map(({ cause, mailbox }) => [
      JSON.stringify(['cause', cause, mailbox]),
      { aspect: 'cause', mailbox, where: cause, value: cause },
    ]),
  );

const leavesOf = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  const leaf = textOf(value);
  if (leaf !== undefined) return [[path, leaf]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`));
};

/** Secrets are references in a recorded configuration; that one is set is all that there is to compare. */
const settingsOf = ({ evidence }: Side): Seen =>
  new Map(
    itemsOf(inside(evidence, 'mail')).flatMap((mail) => {
      const mailbox = textOf(inside(mail, 'label')) ?? '';
      return leavesOf(inside(mail, 'config'), textOf(inside(mail, 'path')) ?? 'mail')
        .filter(([path]) => !path.endsWith('.secret'))
        .map(([where, value]) => [where, { aspect: 'setting', mailbox, where, value }] as const);
    }),
  );

const isSame = (aspect: Aspect, before: string | undefined, after: string | undefined): boolean =>
  aspect === 'greeting' && before !== undefined && after !== undefined
    ? lasting(before) === lasting(after)
    : before === after;

const compared = (before: Seen, after: Seen, sides: 'either' | 'both'): readonly Difference[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const about = now ?? old;
    if (!about || isSame(about.aspect, old?.value, now?.value)) return [];
    // What was not seen in one run is not different: the check that did not see it says why.
    if (sides === 'both' && !(old && now)) return [];
    const { aspect, mailbox, where } = about;
    return [{ aspect, mailbox, where, ...(old ? { before: old.value } : {}), ...(now ? { after: now.value } : {}) }];
  });

/** What is different between two recorded runs. */
export const differencesOf = (before: Side, after: Side): readonly Difference[] => {
  const settings = [before, after].every(({ evidence }) => Array.isArray(inside(evidence, 'mail')));
  return [
    ...compared(statusesOf(before), statusesOf(after), 'either'),
    ...compared(causesOf(before), causesOf(after), 'either'),
    ...(settings ? compared(settingsOf(before), settingsOf(after), 'either') : []),
    ...compared(factsOf(before), factsOf(after), 'both'),
  ];
};
