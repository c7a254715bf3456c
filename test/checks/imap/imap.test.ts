import { expect, test } from '@jest/globals';
import { likelyFolders } from '../../../checks/imap/folder-names.ts';
import { testCases } from '../login-causes.ts';
import { accepted, greets, refused, subjectWith } from '../login-evidence.ts';

const imap = 'imap imap.example.co.jp:993';
const folder = (name: string) =>
  subjectWith({ imap: { host: 'imap.example.co.jp', port: 993, security: 'tls', folder: name } });
const clear = subjectWith({ imap: { host: 'imap.example.co.jp', port: 143, security: 'starttls' } });

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
