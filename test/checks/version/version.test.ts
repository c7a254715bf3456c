import { describe, expect, test } from '@jest/globals';
import { mailLogs } from '../../../checks/mail/logs.check.ts';
import { smtpAuth } from '../../../checks/mail/smtp-auth.check.ts';
import { mailVersions } from '../../../checks/mail/versions.check.ts';
import { pipeliningRefused } from '../../../checks/smtp/pipelining-refused.cause.ts';
import { defaultChanged } from '../../../checks/version/default-changed.cause.ts';
import { endOfLife } from '../../../checks/version/end-of-life.cause.ts';
import { outdated } from '../../../checks/version/outdated.cause.ts';
import { standingOf } from '../../../checks/version/standing.ts';
import { versionTable } from '../../../checks/version/table.ts';
import { findAll, withoutSymptoms } from '../../../src/diagnose/findings.ts';
import type { AnyCheck } from '../../../src/model/check.ts';
import { evidenceOf, keyOf } from '../../../src/model/check.ts';
import type { LogsFact } from '../../../src/model/log-facts.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { VersionsFact } from '../../../src/model/version-facts.ts';
import type { Remembered, World } from '../../../src/model/world.ts';
import { compareVersions, isOfCycle, softwareIn } from '../../../src/reason/software.ts';
import { noWorld } from '../../engine.ts';
import { contact, greeted, mailbox, open, port, refusal, tls } from '../evidence.ts';

const at = '2026-11-25T09:00:00.000Z';
const subject = mailbox({ logs: ['/var/log/mail.log'] });
const { smtp } = mailVersions;

const factOf = (greeting: string, more: Partial<VersionsFact> = {}): VersionsFact => {
  const software = softwareIn([greeting]);
  return {
    at,
    ...(software ? { software } : {}),
    rows: versionTable.rows.filter(({ product }) => product === software?.product),
    table: { date: versionTable.date },
    ...more,
  };
};

