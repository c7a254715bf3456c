import type { CheckReport, Report } from '../../model/report.ts';

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
  | 'key'
  | 'tls-version'
  | 'capability'
  | 'greeting'
  | 'software'
  | 'spf'
  | 'dmarc'
  | 'dkim'
  | 'crm-setting'
  | 'workflow'
  | 'fields'
  | 'rows'
  | 'columns'
  | 'column'
  | 'counts';

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

/** What a server is recognised as by its words; of IMAP the server's own ID says it. */
const recognised = (fact: unknown): string | undefined => {
  const parts = ['name', 'version', 'distribution'].flatMap((key) => textOf(inside(fact, 'software', key)) ?? []);
  return parts.length === 0 ? undefined : parts.join(' ');
};

/** What a CRM says of its own version. */
const productOf = (fact: unknown): string | undefined => {
  const [name, says] = [textOf(inside(fact, 'name')), textOf(inside(fact, 'says'))];
  return name === undefined || says === undefined ? undefined : `${name} ${says}`;
};

/** What the sender's domain publishes; a record that the DNS did not tell is not compared. */
const policyOf = (fact: unknown): readonly (readonly [Aspect, string | undefined])[] => {
  const stateOf = (key: string): string | undefined => {
    const state = textOf(inside(fact, key, 'state'));
    return state === 'unreachable' || state === 'not-followed' ? undefined : state;
  };
  const spf = textsOf(inside(fact, 'spf', 'records'));
  const dkim = itemsOf(inside(fact, 'dkim')).flatMap((key) => {
    const [selector, state] = [textOf(inside(key, 'selector')), textOf(inside(key, 'state'))];
    const bits = textOf(inside(key, 'bits'));
    const told = `${selector}: ${state}${bits === undefined ? '' : ` (${bits})`}`;
    return selector === undefined || state === undefined || state === 'unreachable' ? [] : told;
  });
  return [
    ['spf', stateOf('spf') && (spf.length > 0 ? sorted(spf) : '-')],
    ['dmarc', stateOf('dmarc') && (textOf(inside(fact, 'dmarc', 'record')) ?? '-')],
    ['dkim', dkim.length > 0 ? sorted(dkim) : undefined],
  ];
};

