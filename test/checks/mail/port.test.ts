import { describe, expect, test } from '@jest/globals';
import { mailPort } from '../../../checks/mail/port.check.ts';
import type { AddressContact, PortFact } from '../../../src/model/contact-facts.ts';
import { mailbox } from '../../engine.ts';

const fact = (...contacts: readonly AddressContact[]): PortFact => ({
  lookup: { kind: 'found', addresses: contacts.map(({ address, family }) => ({ address, family })), ms: 1 },
  contacts,
  siblings: [],
  others25: [],
});

const greeted = (line: string, speaks: 'smtp' | 'ftp' = 'smtp', ms = 5) =>
  ({ kind: 'greeted', speaks, lines: [line], ms }) as const;

const open = (address: string, greeting = greeted('220 mail ESMTP')): AddressContact => ({
  address,
  family: address.includes(':') ? 6 : 4,
  connect: { kind: 'open', ms: 1 },
  greeting,
});

const refused = (address: string): AddressContact => ({
  address,
  family: address.includes(':') ? 6 : 4,
  connect: { kind: 'refused', ms: 0 },
});

const grade = (seen: PortFact) => mailPort.smtp.judge(seen, mailbox()).grade;

describe('mail.port', () => {
  test.each<[string, PortFact, string]>([
    ['one address that greets', fact(open('192.0.2.1')), 'ok'],
    ['one of two addresses refuses', fact(open('192.0.2.1'), refused('192.0.2.2')), 'warn'],
    ['a server on one of localhost’s addresses', fact(refused('::1'), open('127.0.0.1')), 'ok'],
    ['no server on localhost at all', fact(refused('::1'), refused('127.0.0.1')), 'fail'],
    [
      'a file server with the same number in its greeting',
      fact(open('192.0.2.1', greeted('220 ProFTPD', 'ftp'))),
      'fail',
    ],
    ['a refusal at the greeting', fact(open('192.0.2.1', greeted('554 go away'))), 'fail'],
    ['a slow greeting', fact(open('192.0.2.1', greeted('220 mail', 'smtp', 6_000))), 'warn'],
    ['nothing that could be asked', { ...fact(), lookup: { kind: 'failed', code: 'ENOTFOUND', ms: 1 } }, 'fail'],
  ])('%s', (_name, seen, expected) => {
    expect(grade(seen)).toBe(expected);
  });
});
