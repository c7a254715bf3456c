import { describe, expect, test } from '@jest/globals';
import { doorOf, servicesOf, subjectOf, subjectsOf, targetOf, withChange } from '../../src/model/mailbox.ts';

describe('doorOf', () => {
  test.each([
    ['smtp', {}, { port: 587, security: 'starttls' }],
    ['smtp', { port: 465 }, { port: 465, security: 'tls' }],
    ['smtp', { port: 25 }, { port: 25, security: 'starttls' }],
    ['smtp', { security: 'tls' }, { port: 465, security: 'tls' }],
    ['imap', {}, { port: 993, security: 'tls' }],
    ['imap', { port: 143 }, { port: 143, security: 'starttls' }],
    ['imap', { security: 'starttls' }, { port: 143, security: 'starttls' }],
    ['pop3', {}, { port: 995, security: 'tls' }],
    ['pop3', { port: 110 }, { port: 110, security: 'starttls' }],
    ['pop3', { port: 1100, security: 'none' }, { port: 1100, security: 'none' }],
  ] as const)('%s %j becomes %j', (protocol, given, door) => {
    expect(doorOf(protocol, given)).toEqual(door);
  });
});

const config = {
  address: 'sales@example.co.jp',
  password: { secret: 'mail.password' },
  smtp: { host: 'smtp.example.co.jp' },
  imap: { host: 'imap.example.co.jp', port: 143, security: 'starttls', username: 'sales' },
} as const;

test('a subject has its services with every default filled in', () => {
  const subject = subjectOf(config, false);
  expect(servicesOf(subject).map(targetOf)).toEqual(['smtp smtp.example.co.jp:587', 'imap imap.example.co.jp:143']);
  expect(subject.services.smtp).toMatchObject({
    username: 'sales@example.co.jp',
    usernamePath: 'mail.username',
    as: 'node',
  });
  expect(subject.services.imap).toMatchObject({
    username: 'sales',
    usernamePath: 'mail.imap.username',
    folder: 'INBOX',
  });
});

test('a change is applied to a copy, as a whole, and defaults follow it', () => {
  const subject = subjectOf(config, false);
  const changed = withChange(subject, [
    { path: 'mail.imap.port', from: 143, to: 993 },
    { path: 'mail.imap.security', from: 'starttls', to: null },
    { path: 'mail.imap.username', from: 'sales', to: null },
  ]);
  expect(changed.services.imap).toMatchObject({ port: 993, security: 'tls', username: 'sales@example.co.jp' });
  expect(subject.services.imap).toMatchObject({ port: 143, security: 'starttls' });
});

test('in a list a path names its mailbox, and changes of others do not touch it', () => {
  const [first, second] = subjectsOf([
    { ...config, name: 'tokyo' },
    { ...config, name: 'osaka' },
  ]);
  expect([first?.label, second?.label]).toEqual(['tokyo', 'osaka']);
  const change = [{ path: 'mail[osaka].smtp.port', from: 587, to: 465 }];
  if (!first || !second) throw new Error('two subjects');
  expect(withChange(first, change).services.smtp?.port).toBe(587);
  expect(withChange(second, change).services.smtp).toMatchObject({ port: 465, security: 'tls' });
});
