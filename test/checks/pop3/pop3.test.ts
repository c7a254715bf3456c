import { testCases } from '../login-causes.ts';
import { greets, refused, subjectWith } from '../login-evidence.ts';

const pop3 = 'pop3 pop.example.co.jp:995';
const clear = subjectWith({ pop3: { host: 'pop.example.co.jp', port: 110, security: 'starttls' } });

testCases([
  {
    name: 'another session holds the mailbox',
    ill: { pop3: { login: refused('-ERR [IN-USE] Do you have another POP session running?') } },
    finds: ['pop3.mailbox-locked'],
    affects: [pop3],
  },
  {
    name: 'Dovecot cannot lock',
    ill: { pop3: { login: refused('-ERR [SYS/TEMP] Failed to create POP3 session lock.') } },
    finds: ['pop3.mailbox-locked'],
  },
  {
    name: 'polled too often',
    ill: { pop3: { login: refused('-ERR [LOGIN-DELAY] minimum time between mail checks violation') } },
    finds: ['pop3.login-delay'],
    affects: [pop3],
  },
  {
    name: 'no UIDL',
    ill: { pop3: { uidl: 'no' } },
    finds: ['pop3.no-uidl'],
    severity: 'warning',
    affects: [pop3],
    en: ['3 messages'],
  },
  { name: 'an empty mailbox says nothing of UIDL', ill: { pop3: { uidl: 'empty-mailbox', messages: 0 } }, finds: [] },
  {
    name: 'turned away at the greeting',
    subject: clear,
    ill: { port: { pop3: greets('pop3', '-ERR not for you') } },
    finds: ['imap.greeting-refused'],
  },
  {
    name: 'the connection limit',
    ill: { pop3: { login: refused('-ERR [SYS/PERM] Maximum number of connections from user+IP exceeded') } },
    finds: ['imap.too-many-connections'],
  },
]);
