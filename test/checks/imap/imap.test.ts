import { describe, expect, test } from '@jest/globals';
import { likelyFolders } from '../../../checks/imap/folder-names.ts';
import { imapAuth } from '../../../checks/mail/imap-auth.check.ts';
import { noWorld } from '../../engine.ts';
import { foundBy, loginCauses, testCases } from '../login-causes.ts';
import { accepted, greets, refused, subjectWith } from '../login-evidence.ts';

const imap = 'imap imap.example.co.jp:993';
const folder = (name: string) =>
  subjectWith({ imap: { host: 'imap.example.co.jp', port: 993, security: 'tls', folder: name } });
const clear = subjectWith({ imap: { host: 'imap.example.co.jp', port: 143, security: 'starttls' } });

testCases([
  {
    name: 'the folder is configured in the form of the wire',
    subject: folder('&U9dP4Q-'),
    ill: {
      imap: { folder: '&U9dP4Q-', select: refused("NO Mailbox doesn't exist: &-U9dP4Q-"), folders: ['INBOX', '受信'] },
    },
    finds: ['imap.folder-missing', 'imap.folder-name-encoding'],
  },
  {
    name: 'the folders are numbered anew since the last good run',
    ill: {
      imap: {
        uidValidity: '1700000200',
        earlier: { at: '2026-11-23T00:00:00.000Z', uidValidity: '1600000000', messages: 7 },
      },
    },
    finds: ['imap.uidvalidity-changed'],
    affects: [imap],
    severity: 'warning',
    en: ['1600000000', '1700000200', '2026-11-23'],
    ja: ['1700000200'],
    ruledOut: 'imap.folder-missing',
  },
  {
    name: 'the same numbers as in the last good run',
    ill: { imap: { uidValidity: '1', earlier: { at: '2026-11-23T00:00:00.000Z', uidValidity: '1' } } },
    finds: [],
  },
  {
    name: 'IDLE is waited for, and not offered',
    subject: subjectWith({ imap: { host: 'imap.example.co.jp', port: 993, security: 'tls', idle: true } }),
    ill: { imap: { capabilities: ['IMAP4REV1', 'UIDPLUS'] } },
    finds: ['imap.idle-not-supported'],
    severity: 'warning',
    affects: [imap],
    en: ['imap.example.co.jp:993'],
    steps: /intervals/,
  },
  {
    name: 'IDLE is waited for, and offered',
    subject: subjectWith({ imap: { host: 'imap.example.co.jp', port: 993, security: 'tls', idle: true } }),
    ill: { imap: { capabilities: ['IMAP4REV1', 'IDLE'] } },
    finds: [],
  },
  { name: 'nobody waits for IDLE', ill: { imap: { capabilities: ['IMAP4REV1'] } }, finds: [] },
]);

const encoding = (configured: string, folders: readonly string[]) =>
  foundBy('imap.folder-name-encoding', folder(configured), {
    imap: { folder: configured, select: refused("NO Mailbox doesn't exist"), folders },
  });

test.each([
  ['&U9dP4Q-', ['INBOX', '受信'], '受信'],
  ['INBOX.&U9dP4Q-', ['INBOX', 'INBOX.受信'], 'INBOX.受信'],
  ['受信', ['INBOX', '&U9dP4Q-'], '&U9dP4Q-'],
  ['受信', ['INBOX', Buffer.from('受信').toString('latin1')], Buffer.from('受信').toString('latin1')],
] as const)('%s is there in another encoding, and tried', (configured, folders, to) => {
  const [reading] = encoding(configured, folders);
  expect(reading?.candidates).toEqual([[{ path: 'mail.imap.folder', from: configured, to }]]);
  expect(reading?.because.en).toContain(to);
  expect(loginCauses.get('imap.folder-missing')?.unless).toContain('imap.folder-name-encoding');
});

test.each([
  ['CRM', ['INBOX', 'CRMs']],
  ['R&D', ['INBOX', 'R&-D', 'R']],
  ['&U9dP4Q-', ['INBOX', '送信']],
  ['受信', ['INBOX', '送信']],
  ['&!!!-', ['INBOX']],
])('%s is in no encoding among %j', (configured, folders) => {
  expect(encoding(configured, folders)).toEqual([]);
});

