import { describe, expect, test } from '@jest/globals';
import { compared } from '../../src/cli/vantage/compare.ts';
import { findingsIn } from '../../src/cli/vantage/reading.ts';
import type { CheckStatus, Report, Vantage } from '../../src/model/report.ts';
import { vantageWords } from '../../src/report/vantage.ts';

const host = 'crm.example.test';
const target = 'smtp mail.example.test:587';
const tls = 'mail.tls';
const login = 'mail.smtp-auth';

/** A run as far as the comparison reads it: what each check came to, and causes with the check that shows them. */
const runOf = (
  checks: Readonly<Record<string, CheckStatus>>,
  causes: readonly (readonly [cause: string, shownBy: string])[] = [],
): Report => {
  const report = {
    schema: 'crm-doctor/report/v1',
    run: { language: 'en' },
    status: 'fail',
    summary: {},
    checks: Object.entries(checks).map(([id, status]) => ({ id, mailbox: 'm', target, status, summary: id })),
    diagnoses: causes.map(([cause, check]) => ({
      cause,
      mailbox: 'm',
      title: `title of ${cause}`,
      affects: [target],
      evidence: [{ check, target, says: 'x' }],
    })),
  };
  // Only what is read is there.
  return report as unknown as Report;
};

const compare = (here: Report, there: Report): Vantage => {
  const findings = findingsIn(there);
  if (!findings) throw new Error('no report');
  return compared({ url: `ssh://${host}`, host }, here, findings, { system: 'Linux', node: 'v20' });
};

const seenIn = ({ causes }: Vantage) => causes.map(({ cause, seen }) => [cause, seen]);

describe('what a place did not look at is not said to be in order there', () => {
  test('a certificate behind a port that the CRM host cannot reach', () => {
    const here = runOf({ 'mail.port': 'pass', [tls]: 'fail' }, [['tls.certificate-expired', tls]]);
    const there = runOf({ 'mail.port': 'fail', [tls]: 'skip' }, [['net.filtered', 'mail.port']]);
    const vantage = compare(here, there);
    expect(seenIn(vantage)).toEqual([
      ['net.filtered', 'there'],
      ['tls.certificate-expired', 'not-compared'],
    ]);
    const words = (language: 'en' | 'ja') => vantageWords({ ...there, vantage }, language)?.causes[1]?.where;
    expect([words('en'), words('ja')]).toEqual([`here, not looked at on ${host}`, `このマシン（${host} では未確認）`]);
  });

  test('its twin: the CRM host looked, and the certificate holds there', () => {
    const here = runOf({ [tls]: 'fail' }, [['tls.certificate-expired', tls]]);
    const vantage = compare(here, runOf({ [tls]: 'pass' }));
    expect(seenIn(vantage)).toEqual([['tls.certificate-expired', 'here']]);
    expect(vantage.says).toContain('Only this machine has trouble');
  });

  test('a refused login, which only the CRM host tries, may well depend on the place', () => {
    const there = runOf({ [tls]: 'pass', [login]: 'fail' }, [['auth.ip-blocked', login]]);
    const vantage = compare(runOf({ [tls]: 'pass', [login]: 'skip' }), there);
    expect(seenIn(vantage)).toEqual([['auth.ip-blocked', 'not-compared']]);
    expect(vantage.says).not.toContain('does not depend');
    expect(vantage.says).toContain('one of them alone looked at this: title of auth.ip-blocked');
    expect(vantageWords({ ...there, vantage }, 'en')?.causes[0]?.where).toBe(`on ${host}, not looked at here`);
  });

  test('its twin: both have the cause', () => {
    const both = runOf({ [tls]: 'fail' }, [['tls.certificate-expired', tls]]);
    const vantage = compare(both, both);
    expect(seenIn(vantage)).toEqual([['tls.certificate-expired', 'both']]);
    expect(vantage.says).toContain('does not depend on where the CRM stands');
  });

  test('what nobody there could look at is left out of the sentence', () => {
    expect(compare(runOf({ [tls]: 'pass' }), runOf({ [tls]: 'unknown' })).says).toMatch(/^Whatever both looked at/);
  });
});
