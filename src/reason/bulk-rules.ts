/** What a receiver asks of everybody who sends many messages. */
export interface BulkRules {
  readonly receiver: string;
  /** The day from which mail that does not meet them is refused or held back. */
  readonly since: string;
  readonly refusedSince: string;
  /** Messages a day to its mailboxes that make a sender one of "many". */
  readonly from?: number;
  readonly source: string;
  readonly hosts: RegExp;
}

/** As of November 2026. */
const rules: readonly BulkRules[] = [
  {
    receiver: 'Gmail',
    since: '2024-02-01',
    refusedSince: '2025-11-01',
    from: 5_000,
    source: 'https://support.google.com/a/answer/81126',
    hosts: /gmail|google/i,
  },
  {
    receiver: 'Yahoo',
    since: '2024-02-01',
    refusedSince: '2024-04-01',
    source: 'https://senders.yahooinc.com/best-practices/',
    hosts: /yahoo|aol|ymail/i,
  },
  {
    receiver: 'Outlook.com',
    since: '2025-05-05',
    refusedSince: '2025-05-05',
    from: 5_000,
    source: 'https://sendersupport.olc.protection.outlook.com/pm/policies.aspx',
    hosts: /outlook|hotmail|microsoft|office365|5\.7\.515/i,
  },
];

/** Whose rules a refusal speaks of, by the server's name or its words. */
export const bulkRulesOf = (host: string, says: string): BulkRules | undefined =>
  rules.find(({ hosts }) => hosts.test(host)) ?? rules.find(({ hosts }) => hosts.test(says));

export type Requirement = 'spf' | 'dkim' | 'dmarc' | 'alignment' | 'tls' | 'reverse-name' | 'unsubscribe' | 'spam-rate';

const byWords: readonly (readonly [Requirement, RegExp])[] = [
  // Outlook.com lists all three with their results (learn.microsoft.com, NDR 5.7.515).
  [
    'spf',
    /\bspf\s*=\s*(?:fail|none|softfail|permerror|temperror|neutral)|[45]\.7\.27\b|SPF .{0,40}(?:did not|didn't|not) pass/i,
  ],
  [
    'dkim',
    /\bdkim\s*=\s*(?:fail|none|permerror|temperror|neutral)|[45]\.7\.30\b|DKIM .{0,40}(?:did not|didn't|not) pass/i,
  ],
  ['dmarc', /\bdmarc\s*=\s*(?:fail|none|permerror|temperror|bestguesspass)|[45]\.7\.(?:31|40)\b/i],
  // support.google.com/a/answer/3726730
  ['alignment', /[45]\.7\.32\b|not aligned|alignment/i],
  ['tls', /[45]\.7\.29\b|over (?:a )?TLS/i],
  ['reverse-name', /4\.7\.23\b|[45]\.7\.25\b|PTR record/i],
  ['unsubscribe', /List-Unsubscribe|one-?click/i],
  ['spam-rate', /spam rate|user complaints/i],
];

/** The requirements that a refusal names as not met. */
export const unmetIn = (says: string): readonly Requirement[] =>
  byWords.flatMap(([requirement, pattern]) => (pattern.test(says) ? [requirement] : []));
