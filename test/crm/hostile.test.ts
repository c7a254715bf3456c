import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type Hostile,
  type HostileFault,
  heavyFaults,
  hostileFaults,
  startHostile,
  strange,
  strangeAnswers,
} from '../../fixtures/crm/hostile.server.ts';
import { connectors } from '../../src/crm/connectors.generated.ts';
import { type CrmQuestion, crmQuestions } from '../../src/model/crm/answers.ts';
import type { CrmClient } from '../../src/model/crm/connector.ts';
import type { CrmReply } from '../../src/model/crm/failure.ts';
import { crmSubjectsOf } from '../../src/model/crm/subject.ts';
import { createCrm } from '../../src/world/crm.ts';
import { createCrmClient } from '../../src/world/crm-client.ts';
import { defaultLimits, type Kit, openLedger } from '../../src/world/kit.ts';
import { everyOf } from '../selection.ts';
import { kitWith } from '../world/contact-kit.ts';
import { holds, unfitIn } from './texts-in.ts';

const never = new AbortController().signal;
const secret = 'S3cret-Key-0f-the-tests';
const holdsSecret = holds(secret);

const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const serverThat = async (fault: HostileFault): Promise<Hostile> => {
  const server = await startHostile({ fault });
  ending.push(server.stop);
  return server;
};

/** Identity providers and data centres that a connector knows by itself are the server of the test as well. */
const staying = (client: CrmClient): CrmClient => ({
  ...client,
  ask: (request, signal) =>
    client.ask({ ...request, path: request.path.replace(/^https?:\/\/[^/]*/i, '') || '/' }, signal),
});

/** One CRM, and the app by which it is signed in to where it has one. */
interface Asked {
  readonly type: string;
  readonly clientId?: string;
}

/** What the CRM answers to every question of a run. */
const askAll = async ({ type, clientId }: Asked, { address }: Hostile, stepMs = defaultLimits.stepMs) => {
  const limits = { ...defaultLimits, stepMs };
  const base = kitWith();
  const kit: Kit = {
    ...base,
    limits,
    ledger: openLedger(limits),
    secrets: { ...base.secrets, reveal: () => secret, values: () => [secret] },
  };
  const [subject] = crmSubjectsOf({
    type,
    url: address,
    database: 'crm',
    username: 'admin@example.test',
    secret: { secret: 'the secret' },
    ...(clientId === undefined ? {} : { clientId }),
    tenant: 'com',
    apps: ['1'],
  });
  if (!subject) throw new Error('one configuration is one subject');
  const crm = createCrm(kit, connectors, async ({ config: { url } }) => {
    const client = createCrmClient(kit, { url, pause: async () => undefined });
    ending.push(client.close);
    return { ...staying(client), close: client.close, traffic: client.traffic };
  });
  const replies = new Map<CrmQuestion, CrmReply<unknown>>();
  await Promise.all(
    crmQuestions.map(async (question) => replies.set(question, await crm.ask(subject, question, never))),
  );
  return replies;
};

const expectFailed = (replies: ReadonlyMap<CrmQuestion, CrmReply<unknown>>): void => {
  expect(replies.get('identity')).toMatchObject({ kind: 'failed', failure: { kind: expect.any(String) } });
  for (const [question, reply] of replies) {
    expect([question, reply.kind]).toEqual([question, expect.stringMatching(/^(?:failed|not-offered)$/)]);
  }
  expect(unfitIn([...replies.values()], secret)).toEqual([]);
};

// One after the other: Jest's loader loses a module that two of them wait for at once.
const types = new Set<string>();
for (const load of Object.values(connectors)) types.add((await load()).type);

test('the server fails in the way that it is told, after as many answers as it is told', async () => {
  const behind = await serverThat(strange({ in: true }));
  const { address, stop, requests }: Hostile = await startHostile({
    fault: hostileFaults.forbidden,
    behind: { address: behind.address, until: () => requests.length > 1 },
  });
  ending.push(stop);
  const client = createCrmClient(kitWith(), { url: address });
  ending.push(client.close);
  const post = { method: 'POST', path: '/a', json: 1 } as const;
  expect(await client.ask(post, never)).toMatchObject({ response: { status: 200, json: { in: true } } });
  expect(await client.ask(post, never)).toMatchObject({ response: { status: 403 } });
  expect(requests).toHaveLength(2);
});

const asked: readonly Asked[] = [
  ...[...types].map((type) => ({ type })),
  ...['salesforce', 'dynamics', 'zoho'].map((type) => ({ type, clientId: 'client' })),
];

for (const [index, one] of asked.entries()) {
  describe(`${one.type}${one.clientId === undefined ? '' : ' by its app'} before`, () => {
    test.each(everyOf(Object.entries(hostileFaults), 2, index))('%s', async (_, fault) => {
      expectFailed(await askAll(one, await serverThat(fault)));
    });

    test.each(['unauthorized', 'unauthorized without words', 'forbidden'] as const)(
      '%s tries its key once',
      async (name) => {
        const server = await serverThat(hostileFaults[name]);
        await askAll(one, server);
        expect(server.requests.filter(holdsSecret).length).toBeLessThanOrEqual(1);
      },
    );

    test('a bomb', async () => {
      expectFailed(await askAll(one, await serverThat(heavyFaults['a bomb'])));
    });

    test('silence', async () => {
      expectFailed(await askAll(one, await serverThat(heavyFaults.silence), 100));
    });

    test('answers of any other form', async () => {
      let now: unknown;
      const server = await serverThat((...asked) => strange(now)(...asked));
      for (const answer of everyOf(strangeAnswers, 3, index)) {
        now = answer;
        expectFailed(await askAll(one, server));
      }
    });
  });
}