describe('what servers say of themselves', () => {
  test.each<[string, string, string | undefined, string | undefined]>([
    ['220 mail.aozora.test ESMTP Postfix (Debian/GNU)', 'postfix', undefined, 'debian'],
    ['220 mail.aozora.test ESMTP Postfix (2.10.1)', 'postfix', '2.10.1', undefined],
    ['220 mail.aozora.test ESMTP Exim 4.96 Tue, 25 Nov 2026 09:00:00 +0000', 'exim', '4.96', undefined],
    ['220 mail.aozora.test ESMTP Sendmail 8.15.2/8.15.2/Debian-22; Tue, 25 Nov 2026', 'sendmail', '8.15.2', 'debian'],
    ['220 mail.aozora.test ESMTP OpenSMTPD', 'opensmtpd', undefined, undefined],
    [
      '220 mail.aozora.test Microsoft ESMTP MAIL Service, Version: 8.5.9600.16384 ready at Tue, 25 Nov 2026',
      'windows-smtp',
      '2012 R2',
      undefined,
    ],
    [
      '220 mail.aozora.test Microsoft ESMTP MAIL Service ready at Tue, 25 Nov 2026 09:00:00 +0000',
      'exchange',
      undefined,
      undefined,
    ],
    ['* OK Microsoft Exchange Server 2007 IMAP4 service ready', 'exchange', '2007', undefined],
    ['* OK The Microsoft Exchange IMAP4 service is ready. [VABZ]', 'exchange', undefined, undefined],
    [
      '* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN] Dovecot (Debian) ready.',
      'dovecot',
      undefined,
      'debian',
    ],
    [
      '* OK [CAPABILITY IMAP4rev1] mail Cyrus IMAP 3.6.1-Debian-3.6.1-4+deb12u3 server ready',
      'cyrus',
      '3.6.1',
      'debian',
    ],
    ['IMPLEMENTATION Cyrus POP3 v2.4.17', 'cyrus', '2.4.17', undefined],
    [
      '* OK [CAPABILITY IMAP4rev1] Courier-IMAP ready. Copyright 1998-2021 Double Precision, Inc.',
      'courier',
      undefined,
      undefined,
    ],
    ['Zimbra 8.8.15_GA_4581', 'zimbra', '8.8.15', undefined],
    ['* OK mail.aozora.test Zimbra IMAP4rev1 server ready', 'zimbra', undefined, undefined],
    ['220 mail.aozora.test ESMTP MDaemon 23.0.2; Tue, 25 Nov 2026 09:00:00 +0900', 'mdaemon', '23.0.2', undefined],
    ['220 mail.aozora.test Kerio Connect 9.4.2 ESMTP ready', 'kerio', '9.4.2', undefined],
    ['220 mail.aozora.test ESMTP Service (HCL Domino Release 12.0.2) ready', 'domino', '12.0.2', undefined],
  ])('%s', (line, product, version, distribution) => {
    const found = softwareIn([line]);
    expect([found?.product, found?.version, found?.distribution]).toEqual([product, version, distribution]);
  });

  test.each([
    '220 mail.aozora.test ESMTP',
    '+OK ready',
    '* OK IMAP4rev1 Service Ready',
    '220 postfixed.example.test ESMTP',
  ])('%s names nothing', (line) => expect(softwareIn([line])).toBeUndefined());

  test('a version from another line completes the name', () => {
    expect(softwareIn(['220 x ESMTP Postfix', 'Postfix (3.4.13)'])?.version).toBe('3.4.13');
  });

  test('versions are compared by number', () => {
    expect(compareVersions('3.10', '3.9')).toBeGreaterThan(0);
    expect(compareVersions('4.93.0.4', '4.93')).toBeGreaterThan(0);
    expect([isOfCycle('3.7.11', '3.7'), isOfCycle('3.10', '3.1'), isOfCycle('2012 R2', '2012')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('how a version stands', () => {
  test.each<[string, string, string]>([
    ['no version told', '220 x ESMTP Postfix (Debian/GNU)', 'unknown'],
    ['a version that the table does not know', '220 x ESMTP Exim 4.123', 'unknown'],
    ['a series that is mended, in its newest release', '220 x ESMTP Postfix (3.9.6)', 'supported'],
    ['behind, and nobody packages it', '220 x ESMTP Postfix (3.9.1)', 'outdated'],
    [
      'the same, where a distribution ships it and mends it under that number',
      '220 x ESMTP Postfix (3.8.1)',
      'supported',
    ],
    ['ended at its maker, mended by Debian 12', '220 x ESMTP Exim 4.96', 'packaged'],
    ['ended at its maker and at every distribution', '220 x ESMTP Exim 4.92', 'ended'],
    ['packaged by others, but the server says Debian, which has ended', '220 x ESMTP Exim 4.93 Debian', 'ended'],
    ['Exchange 2007', '* OK Microsoft Exchange Server 2007 IMAP4 service ready', 'ended'],
    ['Windows Server 2016', '220 x Microsoft ESMTP MAIL Service, Version: 10.0.14393.2608 ready', 'supported'],
  ])('%s', (_name, greeting, kind) => expect(standingOf(factOf(greeting)).kind).toBe(kind));

  test('the day counts', () => {
    expect(standingOf(factOf('220 x ESMTP Exim 4.92', { at: '2024-06-01T00:00:00Z' })).kind).toBe('packaged');
  });

  test('every row of the table has dates, a source and a place in order', () => {
    for (const { cycle, source, released, endOfSupport, latest } of versionTable.rows) {
      expect(source).toMatch(/^https:\/\//);
      for (const date of [released, endOfSupport]) if (date !== undefined) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      if (latest !== undefined) expect(isOfCycle(latest, cycle)).toBe(true);
    }
  });
});

const observed = <Fact>(check: AnyCheck, fact: Fact): readonly [string, Outcome<unknown>] => [
  keyOf(check, subject),
  { kind: 'observed', fact, verdict: check.judge(fact, subject) },
];

const evidence = (...outcomes: readonly (readonly [string, Outcome<unknown>])[]) =>
  evidenceOf(new Map(outcomes), subject);

describe('mail.versions', () => {
  const probe = (greeting: string, last?: Remembered, config = subject) => {
    const talk = greeted('smtp', 5, greeting);
    const mail: Partial<World['mail']> = {
      port: async () => port([contact(open, talk)]),
      tls: async () => tls(subject, 'smtp'),
    };
    // Only what the probe of SMTP asks.
    const world = {
      ...noWorld,
      clock: { now: () => new Date(at) },
      mail: mail as World['mail'],
      history: { ...noWorld.history, lastGood: async () => last },
    };
    return smtp.probe(config, world, new AbortController().signal);
  };
  const remembered = (version: string, changed?: VersionsFact['changed']): Remembered => ({
    run: 'r',
    at: '2026-11-20T00:00:00Z',
    fact: { software: { product: 'exim', name: 'Exim', version, says: '' }, ...(changed ? { changed } : {}) },
  });

  test.each<[string, string, string]>([
    ['ended', '220 x ESMTP Exim 4.92', 'warn'],
    ['outdated', '220 x ESMTP Postfix (3.9.1)', 'warn'],
    ['packaged', '220 x ESMTP Exim 4.96', 'ok'],
    ['no version', '220 x ESMTP Postfix (Debian/GNU)', 'ok'],
    ['no name', '220 x ESMTP', 'skip'],
  ])('%s', async (_name, greeting, grade) => {
    expect(smtp.judge(await probe(greeting), subject)).toMatchObject({ grade });
  });

  test('a change of version is seen, and remembered while it lasts', async () => {
    const change = { from: '4.96', to: '4.98', since: '2026-11-20T00:00:00Z' };
    expect((await probe('220 x ESMTP Exim 4.98', remembered('4.96'))).changed).toEqual(change);
    expect((await probe('220 x ESMTP Exim 4.98', remembered('4.98', change))).changed).toEqual(change);
    expect((await probe('220 x ESMTP Exim 4.98', remembered('4.98'))).changed).toBeUndefined();
    expect(
      (await probe('220 x ESMTP Exim 4.98', { ...remembered('4.96'), fact: { software: 7 } })).changed,
    ).toBeUndefined();
  });
});

describe('causes', () => {
  test('end of life, with the date, as a warning', () => {
    const [found] = findAll([endOfLife], evidence(observed(smtp, factOf('220 x ESMTP Exim 4.92'))), subject);
    expect(found?.finding).toMatchObject({
      severity: 'warning',
      affects: ['smtp mail.aozora.test:587'],
      detail: { end: '2024-06-30' },
    });
    expect(found?.cause.because(found.finding.detail, []).ja).toContain('2024-06-30');
  });

  test.each<[string, string]>([
    ['Debian 12 as it greets', '220 x ESMTP Postfix (Debian/GNU)'],
    ['a package of a distribution that mends it', '220 x ESMTP Exim 4.96'],
    ['the newest release', '220 x ESMTP Postfix (3.9.6)'],
  ])('%s is neither ended nor outdated', (_name, greeting) => {
    const all = evidence(observed(smtp, factOf(greeting)));
    expect([...endOfLife.explain(all, subject), ...outdated.explain(all, subject)]).toEqual([]);
  });

  test('outdated, with the newer release', () => {
    const [finding] = outdated.explain(evidence(observed(smtp, factOf('220 x ESMTP Postfix (3.9.1)'))), subject);
    expect(finding).toMatchObject({ severity: 'warning', detail: { latest: '3.9.6' } });
  });

  describe('a changed default', () => {
    const logs = (more: Partial<LogsFact>): LogsFact => ({
      at,
      since: at,
      files: [{ name: '/var/log/mail.log', bytes: 1, lines: 1, cut: false }],
      causes: [],
      hidden: [],
      unknown: { lines: 0, shapes: [] },
      versions: [],
      succeeded: {},
      ...more,
    });
    const bareLf: LogsFact['causes'][number] = {
      cause: 'smtp.bare-lf',
      confidence: 0.85,
      count: 2,
      current: 2,
      kind: 'send',
      samples: [{ file: '/var/log/mail.log', text: 'bare <LF> received' }],
      hosts: [],
      mailboxes: [],
    };
    const upgrade = [
      { product: 'postfix', version: '3.8.6', at: '2026-11-20T00:00:00Z' },
      { product: 'postfix', version: '3.9.1', at: '2026-11-24T00:00:00Z' },
    ];
    const talksEarly = {
      username: 'x',
      offered: [],
      dialogue: [],
      ehlo: 'crm',
      sender: 'a@b',
      recipient: 'a@b',
      before: { at: 'hello', step: refusal('503 5.5.0 <EHLO>: Improper use of SMTP command pipelining') },
    };

    test('the log shows the upgrade and the refusal', () => {
      const all = evidence(observed(mailLogs, logs({ causes: [bareLf], versions: upgrade })));
      expect(defaultChanged.explain(all, subject)).toMatchObject([
        {
          severity: 'critical',
          detail: { setting: 'smtpd_forbid_bare_newline', from: '3.8.6', to: '3.9.1' },
          affects: ['smtp mail.aozora.test:587'],
        },
      ]);
    });

    test('earlier runs show the upgrade, and the refusal of the live check is its symptom', () => {
      const changed = { from: '3.7.11', to: '3.9.6', since: '2026-11-20T00:00:00Z' };
      const all = evidence(
        observed(smtp, factOf('220 x ESMTP Postfix (3.9.6)', { changed })),
        observed(smtpAuth, talksEarly),
      );
      const found = findAll([defaultChanged, pipeliningRefused], all, subject);
      expect(found.map(({ cause }) => cause.id)).toEqual(['version.default-changed', 'smtp.pipelining-refused']);
      expect(withoutSymptoms(found).map(({ cause }) => cause.id)).toEqual(['version.default-changed']);
    });

    test.each<[string, Partial<LogsFact>]>([
      ['no refusal', { versions: upgrade }],
      ['no upgrade', { causes: [bareLf], versions: upgrade.slice(1) }],
      [
        'an upgrade above the change',
        { causes: [bareLf], versions: [{ product: 'postfix', version: '3.9.0' }, ...upgrade.slice(1)] },
      ],
      ['a downgrade', { causes: [bareLf], versions: upgrade.toReversed() }],
      ['a refusal that is over', { causes: [{ ...bareLf, current: 0 }], versions: upgrade }],
    ])('%s: none', (_name, more) => {
      expect(defaultChanged.explain(evidence(observed(mailLogs, logs(more))), subject)).toEqual([]);
    });
  });
});
