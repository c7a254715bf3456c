import { afterEach, describe, expect, test } from '@jest/globals';
import { type ImapOptions, startImap } from '../../fixtures/imap.server.ts';
import { type Account, defaultFolders, type MailStore } from '../../fixtures/mail-store.ts';
import { type Pop3Options, startPop3 } from '../../fixtures/pop3.server.ts';
import { type SmtpOptions, startSmtp } from '../../fixtures/smtp.server.ts';
import { subjectOf } from '../../src/model/mailbox.ts';
import { createLogins } from '../../src/world/logins.ts';
import { caFile, certificate, kitWith, leaks, never, storeWith } from './login-kit.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

interface Site {
  readonly store: MailStore;
  readonly trip: (signal?: AbortSignal) => ReturnType<ReturnType<typeof createLogins>['roundTrip']>;
}

const site = async ({
  account = {},
  smtp = {},
  imap,
  pop3,
  folder,
  timeoutMs = 3_000,
  username,
  address = 'sales@example.test',
  mx,
}: {
  readonly account?: Partial<Account>;
  readonly smtp?: Partial<SmtpOptions>;
  readonly imap?: Partial<ImapOptions>;
  readonly pop3?: Partial<Pop3Options>;
  readonly folder?: string;
  readonly timeoutMs?: number;
  readonly username?: string;
  /** In another domain the mailbox is not of the outgoing server's side. */
  readonly address?: string;
  /** Who takes mail for every domain; default: the DNS does not tell. */
  readonly mx?: string;
}): Promise<Site> => {
  const store = storeWith(account);
  const common = { store, certificate: await certificate(), tls: 'implicit' as const };
  const sending = await startSmtp({ ...common, ...smtp });
  stops.push(sending.stop);
  const reading = imap && (await startImap({ ...common, ...imap }));
  const polling = pop3 && (await startPop3({ ...common, ...pop3 }));
  for (const server of [reading, polling]) if (server) stops.push(server.stop);
  const door = (port: number, host = 'mail.example.test') => ({ host, port, security: 'tls' as const });
  const ownSide = address.endsWith('@example.test') ? undefined : 'localhost';
  const subject = subjectOf(
    {
      address,
      ...(username ? { username } : {}),
      password: { secret: 'mail.password' },
      ca: await caFile(),
      smtp: door(sending.port),
      ...(reading ? { imap: { ...door(reading.port, ownSide), ...(folder ? { folder } : {}) } } : {}),
      ...(polling ? { pop3: door(polling.port) } : {}),
      roundTrip: { enabled: true, timeoutMs },
    },
    false,
  );
  const plain = await kitWith();
  const records = [{ type: 'MX' as const, name: address, ttl: 60, data: mx ?? '', priority: 10 }];
  const query: typeof plain.dns.query = async () => ({
    kind: 'answered',
    rcode: 'NOERROR',
    records,
    cnames: [],
    authenticated: false,
    server: '192.0.2.53',
    ms: 0,
  });
  const kit = mx === undefined ? plain : { ...plain, dns: { ...plain.dns, query } };
  return { store, trip: (signal = never) => createLogins(kit).roundTrip(subject, signal) };
};

const left = (store: MailStore, folder: string): number => store.mailboxes[0]?.folder(folder)?.messages.length ?? -1;

const intact = { subjectIntact: true, bodyIntact: true, messageIdKept: true };

