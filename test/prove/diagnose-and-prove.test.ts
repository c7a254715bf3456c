import { describe, expect, test } from '@jest/globals';
import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { verbatim } from '../../src/model/text.ts';
import { plan } from '../../src/plan/plan.ts';
import { diagnoseAndProve } from '../../src/prove/diagnose-and-prove.ts';
import { run } from '../../src/run/run.ts';
import { mailbox, options, serviceCheck } from '../engine.ts';

/** A server that listens on 465 only, and whose login takes the local part only. */
const port = serviceCheck('mail.port', 'smtp', [], (service) => service.port === 465);
const logins: string[] = [];
const auth = serviceCheck(
  'mail.smtp-auth',
  'smtp',
  [port],
  (service) => {
    if (service.port !== 465) return false;
    logins.push(service.username);
    return service.username === 'sales';
  },
  { costly: true },
);

const texts = {
  title: verbatim('t'),
  about: verbatim('a'),
  because: () => verbatim('b'),
  steps: () => [verbatim('s')],
};

const wrongPort = defineCause<{ port: number }>({
  id: 'config.wrong-port',
  ...texts,
  owner: 'user',
  claim: 'on-proof',
  explain: (evidence, subject) => {
    const { smtp } = subject.services;
    if (!evidence.bad(port) || !smtp) return [];
    const seen = [{ check: port, says: verbatim('closed') }];
    return [
      { detail: { port: smtp.port }, severity: 'critical', confidence: 0.9, affects: [targetOf(smtp)], evidence: seen },
    ];
  },
  candidates: () => [25, 465, 2525].map((to) => [{ path: 'mail.smtp.port', from: 587, to }]),
});

const refused = defineCause<{ port: number }>({
  id: 'net.refused',
  ...texts,
  owner: 'mail-admin',
  unless: ['config.wrong-port'],
  explain: (evidence, subject) => wrongPort.explain(evidence, subject),
});

const usernameForm = defineCause<{ name: string }>({
  id: 'config.username-form',
  ...texts,
  owner: 'user',
  claim: 'on-proof',
  explain: (evidence, subject) => {
    const { smtp } = subject.services;
    if (!evidence.bad(auth) || !smtp) return [];
    const seen = [{ check: auth, says: verbatim('535') }];
    return [
      {
        detail: { name: smtp.username },
        severity: 'critical',
        confidence: 0.9,
        affects: [targetOf(smtp)],
        evidence: seen,
      },
    ];
  },
  candidates: ({ name }) => [[{ path: 'mail.username', from: name, to: 'sales' }]],
});

const wrongCredentials = defineCause<{ name: string }>({
  id: 'auth.wrong-credentials',
  ...texts,
  owner: 'user',
  unless: ['config.username-form'],
  explain: (evidence, subject) => usernameForm.explain(evidence, subject),
});

const causes = [refused, wrongCredentials, usernameForm, wrongPort];
const checks = [port, auth];

const conclude = async (subject = mailbox()) => {
  logins.length = 0;
  const { options: runOptions, events } = options();
  const outcomes = await run(plan([subject], checks), runOptions);
  const conclusions = await diagnoseAndProve({ subject, outcomes }, causes, { checks, options: runOptions });
  return { events, named: conclusions.map(({ found, proof }) => [found.cause.id, proof.kind] as const), conclusions };
};