const aspectsOf = (fact: unknown, check: string): readonly (readonly [Aspect, string | undefined])[] => {
  const addresses = [
    ...itemsOf(inside(fact, 'contacts')),
    ...itemsOf(inside(fact, 'system', 'addresses')),
    ...itemsOf(inside(fact, 'reach', 'contacts')),
  ].flatMap((one) => textOf(inside(one, 'address')) ?? []);
  const mx = itemsOf(inside(fact, 'targets')).flatMap((one) => textOf(inside(one, 'host')) ?? []);
  const handshake = inside(fact, 'handshake') ?? inside(fact, 'reach', 'tls', 'handshake');
  const chain = inside(handshake, 'chain', 0);
  const columns =
    check === 'sync.sources'
      ? itemsOf(inside(fact, 'columns')).flatMap((one) => textOf(inside(one, 'name')) ?? [])
      : [];
  const id = inside(fact, 'serverId');
  // Without TLS they are told at the login.
  const offered = textsOf(inside(fact, check === 'mail.imap-auth' ? 'capabilities' : 'inside'));
  const software = ['name', 'version'].flatMap((key) => textOf(inside(id, key)) ?? []).join(' ');
  return [
    ['address', addresses.length > 0 ? sorted(addresses) : undefined],
    ['mx', mx.length > 0 ? sorted(mx) : undefined],
    ['certificate', textOf(inside(chain, 'fingerprint'))],
    ['valid-until', textOf(inside(chain, 'notAfter'))],
    ['issuer', textOf(inside(chain, 'issuer'))],
    ['key', textOf(inside(chain, 'keyFingerprint'))],
    ['tls-version', textOf(inside(handshake, 'version'))],
    ['capability', offered.length > 0 ? sorted(offered) : undefined],
    ['greeting', greetingOf(fact)],
    [
      'software',
      software === '' ? (productOf(fact) ?? (check === 'mail.versions' ? recognised(fact) : undefined)) : software,
    ],
    ['fields', columns.length > 0 ? sorted(columns) : undefined],
    ...policyOf(fact),
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
      for (const [aspect, value] of aspectsOf(fact, check.id)) {
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
    [...itemsOf(inside(evidence, 'mail')), ...itemsOf(inside(evidence, 'crm'))].flatMap((part) => {
      const mailbox = textOf(inside(part, 'label')) ?? '';
      return leavesOf(inside(part, 'config'), textOf(inside(part, 'path')) ?? 'mail')
        .filter(([path]) => !path.endsWith('.secret'))
        .map(([where, value]) => [where, { aspect: 'setting', mailbox, where, value }] as const);
    }),
  );

/** How each mail account is set in the CRM, by its own name. */
const crmSettingsOf = ({ report }: Side): Seen => {
  const checks = (itemsOf(report.checks) as readonly CheckReport[]).filter(({ id }) => id === 'crm.mail-settings');
  return new Map(
    checks.flatMap(({ mailbox, evidence }) =>
      itemsOf(evidence)
        .flatMap((fact) => itemsOf(inside(fact, 'reply', 'value', 'accounts')))
        .flatMap((account) => {
          const name = textOf(inside(account, 'name')) ?? textOf(inside(account, 'id')) ?? '';
          const id = textOf(inside(account, 'id')) ?? name;
          const leaves = ['address', 'from', 'replyTo', 'enabled', 'services'].flatMap((key) =>
            leavesOf(inside(account, key), key === 'services' ? '' : key),
          );
          return leaves.map(([path, value]) => {
            const where = `${name} ${path.replace(/^\./, '')}`;
            const key = JSON.stringify(['crm-setting', mailbox, id, path]);
            return [key, { aspect: 'crm-setting', mailbox, where, value }] as const;
          });
        }),
    ),
  );
};

/** What reading workflow definitions has told: a list in its fact, one entry a definition or object. */
const readOf = (
  { report }: Side,
  { list, aspect, key }: { readonly list: string; readonly aspect: Aspect; readonly key: string },
): Seen => {
  const checks = (itemsOf(report.checks) as readonly CheckReport[]).filter(({ id }) => id === 'workflow.parse');
  return new Map(
    checks.flatMap(({ mailbox, evidence }) =>
      itemsOf(evidence)
        .flatMap((fact) => itemsOf(inside(fact, list)))
        .flatMap((one) => {
          const [where, value] = [textOf(inside(one, 'name')), textOf(inside(one, key))];
          return where === undefined || value === undefined
            ? []
            : [[JSON.stringify([aspect, where]), { aspect, mailbox, where, value }] as const];
        }),
    ),
  );
};

const definitionsOf = (side: Side): Seen => readOf(side, { list: 'definitions', aspect: 'workflow', key: 'hash' });

const objectsOf = (side: Side): Seen => readOf(side, { list: 'objects', aspect: 'fields', key: 'fields' });

const comparisonsIn = ({ report }: Side): readonly unknown[] =>
  [report.comparison, ...itemsOf(report.comparisons)].filter((one) => one !== undefined);

/** A comparison is known by its name in the configuration, and one of a call by what it compares: two files are no other two files. */
const identityOf = (one: unknown): string =>
  textOf(inside(one, 'name')) ?? JSON.stringify(['left', 'right'].map((side) => textOf(inside(one, side, 'name'))));

/** What a comparison of records counted, and which columns it had, of those that the other run had as well. */
const comparisonsOf = (side: Side, other: Side): Seen => {
  const known = new Set(comparisonsIn(other).map(identityOf));
  return new Map(
    comparisonsIn(side).flatMap((one) => {
      if (!known.has(identityOf(one))) return [];
      const of = textOf(inside(one, 'name')) ?? '';
      const [left, right] = (['left', 'right'] as const).map((side) => textOf(inside(one, side, 'name')) ?? side);
      const columns = itemsOf(inside(one, 'fields')).map(
        (field) => `${textOf(inside(field, 'left')) ?? ''} = ${textOf(inside(field, 'right')) ?? ''}`,
      );
      const rows: readonly (readonly [Aspect, string, string | undefined])[] = [
        ['rows', left ?? '', textOf(inside(one, 'rows', 'left'))],
        ['rows', right ?? '', textOf(inside(one, 'rows', 'right'))],
        ['columns', left ?? '', textOf(inside(one, 'left', 'columns'))],
        ['columns', right ?? '', textOf(inside(one, 'right', 'columns'))],
        ...columns.map((column) => ['column', column, column] as const),
        ...(['missing', 'extra', 'changed'] as const).map((n) => ['counts', n, textOf(inside(one, n))] as const),
      ];
      return rows.flatMap(([aspect, where, value]) =>
        value === undefined
          ? []
          : [[JSON.stringify([aspect, of, where]), { aspect, mailbox: of, where, value }] as const],
      );
    }),
  );
};

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

/** Where one of two runs did not look at all, nothing is different. */
const bothHave = (before: Seen, after: Seen): readonly Difference[] =>
  before.size === 0 || after.size === 0 ? [] : compared(before, after, 'either');

/** What is different between two recorded runs. */
export const differencesOf = (before: Side, after: Side): readonly Difference[] => {
  const settings = [before, after].every(({ evidence }) => Array.isArray(inside(evidence, 'mail')));
  return [
    ...compared(statusesOf(before), statusesOf(after), 'either'),
    ...compared(causesOf(before), causesOf(after), 'either'),
    ...(settings ? compared(settingsOf(before), settingsOf(after), 'either') : []),
    ...compared(factsOf(before), factsOf(after), 'both'),
    ...bothHave(crmSettingsOf(before), crmSettingsOf(after)),
    ...bothHave(definitionsOf(before), definitionsOf(after)),
    ...compared(objectsOf(before), objectsOf(after), 'both'),
    ...bothHave(comparisonsOf(before, after), comparisonsOf(after, before)),
  ];
};