describe('a message to oneself', () => {
  test('comes back over IMAP and is removed', async () => {
    const { store, trip } = await site({ imap: {} });
    store.mailboxes[0]?.deliver('Subject: another\r\n\r\nstays\r\n');
    const fact = await trip();
    expect(fact).toMatchObject({
      sent: { kind: 'accepted', reply: { code: '250' } },
      through: 'imap',
      found: { folder: 'INBOX', role: 'inbox', ...intact, hops: [{ by: 'mail.example' }], dkim: [] },
      removed: true,
      sameMailbox: true,
    });
    expect(left(store, 'INBOX')).toBe(1);
    expect(leaks(fact)).toBe(false);
  });

  test('comes back over POP3 and is removed', async () => {
    const { store, trip } = await site({ pop3: {} });
    for (let count = 0; count < 3; count += 1) store.mailboxes[0]?.deliver('Subject: another\r\n\r\n.stays\r\n');
    expect(await trip()).toMatchObject({
      through: 'pop3',
      found: { folder: 'INBOX', role: 'inbox', ...intact },
      removed: true,
    });
    expect(left(store, 'INBOX')).toBe(3);
  });

  test('is awaited over POP3 in new sessions', async () => {
    const { store, trip } = await site({
      pop3: {},
      smtp: { delivery: () => ({ kind: 'folder', name: 'INBOX', delayMs: 200 }) },
    });
    expect(await trip()).toMatchObject({ found: { role: 'inbox' }, removed: true });
    expect(left(store, 'INBOX')).toBe(0);
  });

  test('is awaited over IMAP', async () => {
    const { trip } = await site({
      imap: {},
      smtp: { delivery: () => ({ kind: 'folder', name: 'INBOX', delayMs: 200 }) },
    });
    const fact = await trip();
    expect(fact).toMatchObject({ found: { role: 'inbox' }, removed: true });
    expect(fact.found?.afterMs).toBeGreaterThanOrEqual(100);
  });

  test.each([
    ['Junk', 'INBOX', 'junk'],
    ['CRM', 'CRM', 'configured'],
    ['INBOX', 'CRM', 'inbox'],
    ['整理済み', 'INBOX', 'other'],
  ] as const)('in %s, where %s is polled, is found as %s', async (where, folder, role) => {
    const { store, trip } = await site({
      imap: {},
      folder,
      timeoutMs: 400,
      account: { folders: [...defaultFolders, { name: 'CRM' }, { name: '整理済み' }] },
      smtp: { delivery: () => ({ kind: 'folder', name: where }) },
    });
    expect(await trip()).toMatchObject({ found: { folder: where, role }, removed: true });
    expect(left(store, where)).toBe(0);
  });

  test('leaves no copy among the sent messages, which is no arrival either', async () => {
    const { store, trip } = await site({
      imap: {},
      timeoutMs: 400,
      smtp: { delivery: () => ({ kind: 'folder', name: 'Sent' }) },
    });
    const fact = await trip();
    expect(fact.found).toBeUndefined();
    expect(left(store, 'Sent')).toBe(0);
  });

  test('that is lost is told after the limit', async () => {
    const { trip } = await site({ imap: {}, timeoutMs: 300, smtp: { delivery: () => ({ kind: 'lost' }) } });
    const fact = await trip();
    expect(fact).toMatchObject({ sent: { kind: 'accepted' }, removed: false });
    expect(fact.found).toBeUndefined();
    expect(fact.lookupFailed).toBeUndefined();
    expect(fact.waitedMs).toBeGreaterThanOrEqual(300);
  });

  test('without UIDPLUS takes nobody else along', async () => {
    const { store, trip } = await site({
      imap: { capabilities: (usual) => usual.filter((word) => word !== 'UIDPLUS') },
    });
    store.mailboxes[0]?.folder('INBOX')?.add(Buffer.from('Subject: x\r\n\r\n'), { flags: ['\\Deleted'] });
    expect(await trip()).toMatchObject({ found: { role: 'inbox' }, removed: false });
    expect(left(store, 'INBOX')).toBe(2);
  });

  test('is found where the server cannot search by header, and nothing else is touched', async () => {
    const refuse = { SEARCH: 'NO [CANNOT] Not here', 'UID SEARCH': 'NO [CANNOT] Not here' };
    const { store, trip } = await site({ imap: { refuse } });
    for (const mark of ['', 'X-Crm-Doctor: 0123456789abcdef0123456789abcdef\r\n']) {
      store.mailboxes[0]?.deliver(`${mark}Subject: another\r\n\r\nstays\r\n`);
    }
    expect(await trip()).toMatchObject({ found: { role: 'inbox', ...intact } });
    const raws = store.mailboxes[0]?.folder('INBOX')?.messages.map(({ raw }) => raw.toString()) ?? [];
    expect(raws.filter((raw) => raw.includes('stays'))).toHaveLength(2);
    expect(raws).toHaveLength(2);
  });

  test.each([
    ['mail', '553 5.7.1 Sender address rejected'],
    ['rcpt', '550 5.1.1 User unknown'],
    ['data', '554 5.7.1 Message refused'],
  ] as const)('that is refused at %s is not awaited', async (at, refusal) => {
    const { trip } = await site({ imap: {}, smtp: { refuse: { [at]: refusal } } });
    expect(await trip()).toMatchObject({
      at,
      sent: { kind: 'refused', reply: { code: refusal.slice(0, 3) } },
      waitedMs: 0,
    });
  });

  test('is not sent where the mailbox cannot be opened', async () => {
    const { store, trip } = await site({ imap: { refuse: { AUTHENTICATE: 'NO [UNAVAILABLE] later' } } });
    expect(await trip()).toMatchObject({
      sent: { kind: 'broken' },
      lookupFailed: { kind: 'refused', reply: { tag: 'UNAVAILABLE' } },
    });
    expect(left(store, 'INBOX')).toBe(0);
  });

  test.each([
    [
      (text: string) => text.replace(/^Message-ID: .*$/im, 'Message-ID: <other@x>'),
      { ...intact, messageIdKept: false },
    ],
    [(text: string) => text.replace(/^Subject: /im, 'Subject: [SPAM] '), { ...intact, subjectIntact: false }],
    [(text: string) => text.replace(/\r\n\r\n[\s\S]*/, '\r\n\r\nVmlydXM='), { ...intact, bodyIntact: false }],
  ])('that was altered on the way shows it %#', async (alter, expected) => {
    const { store, trip } = await site({
      imap: {},
      smtp: {
        delivery: ({ raw }) => {
          store.mailboxes[0]?.deliver(Buffer.from(alter(raw.toString('latin1')), 'latin1'));
          return { kind: 'lost' };
        },
      },
    });
    expect(await trip()).toMatchObject({ found: expected, removed: true });
  });

  test.each(['imap', 'pop3'] as const)('that came twice is told over %s, and both are removed', async (through) => {
    const { store, trip } = await site({
      [through]: {},
      smtp: {
        delivery: ({ raw }) => {
          store.mailboxes[0]?.deliver(raw);
          return { kind: 'folder', name: 'INBOX' };
        },
      },
    });
    const fact = await trip();
    expect(fact).toMatchObject({ copies: [{ folder: 'INBOX', role: 'inbox' }], removed: true });
    expect(left(store, 'INBOX')).toBe(0);
  });

  test('is counted among the sent messages, and removed there', async () => {
    const { store, trip } = await site({
      imap: {},
      smtp: {
        delivery: ({ raw }) => {
          store.mailboxes[0]?.deliver(raw, 'Sent');
          return { kind: 'folder', name: 'INBOX' };
        },
      },
    });
    store.mailboxes[0]?.folder('Sent')?.add(Buffer.from('Subject: kept\r\n\r\n'));
    expect(await trip()).toMatchObject({ found: { role: 'inbox' }, sentCopies: 1, copies: [], removed: true });
    expect(left(store, 'Sent')).toBe(1);
  });

  const bounce = (raw: Buffer): string => {
    const head = raw.toString('latin1').split('\r\n\r\n')[0];
    return [
      'From: MAILER-DAEMON@example.test',
      'Subject: Undelivered Mail Returned to Sender',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
      '',
      '--=_b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mail.example.test',
      '',
      'Final-Recipient: rfc822; sales@example.test',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 unknown',
      '',
      '--=_b',
      'Content-Type: text/rfc822-headers',
      '',
      head,
      '--=_b--',
      '',
    ].join('\r\n');
  };

  test.each(['imap', 'pop3'] as const)(
    'that is returned is told over %s without waiting on, and only our report is removed',
    async (through) => {
      const { store, trip } = await site({
        [through]: {},
        timeoutMs: 60_000,
        smtp: {
          delivery: ({ raw }) => {
            store.mailboxes[0]?.deliver(bounce(Buffer.from('Message-ID: <theirs@example.test>\r\n\r\n')));
            store.mailboxes[0]?.deliver(bounce(raw));
            return { kind: 'lost' };
          },
        },
      });
      const fact = await trip();
      expect(fact.found).toBeUndefined();
      expect(fact.reports).toMatchObject([
        { kind: 'failed', folder: 'INBOX', by: 'mail.example.test', status: '5.1.1', removed: true },
      ]);
      expect(fact.passage).toEqual({ taken: 0 });
      expect(store.mailboxes[0]?.folder('INBOX')?.messages.map(({ raw }) => raw.includes('theirs'))).toEqual([true]);
    },
  );

  test('that another client takes away is told by what came and went', async () => {
    const { store, trip } = await site({
      imap: {},
      timeoutMs: 300,
      smtp: {
        delivery: ({ raw }) => {
          const inbox = store.mailboxes[0]?.folder('INBOX');
          const message = inbox?.add(raw);
          if (message) inbox?.remove(new Set([message]));
          return { kind: 'lost' };
        },
      },
    });
    const fact = await trip();
    expect(fact.found).toBeUndefined();
    expect(fact.passage).toEqual({ taken: 1 });
  });

  test('whose mark and Message-ID a provider replaces is found by subject and text', async () => {
    const { store, trip } = await site({
      imap: {},
      smtp: {
        delivery: ({ raw }) => {
          const text = raw
            .toString('latin1')
            .replace(/^Message-ID: .*$/im, 'Message-ID: <ses@example.net>')
            .replace(/^X-Crm-Doctor: .*\r\n/im, '');
          store.mailboxes[0]?.deliver(Buffer.from(text, 'latin1'));
          return { kind: 'lost' };
        },
      },
    });
    expect(await trip()).toMatchObject({
      found: { messageIdKept: false, newMessageId: '<ses@example.net>' },
      removed: true,
    });
    expect(left(store, 'INBOX')).toBe(0);
  });

  test.each([
    ['to another side', 'sales@elsewhere.example', 'mx.filter.example', true],
    ['to another side, of which the DNS does not tell', 'sales@elsewhere.example', undefined, false],
    ['to the same side', 'sales@example.test', 'mx.filter.example', false],
  ] as const)('that went %s tells where it crossed over', async (_name, address, mx, crosses) => {
    const { store, trip } = await site({
      imap: {},
      address,
      username: 'sales@example.test',
      ...(mx === undefined ? {} : { mx }),
      smtp: {
        delivery: ({ raw }) => {
          const way = [
            `Return-Path: <${address}>`,
            'Received: from out.example.test (out.example.test [192.0.2.7]) by mx.filter.example; Tue, 24 Nov 2026 10:00:05 +0900',
            'Received: from crm (crm [198.51.100.2]) by mail.example.test; Tue, 24 Nov 2026 10:00:04 +0900',
            '',
          ];
          store.mailboxes[0]?.deliver(Buffer.concat([Buffer.from(way.join('\r\n')), raw]));
          return { kind: 'lost' };
        },
      },
    });
    const { found } = await trip();
    expect(found?.returnPath).toBe(address);
    expect(found?.border).toEqual(
      crosses ? { by: 'mx.filter.example', from: 'out.example.test', address: '192.0.2.7' } : undefined,
    );
  });

  test('ends with its signal', async () => {
    const controller = new AbortController();
    const { trip } = await site({
      imap: {},
      smtp: {
        delivery: () => {
          setImmediate(() => controller.abort(new Error('enough')));
          return { kind: 'lost' };
        },
      },
    });
    await expect(trip(controller.signal)).rejects.toThrow('enough');
  });

  test('ended while the mailbox is looked over and the server greets, it leaves no promise alone', async () => {
    const controller = new AbortController();
    const end = (): undefined => {
      setImmediate(() => controller.abort(new Error('enough')));
      return undefined;
    };
    const { trip } = await site({ imap: { refuse: { SELECT: end, EXAMINE: end, STATUS: end, LIST: end } } });
    const alone: unknown[] = [];
    const note = (reason: unknown): void => {
      alone.push(reason);
    };
    process.on('unhandledRejection', note);
    await expect(trip(controller.signal)).rejects.toThrow('enough');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    process.off('unhandledRejection', note);
    expect(alone).toEqual([]);
  });
});

