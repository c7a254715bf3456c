import { describe, expect, test } from '@jest/globals';
import type { Severity } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { type Language, verbatim } from '../../src/model/text.ts';
import { plan } from '../../src/plan/plan.ts';
import { assemble, exitCodeOf } from '../../src/prove/assemble.ts';
import { diagnoseAndProve } from '../../src/prove/diagnose-and-prove.ts';
import { run } from '../../src/run/run.ts';
import { mailbox, options, serviceCheck } from '../engine.ts';

const port = serviceCheck('mail.port', 'smtp', [], () => true);
const tls = serviceCheck('mail.tls', 'smtp', [port], () => false);
const auth = serviceCheck('mail.smtp-auth', 'smtp', [tls], () => true);

const portChange = { path: 'mail.smtp.port', from: 587, to: 465 };

const causeOf = (severity: Severity, check: AnyCheck) =>
  defineCause({
    id: `tls.${severity}`,
    title: verbatim('t'),
    about: verbatim('a'),
    owner: 'user',
    explain: (_evidence, subject) => {
      const { smtp } = subject.services;
      if (!smtp) return [];
      const evidence = [{ check, says: verbatim('seen') }];
      return [{ detail: {}, severity, confidence: 0.5, affects: [targetOf(smtp)], evidence }];
    },
    because: () => verbatim('b'),
    steps: () => [],
  });

const reportFor = async (
  causes: Parameters<typeof diagnoseAndProve>[1],
  failOn: 'warn' | 'fail' = 'fail',
  {
    checks = [port, tls, auth],
    language = 'en',
    ...asked
  }: { readonly checks?: readonly AnyCheck[]; readonly language?: Language; readonly call?: string } = {},
) => {
  const subject = mailbox();
  const planned = plan([subject], checks);
  const { options: runOptions } = options();
  const outcomes = await run(planned, runOptions);
  const found = await diagnoseAndProve({ subject, outcomes }, causes, { checks, options: runOptions });
  return assemble({
    run: { id: 'x', command: 'mail', target: 't', startedAt: '', durationMs: 0, language },
    version: '0',
    ...asked,
    planned,
    outcomes,
    conclusions: new Map([[subject, found]]),
    forecasts: [],
    witnesses: [],
    failOn,
  });
};

describe('a report', () => {
  test('a failure that nothing explains stays a failure and is listed', async () => {
    const report = await reportFor([]);
    expect(report).toMatchObject({
      status: 'fail',
      exitCode: 1,
      unexplained: ['mail.tls smtp smtp.example.co.jp:587'],
    });
    expect(report.checks.map(({ status }) => status)).toEqual(['pass', 'fail', 'skip']);
    expect(report.checks[2]?.skippedBecause).toBe('mail.tls smtp smtp.example.co.jp:587');
  });

  test('names what passed in the trial: that the file can be read only where nothing else was asked', async () => {
    const config = serviceCheck('mail.config', 'smtp', [], ({ port: number }) => number === 465);
    const login = serviceCheck('mail.smtp-auth', 'smtp', [config], () => true);
    const malformed = { ...causeOf('critical', config), candidates: () => [[portChange]] };
    const proofs = async (checks: readonly AnyCheck[]) =>
      JSON.stringify((await reportFor([malformed], 'fail', { checks })).diagnoses);
    expect(await proofs([config])).toContain('with mail.smtp.port: 465: mail.config passed');
    expect(await proofs([config, login])).toContain('with mail.smtp.port: 465: mail.smtp-auth passed');
  });

  test('a failure that only a warning explains is a warning; --fail-on warn makes it count', async () => {
    const warning = causeOf('warning', tls);
    expect(await reportFor([warning])).toMatchObject({ status: 'warn', exitCode: 0, unexplained: [] });
    expect(await reportFor([warning], 'warn')).toMatchObject({ status: 'warn', exitCode: 1 });
    expect(await reportFor([warning, causeOf('critical', tls)])).toMatchObject({ status: 'fail', exitCode: 1 });
  });

  test('a warning about one step of a service does not excuse the failure of another', async () => {
    expect(await reportFor([causeOf('warning', port)])).toMatchObject({
      status: 'fail',
      unexplained: ['mail.tls smtp smtp.example.co.jp:587'],
    });
  });

  test('what was seen by sending is verified by sending', async () => {
    const trip = serviceCheck('mail.round-trip', 'smtp', [], () => false, { sends: true });
    const { diagnoses } = await reportFor([causeOf('critical', trip)], 'fail', { checks: [trip] });
    expect(diagnoses[0]?.verify).toBe('crm-doctor mail --only mail.round-trip --send');
    const live = await reportFor([causeOf('critical', tls)]);
    expect(live.diagnoses[0]?.verify).toBe('crm-doctor mail --only mail.tls');
  });

  test('is asked for again with the words that led to the mailbox', async () => {
    const call = 'sales@example.co.jp --smtp smtp.example.co.jp';
    const { diagnoses } = await reportFor([causeOf('critical', tls)], 'fail', { call });
    expect(diagnoses[0]?.verify).toBe(`crm-doctor mail ${call} --only mail.tls`);
  });

  test('the critical one comes first, whatever the order of the causes', async () => {
    const { diagnoses } = await reportFor([causeOf('info', tls), causeOf('warning', tls), causeOf('critical', tls)]);
    expect(diagnoses.map(({ severity }) => severity)).toEqual(['critical', 'warning', 'info']);
  });
});

test.each([
  ['en', 'one line'],
  ['ja', '1 行'],
] as const)('what a check shows of its fact is in the language of the run: %s', async (language, line) => {
  const shown = () => [{ en: 'one line', ja: '1 行' }];
  const { checks } = await reportFor([], 'fail', { checks: [{ ...port, shown }, tls], language });
  expect(checks[0]?.evidence).toMatchObject([{ fact: 'mail.port', shown: [line] }]);
  expect(checks[1]?.evidence[0]).not.toHaveProperty('shown');
});

test.each([
  ['pass', 'fail', undefined, 0],
  ['warn', 'fail', undefined, 0],
  ['warn', 'warn', undefined, 1],
  ['unknown', 'fail', undefined, 3],
  ['error', 'warn', undefined, 3],
  ['fail', 'fail', undefined, 1],
  ['pass', 'fail', 'SIGINT', 130],
  ['fail', 'fail', 'SIGTERM', 143],
] as const)('status %s with --fail-on %s, interrupted by %s, exits %i', (status, failOn, interrupted, code) => {
  expect(exitCodeOf(status, failOn, interrupted)).toBe(code);
});