testCases([
  {
    name: 'too many connections at the login',
    ill: {
      imap: {
        login: refused(
          'NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
        ),
      },
    },
    finds: ['imap.too-many-connections'],
    affects: [imap],
  },
  {
    name: 'too many connections at the greeting',
    subject: clear,
    ill: { port: { imap: greets('imap', '* BYE Too many connections from this host') } },
    finds: ['imap.too-many-connections'],
  },
  {
    name: 'BYE in place of the greeting',
    subject: clear,
    ill: { port: { imap: greets('imap', '* BYE Not for you') } },
    finds: ['imap.greeting-refused'],
    ruledOut: 'net.refused',
  },
  {
    name: 'the folder lies below INBOX',
    subject: folder('お問い合わせ'),
    ill: {
      imap: {
        folder: 'お問い合わせ',
        select: refused("NO Mailbox doesn't exist: お問い合わせ"),
        folders: ['INBOX', 'INBOX.Sent', 'INBOX.お問い合わせ'],
        prefix: '',
        delimiter: '.',
      },
    },
    finds: ['imap.folder-missing'],
    affects: [imap],
    confidence: 0.97,
    candidates: [[{ path: 'mail.imap.folder', from: 'お問い合わせ', to: 'INBOX.お問い合わせ' }]],
    ruledOut: 'auth.wrong-credentials',
  },
  {
    name: 'the folder exists nowhere',
    subject: folder('CRM'),
    ill: {
      imap: {
        folder: 'CRM',
        select: refused('NO [NONEXISTENT] Unknown Mailbox: CRM (now in authenticated state) (Failure)'),
        folders: ['INBOX', 'Sent'],
        delimiter: '/',
      },
    },
    finds: ['imap.folder-missing'],
    candidates: [],
    en: ['There are: INBOX, Sent.'],
  },
  {
    name: 'a refusal without a reason, and the list lacks the folder',
    subject: folder('CRM'),
    ill: { imap: { folder: 'CRM', select: refused('NO Nope'), folders: ['INBOX'], delimiter: '/' } },
    finds: ['imap.folder-missing'],
    confidence: 0.8,
  },
  {
    name: 'a refusal without a reason of a folder that is there',
    subject: folder('CRM'),
    ill: { imap: { folder: 'CRM', select: refused('NO Nope'), folders: ['INBOX', 'CRM'], delimiter: '/' } },
    finds: [],
  },
  {
    name: 'no INBOX: no mailbox',
    ill: { imap: { select: refused('NO [NONEXISTENT] Mailbox does not exist'), folders: [] } },
    finds: ['mailbox.not-provisioned'],
  },
  {
    name: 'no right to the folder',
    subject: folder('CRM'),
    ill: { imap: { folder: 'CRM', select: refused('NO [NOPERM] Permission denied'), folders: ['INBOX'] } },
    finds: ['mailbox.access-denied'],
  },
  {
    name: 'authenticated but not connected',
    ill: { imap: { select: refused('BAD User is authenticated but not connected.') } },
    finds: ['mailbox.access-denied'],
  },
  {
    name: 'read-only',
    ill: { imap: { readOnly: true, select: accepted('OK [READ-ONLY] done') } },
    finds: ['imap.read-only'],
    severity: 'warning',
    affects: [imap],
  },
  {
    name: 'a fault of the server',
    ill: {
      imap: { select: refused('NO [SERVERBUG] Internal error occurred. Refer to server log for more information.') },
    },
    finds: ['imap.server-error'],
  },
  {
    name: 'throttled',
    ill: { imap: { select: refused('BAD Request is throttled. Suggested Backoff Time: 9000 milliseconds') } },
    finds: ['imap.throttled'],
  },
  {
    name: 'the client has to name itself',
    ill: { imap: { select: refused('NO SELECT Unsafe Login. Please contact kefu@188.com for help') } },
    finds: ['imap.client-id-required'],
  },
]);

test.each([
  ['inbox.crm', ['INBOX', 'INBOX.CRM'], '', '.', ['INBOX.CRM']],
  ['CRM', ['INBOX', 'INBOX.CRM'], 'INBOX.', '.', ['INBOX.CRM']],
  ['INBOX/CRM', ['INBOX', 'INBOX.CRM'], '', '.', ['INBOX.CRM']],
  ['ＣＲＭ', ['CRM'], '', '/', ['CRM']],
  ['カ\u3099イド', ['ガイド'], '', '/', ['ガイド']],
  ['Sent', ['INBOX', '送信済みアイテム'], '', '/', ['送信済みアイテム']],
  ['迷惑メール', ['[Gmail]/Spam', 'INBOX'], '', '/', ['[Gmail]/Spam']],
  ['Inquires', ['Inquiries', 'INBOX'], '', '/', ['Inquiries']],
  ['Support', ['Sales', 'INBOX'], '', '/', []],
  ['CRM', ['CMS', 'ERM'], '', '/', []],
] as const)('%s among %j', (wanted, folders, prefix, delimiter, likely) => {
  expect(likelyFolders(wanted, folders, { prefix, delimiter })).toEqual(likely);
});

test('the nearest name comes first', () => {
  expect(likelyFolders('crm', ['Archive/CRM', 'CRM', 'INBOX/CRM'], { prefix: 'INBOX/', delimiter: '/' })).toEqual([
    'CRM',
    'INBOX/CRM',
    'Archive/CRM',
  ]);
});

describe('the folder is compared with what the last good run saw of it', () => {
  const now = {
    offered: [],
    dialogue: [],
    folder: 'INBOX',
    uidValidity: '2',
    messages: 3,
    login: accepted(),
    select: accepted(),
  };
  const probe = (fact: Readonly<Record<string, unknown>> | undefined) =>
    imapAuth.probe(
      subjectWith(),
      {
        ...noWorld,
        mail: { ...noWorld.mail, imapLogin: async () => now },
        history: {
          ...noWorld.history,
          lastGood: async () => (fact ? { run: 'r', at: '2026-11-23T00:00:00.000Z', fact } : undefined),
        },
      },
      new AbortController().signal,
    );

  test.each([
    ['another value', { folder: 'INBOX', uidValidity: '1', messages: 9 }, 'warn'],
    ['the same value', { folder: 'INBOX', uidValidity: '2' }, 'ok'],
    ['another folder', { folder: 'CRM', uidValidity: '1' }, 'ok'],
    ['a fact of another shape', { folder: 'INBOX', uidValidity: 1 }, 'ok'],
    ['no run', undefined, 'ok'],
  ])('%s', async (_name, fact, grade) => {
    const seen = await probe(fact);
    expect(imapAuth.judge(seen, subjectWith()).grade).toBe(grade);
    expect(seen.earlier).toEqual(
      grade === 'warn' ? { at: '2026-11-23T00:00:00.000Z', uidValidity: '1', messages: 9 } : seen.earlier,
    );
  });
});
