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
import { everyOf } from '../selection.ts';
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
  'not there',
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

/** Nothing of it may be taken for "there is none of that here". */
const formless: readonly unknown[] = [
  null,
  true,
  {},
  [null],
  [[]],
  { message: null },
  { list: {}, data: {}, items: {}, result: {} },
];

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

/** Products on a company's own machines. */
const own = ['Odoo 16', 'Odoo 18', 'Odoo 19', 'EspoCRM', 'Dolibarr', 'SuiteCRM', 'Request Tracker', 'Frappe', 'Tryton'];

describe.each(own)('%s after its login', (name) => {
  test.each(formless)('JSON that is no answer of any product: %j', async (value) => {
    const one = healthy[name];
    if (!one) throw new Error(`no server is called ${name}`);
    const { session, questions } = await entered(one, strange(value));
    for (const question of questions) {
      const reply = await session.answer(question, never);
      expect([question, reply.kind]).toEqual([question, expect.stringMatching(/^(?:failed|not-offered)$/)]);
    }
  });
});

describe.each(Object.entries(healthy))('%s after its login, before', (name, one) => {
  const index = Object.keys(healthy).indexOf(name);

  test.each(everyOf(sure, 2, index))('%s', async (fault) => {
    const { session, questions } = await entered(one, hostileFaults[fault]);
    for (const question of questions) {
      const reply = await session.answer(question, never);
      expect([question, reply.kind]).toEqual([question, expect.stringMatching(/^(?:failed|not-offered)$/)]);
      expect(unfitIn(reply, one.access.secret)).toEqual([]);
    }
  });

  test('too often, when it may be asked again', async () => {
    const fault: HostileFault = (outgoing) => {
      outgoing.writeHead(429, { 'content-type': 'application/json', 'retry-after': '90000' });
      outgoing.end(JSON.stringify({ error: { code: 429, message: 'slow down' }, message: 'slow down', errors: [] }));
    };
    const { session, questions } = await entered(one, fault);
    for (const question of questions) {
      const reply = await session.answer(question, never);
      if (reply.kind !== 'failed' || reply.failure.kind === 'config') continue;
      expect([question, reply.failure]).toEqual([question, expect.objectContaining({ retryAfterMs: 90_000_000 })]);
    }
  });

  test('answers of any other form', async () => {
    let now: unknown;
    const { session, questions } = await entered(one, (...asked) => strange(now)(...asked));
    for (const answer of everyOf(strangeAnswers, 3, index)) {
      now = answer;
      for (const question of questions) {
        expect(unfitIn(await session.answer(question, never), one.access.secret)).toEqual([]);
      }
    }
  });
});

/** Services of their vendors: each of their answers is a list under a key of its own. */
const services = ['Salesforce', 'HubSpot', 'Dynamics', 'Zoho', 'Pipedrive', 'kintone', 'Twenty'];

const hasList = (answer: unknown): boolean => Object.values(answer ?? {}).some(Array.isArray);

test.each(services)('%s: an answer without the list that was asked for is never an empty one', async (name) => {
  const one = healthy[name];
  if (!one) throw new Error(`no server is called ${name}`);
  let now: unknown;
  const { session, questions } = await entered(one, (...asked) => strange(now)(...asked));
  for (const answer of everyOf(strangeAnswers, 2, services.indexOf(name)).filter((answer) => !hasList(answer))) {
    now = answer;
    for (const question of questions) {
      const { kind } = await session.answer(question, never);
      expect([answer, question, kind]).toEqual([answer, question, expect.stringMatching(/^(?:failed|not-offered)$/)]);
    }
  }
});

const elsewhere = 'https://elsewhere.example.test/services/data/v60.0/query/01g-2000';

test.each([
  ['Salesforce', 'users', { done: false, records: [{ Id: '005' }], nextRecordsUrl: elsewhere }],
  ['Salesforce', 'users', { done: false, records: [{ Id: '005' }] }],
  ['HubSpot', 'users', { results: [{ id: '1' }], paging: { next: { after: '100' } } }],
  ['Dynamics', 'users', { value: [{}], '@odata.nextLink': elsewhere }],
  ['Dynamics', 'users', { value: [{}], '@odata.nextLink': `${elsewhere}/api/data/v9.2/systemusers?page=2` }],
  ['Zoho', 'users', { users: [], info: { more_records: true } }],
  [
    'Twenty',
    'users',
    { data: { workspaceMembers: { edges: [{ node: {} }], pageInfo: { hasNextPage: true, endCursor: null } } } },
  ],
  ['Twenty', 'schema', { data: { objects: [] }, pageInfo: { hasNextPage: true, endCursor: 'c' } }],
  ['Pipedrive', 'schema', { success: true, data: [{ field_code: 'a' }], additional_data: { next_cursor: 'c' } }],
] as const)(
  '%s: a list of %s that goes on and cannot be followed is not the whole one: %j',
  async (name, question, answer) => {
    const one = healthy[name];
    if (!one) throw new Error(`no server is called ${name}`);
    const { session } = await entered(one, strange(answer));
    expect(await session.answer(question, never)).toMatchObject({ kind: 'failed', failure: { kind: 'malformed' } });
  },
);
