import { describe, expect, test } from '@jest/globals';
import { plan } from '../../src/plan/plan.ts';
import { NotRecorded } from '../../src/run/record.ts';
import { Ended, run } from '../../src/run/run.ts';
import { mailbox, options, serviceCheck } from '../engine.ts';

const kinds = (outcomes: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries([...outcomes].map(([key, { outcome }]) => [key.split(' ')[0], outcome.kind]));

const never = () => new Promise<boolean>(() => {});

describe('run', () => {
  test('a bad need blocks what follows, and nothing fails because of it', async () => {
    const port = serviceCheck('mail.port', 'imap', [], () => false);
    const tls = serviceCheck('mail.tls', 'imap', [port], () => true);
    const auth = serviceCheck('mail.imap-auth', 'imap', [tls], () => true);
    const outcomes = await run(plan([mailbox()], [auth]), options().options);
    expect(kinds(outcomes)).toEqual({ 'mail.port': 'observed', 'mail.tls': 'blocked', 'mail.imap-auth': 'blocked' });
    const blocked = [...outcomes.values()].at(-1)?.outcome;
    expect(blocked).toEqual({ kind: 'blocked', by: [expect.stringContaining('mail.tls')] });
  });

  test('a blocked probe is told to stop and is not waited for', async () => {
    const port = serviceCheck('mail.port', 'imap', [], () => false);
    const tls = serviceCheck('mail.tls', 'imap', [port], never);
    expect(kinds(await run(plan([mailbox()], [tls]), options().options))).toMatchObject({ 'mail.tls': 'blocked' });
  });

  test('probes start together: one that waits for the other by a need is probing already', async () => {
    let release: () => void = () => {};
    const started = new Promise<boolean>((resolve) => {
      release = () => resolve(true);
    });
    const port = serviceCheck('mail.port', 'imap', [], () => started);
    const tls = serviceCheck('mail.tls', 'imap', [port], () => {
      release();
      return true;
    });
    expect(kinds(await run(plan([mailbox()], [tls]), options().options))).toMatchObject({ 'mail.tls': 'observed' });
  });

  test('a probe past its deadline is unknown, never good', async () => {
    const slow = serviceCheck('mail.port', 'imap', [], never);
    expect(kinds(await run(plan([mailbox()], [slow]), options({ probeMs: 5 }).options))).toEqual({
      'mail.port': 'unknown',
    });
  });

  test('an interrupted run keeps what is there and marks the rest as unknown', async () => {
    const ending = new AbortController();
    const done = serviceCheck('mail.dns', 'imap', [], () => true);
    const waiting = serviceCheck('mail.port', 'imap', [], () => {
      ending.abort(new Ended('SIGINT'));
      return never();
    });
    const outcomes = await run(plan([mailbox()], [done, waiting]), options({ signal: ending.signal }).options);
    expect([...outcomes.values()].at(-1)?.outcome).toEqual({
      kind: 'unknown',
      why: { en: 'the run was interrupted', ja: '途中で中断されました' },
    });
  });

  test('a crash is isolated to its check and names the place', async () => {
    const broken = serviceCheck('mail.port', 'imap', [], () => {
      throw new Error('index out of range');
    });
    const other = serviceCheck('mail.dns', 'imap', [], () => true);
    const outcomes = await run(plan([mailbox()], [broken, other]), options().options);
    expect(kinds(outcomes)).toEqual({ 'mail.port': 'crashed', 'mail.dns': 'observed' });
    expect([...outcomes.values()][0]?.outcome).toMatchObject({ error: expect.stringContaining('index out of range') });
  });

  test('what a recording does not hold is unknown', async () => {
    const port = serviceCheck('mail.port', 'imap', [], () => {
      throw new NotRecorded('port imap.example.co.jp');
    });
    expect(kinds(await run(plan([mailbox()], [port]), options().options))).toEqual({ 'mail.port': 'unknown' });
  });

  test('an unknown need does not block', async () => {
    const slow = serviceCheck('mail.port', 'imap', [], never);
    const tls = serviceCheck('mail.tls', 'imap', [slow], () => true);
    expect(kinds(await run(plan([mailbox()], [tls]), options({ probeMs: 5 }).options))).toMatchObject({
      'mail.tls': 'observed',
    });
  });
});