describe('a mailbox of other people', () => {
  test('with 100,000 messages is searched at its end only', async () => {
    const { store, trip } = await site({ imap: {} });
    const inbox = store.mailboxes[0]?.folder('INBOX');
    const raw = Buffer.from('Subject: crm-doctor\r\n\r\nx\r\n');
    for (let count = 0; count < 100_000; count += 1) inbox?.add(raw);
    expect(await trip()).toMatchObject({ found: { role: 'inbox', ...intact }, removed: true });
    expect(inbox?.messages.length).toBe(100_000);
  });

  test('with 10,000 folders ends soon after its limit', async () => {
    const folders = Array.from({ length: 10_000 }, (_, index) => ({ name: `f${index}` }));
    const { trip } = await site({
      imap: {},
      account: { folders: [...defaultFolders, ...folders] },
      timeoutMs: 200,
      smtp: { delivery: () => ({ kind: 'lost' }) },
    });
    const fact = await trip();
    expect(fact).toMatchObject({ sent: { kind: 'accepted' }, removed: false });
    expect(fact.found).toBeUndefined();
  });

  test('keeps everything that is not provably ours', async () => {
    const messages = [
      'Subject: crm-doctor 送受信テスト 0badcafe\r\n\r\ncrm-doctor 0badcafe utf-8\r\n',
      `X-Crm-Doctor: ${'0'.repeat(32)}\r\nSubject: crm-doctor\r\n\r\nx\r\n`,
      `Subject: \x1b[2J\x1b]0;x\x07\r\nX-Crm-Doctor: ${'a'.repeat(2_000_000)}\r\n\r\nx\r\n`,
      `Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\n--x--\r\n`,
    ];
    const { store, trip } = await site({ imap: {} });
    for (const message of messages) store.mailboxes[0]?.deliver(message);
    expect(await trip()).toMatchObject({ found: { role: 'inbox', ...intact }, removed: true });
    expect(left(store, 'INBOX')).toBe(messages.length);
  });

  test.each([
    ['numbers of its own fancy', ['* SEARCH 4294967295 17 0 -3 x 99999999999999999999 ~']],
    ['every number', [`* SEARCH ${Array.from({ length: 5_000 }, (_, index) => index + 1).join(' ')}`]],
    ['a word that is none', ['* SEARCH \x1b[31m']],
  ])('behind a server that answers SEARCH with %s loses nothing', async (_name, lines) => {
    const { store, trip } = await site({ imap: { searchSays: lines }, timeoutMs: 200 });
    for (let count = 0; count < 3; count += 1) store.mailboxes[0]?.deliver('Subject: theirs\r\n\r\nx\r\n');
    const fact = await trip();
    expect(fact.passage?.vanishedFrom).toBeUndefined();
    const raws = store.mailboxes[0]?.folder('INBOX')?.messages.map(({ raw }) => raw.toString()) ?? [];
    expect(raws.filter((raw) => raw.includes('theirs'))).toHaveLength(3);
  });
});
