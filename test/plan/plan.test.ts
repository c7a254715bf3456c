import { describe, expect, test } from '@jest/globals';
import { globMatcher } from '../../src/plan/glob.ts';
import { everything, plan, unmatched } from '../../src/plan/plan.ts';
import { mailbox, serviceCheck } from '../engine.ts';

const port = serviceCheck('mail.port', 'imap', [], () => true);
const tls = serviceCheck('mail.tls', 'imap', [port], () => true);
const auth = serviceCheck('mail.imap-auth', 'imap', [tls], () => true);
const pop = serviceCheck('mail.pop3-auth', 'pop3', [], () => true);
const checks = [auth, tls, port, pop];

const ids = (planned: ReturnType<typeof plan>) => planned.map(({ check }) => check.id);

describe('plan', () => {
  test('puts every check after what it needs, and leaves out services that are not configured', () => {
    expect(ids(plan([mailbox()], checks))).toEqual(['mail.port', 'mail.tls', 'mail.imap-auth']);
  });

  test('--only brings what it needs along, --skip leaves out with its reason', () => {
    expect(ids(plan([mailbox()], checks, { ...everything, only: ['mail.tls'] }))).toEqual(['mail.port', 'mail.tls']);
    const [, skipped] = plan([mailbox()], checks, { ...everything, skip: ['mail.t*'] });
    expect(skipped).toMatchObject({ skip: { en: expect.stringContaining('--skip') } });
  });

  test('--offline skips what needs the network', () => {
    expect(plan([mailbox()], checks, { ...everything, offline: true }).every(({ skip }) => skip !== undefined)).toBe(
      true,
    );
  });

  test('one check of the same id and target is planned once', () => {
    expect(plan([mailbox()], [port, serviceCheck('mail.port', 'imap', [], () => true)])).toHaveLength(1);
  });
});

test('a glob matches whole ids, its dots are dots', () => {
  const matches = globMatcher(['mail.*-auth', 'mail.dns']);
  expect(['mail.smtp-auth', 'mail.dns', 'mailxdns', 'mail.dns.more', 'crm.mail.dns'].map(matches)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(unmatched(['mail.tls', 'mail.tsl', 'crm.*'], checks)).toEqual(['mail.tsl', 'crm.*']);
});
