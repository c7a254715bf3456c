import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type HostileFault,
  hostileFaults,
  startHostile,
  strange,
  strangeAnswers,
} from '../../fixtures/crm/hostile.server.ts';
import { connectors } from '../../src/crm/connectors.generated.ts';
import { crmQuestions } from '../../src/model/crm/answers.ts';
import { type Healthy, healthy } from './healthy.ts';
import { answered, never, openSession } from './session.ts';
import { unfitIn } from './texts-in.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** Those after which something may have been answered: for a product that says `403` or `404` where there is nothing. */
const sure = [
  'unauthorized',
  'too often',
  'an error in JSON',
  'an error that repeats the request',
  'a bad gateway',
  'a login page',
  'a single sign-on',
  'half of an object',
  'another content type',
  'JSON without end',
  'a body that is cut',
  'a dropped connection',
] as const satisfies readonly (keyof typeof hostileFaults)[];

const loaded = async ({ type }: Healthy) => {
  const connector = await connectors[type]?.();
  if (!connector) throw new Error(`no connector is called ${type}`);
  const questions = crmQuestions.flatMap((one) => (one !== 'identity' && connector.answers[one] === true ? [one] : []));
  return { connector, questions };
};

/** Logged in; from then on the server fails. */
const entered = async (one: Healthy, fault: HostileFault) => {
  const { connector, questions } = await loaded(one);
  const server = await one.start();
  ending.push(server.stop);
  let isOver = false;
  const hostile = await startHostile({
    fault,
    behind: { address: `http://127.0.0.1:${server.port}`, until: () => isOver },
  });
  ending.push(hostile.stop);
  const session = openSession(connector, { ...one.access, url: hostile.address }, ending);
  answered(await session.identity(never));
  isOver = true;
  return { session, questions };
};

describe.each(Object.entries(healthy))('%s after its login, before', (_, one) => {
  test.each(sure)('%s', async (fault) => {
    const { session, questions } = await entered(one, hostileFaults[fault]);
    for (const question of questions) {
      const reply = await session.answer(question, never);
      expect([question, reply.kind]).toEqual([question, expect.stringMatching(/^(?:failed|not-offered)$/)]);
      expect(unfitIn(reply, one.access.secret)).toEqual([]);
    }
  });

  test('answers of any other form', async () => {
    let now: unknown;
    const { session, questions } = await entered(one, (...asked) => strange(now)(...asked));
    for (const answer of strangeAnswers) {
      now = answer;
      for (const question of questions) {
        expect(unfitIn(await session.answer(question, never), one.access.secret)).toEqual([]);
      }
    }
  });
});