describe('diagnoseAndProve', () => {
  test('a proven change is the diagnosis, its symptom is not; a second fault behind it is found in the trial', async () => {
    const { named, conclusions } = await conclude();
    expect(named).toEqual([
      ['config.wrong-port', 'proven'],
      ['config.username-form', 'proven'],
    ]);
    const changes = conclusions.map(({ proof }) => (proof.kind === 'proven' ? proof.trial.change : []));
    expect(changes).toEqual([
      [{ path: 'mail.smtp.port', from: 587, to: 465 }],
      [{ path: 'mail.username', from: 'sales@example.co.jp', to: 'sales' }],
    ]);
  });

  test('a login is spent only on a candidate that passed everything cheaper', async () => {
    await conclude();
    expect(logins).toEqual(['sales@example.co.jp', 'sales']);
  });

  test('port 25 is no way round a fault that lies behind the right port', async () => {
    const listens = serviceCheck('mail.port', 'smtp', [], (service) => service.port !== 587);
    const relayTakesAll = serviceCheck('mail.smtp-auth', 'smtp', [listens], (service) => service.port === 25, {
      costly: true,
    });
    const closed = defineCause<object>({
      id: 'config.wrong-port',
      ...texts,
      owner: 'user',
      claim: 'on-proof',
      explain: (evidence, subject) => {
        const { smtp } = subject.services;
        if (!evidence.bad(listens) || !smtp) return [];
        const seen = [{ check: listens, says: verbatim('closed') }];
        return [{ detail: {}, severity: 'critical', confidence: 0.9, affects: [targetOf(smtp)], evidence: seen }];
      },
      candidates: () => [25, 465].map((to) => [{ path: 'mail.smtp.port', from: 587, to }]),
    });
    const provenWith = async (checkSet: readonly (typeof listens)[]) => {
      const subject = mailbox();
      const { options: runOptions } = options();
      const outcomes = await run(plan([subject], checkSet), runOptions);
      const [first] = await diagnoseAndProve({ subject, outcomes }, [closed], {
        checks: checkSet,
        options: runOptions,
      });
      return first?.proof.kind === 'proven' ? first.proof.trial.change[0]?.to : first?.proof.kind;
    };
    expect(await provenWith([listens, relayTakesAll])).toBe(465);
    const only25 = serviceCheck('mail.port', 'smtp', [], (service) => service.port === 25);
    expect(await provenWith([only25])).toBe(25);
  });

  test('without a working candidate the plainer cause stands', async () => {
    const { named } = await conclude(
      mailbox({ smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls' } }),
    );
    expect(named[0]?.[0]).toBe('config.wrong-port');
    const nowhere = { ...wrongPort, candidates: () => [[{ path: 'mail.smtp.port', from: 587, to: 2525 }]] };
    const subject = mailbox();
    const { options: runOptions } = options();
    const outcomes = await run(plan([subject], checks), runOptions);
    const conclusions = await diagnoseAndProve({ subject, outcomes }, [refused, nowhere], {
      checks,
      options: runOptions,
    });
    expect(conclusions.map(({ found, proof }) => [found.cause.id, proof.kind])).toEqual([['net.refused', 'not-tried']]);
  });

  test('a healthy subject has no conclusions and no trials', async () => {
    const { named, events } = await conclude(
      mailbox({ username: 'sales', smtp: { host: 'smtp.example.co.jp', port: 465, security: 'tls' } }),
    );
    expect(named).toEqual([]);
    expect(events.some(({ kind }) => kind === 'trial-started')).toBe(false);
  });

  test('an interrupted run claims nothing that it could not prove', async () => {
    const subject = mailbox();
    const ending = new AbortController();
    const { options: runOptions } = options({ signal: ending.signal });
    const outcomes = await run(plan([subject], checks), runOptions);
    ending.abort();
    const conclusions = await diagnoseAndProve({ subject, outcomes }, causes, { checks, options: runOptions });
    expect(conclusions.map(({ found }) => found.cause.id)).toEqual(['net.refused']);
  });

  test('while the trial of one cause waits, those of the next ones are under way', async () => {
    let reached = (): void => undefined;
    const later = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const doors: number[] = [];
    // Port 25 answers only when somebody has knocked at 2525, which is the other cause's candidate.
    const waiting = serviceCheck('mail.port', 'smtp', [], async ({ port: at }) => {
      doors.push(at);
      if (at === 2525) reached();
      if (at === 25) await later;
      return at === 465;
    });
    const guess = (id: string, to: number) =>
      defineCause<{ port: number }>({
        id,
        ...texts,
        owner: 'user',
        claim: 'on-proof',
        explain: (evidence, subject) => wrongPort.explain(evidence, subject),
        candidates: () => [[{ path: 'mail.smtp.port', from: 587, to }]],
      });
    const subject = mailbox();
    const { options: runOptions, events } = options();
    const outcomes = await run(plan([subject], [waiting]), runOptions);
    const conclusions = await diagnoseAndProve(
      { subject, outcomes },
      [guess('config.wrong-port', 25), guess('config.wrong-host', 2525)],
      { checks: [waiting], options: runOptions },
    );
    expect(conclusions).toEqual([]);
    expect(doors.slice(0, 3)).toEqual([587, 25, 2525]);
    expect(events.filter(({ kind }) => kind === 'trial-started')).toHaveLength(2);
  });

  test('what is checked on a copy is not counted among the checks of the run', async () => {
    const subject = mailbox();
    const { options: runOptions, events } = options();
    const outcomes = await run(plan([subject], checks), runOptions);
    events.length = 0;
    await diagnoseAndProve({ subject, outcomes }, causes, { checks, options: runOptions });
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['trial-started', 'trial-finished']));
  });
});
