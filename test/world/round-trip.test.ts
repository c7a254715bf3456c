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
}: {
  readonly account?: Partial<Account>;
  readonly smtp?: Partial<SmtpOptions>;
  readonly imap?: Partial<ImapOptions>;
  readonly pop3?: Partial<Pop3Options>;
  readonly folder?: string;
  readonly timeoutMs?: number;
  readonly username?: string;
}): Promise<Site> => {
  const store = storeWith(account);
  const common = { store, certificate: await certificate(), tls: 'implicit' as const };
  const sending = await startSmtp({ ...common, ...smtp });
  stops.push(sending.stop);
  const reading = imap && (await startImap({ ...common, ...imap }));
  const polling = pop3 && (await startPop3({ ...common, ...pop3 }));
  for (const server of [reading, polling]) if (server) stops.push(server.stop);
  const door = (port: number) => ({ host: 'mail.example.test', port, security: 'tls' as const });
  const subject = subjectOf(
    {
      address: 'sales@example.test',
      ...(username ? { username } : {}),
      password: { secret: 'mail.password' },
      ca: await caFile(),
      smtp: door(sending.port),
      ...(reading ? { imap: { ...door(reading.port), ...(folder ? { folder } : {}) } } : {}),
      ...(polling ? { pop3: door(polling.port) } : {}),
      roundTrip: { enabled: true, timeoutMs },
    },
    false,
  );
  const kit = await kitWith();
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
      found: { folder: 'INBOX', role: 'inbox', ...intact, hops: [{ by: 'mail.example' }] },
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
});
