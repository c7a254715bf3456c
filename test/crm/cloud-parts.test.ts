import { describe, expect, test } from '@jest/globals';
import { type Api, type Ask, apiOf, type Told } from '../../src/crm/cloud/ask.ts';
import { readFlows } from '../../src/crm/dynamics/flows.ts';
import { readQueue } from '../../src/crm/dynamics/queue.ts';
import { readLog } from '../../src/crm/dynamics/work.ts';
import { readRecords as hubspotRecords } from '../../src/crm/hubspot/records.ts';
import { readSchema } from '../../src/crm/hubspot/schema.ts';
import { objectsIn } from '../../src/crm/reading.ts';
import { readMail } from '../../src/crm/salesforce/mail.ts';
import { readRecords as salesforceRecords } from '../../src/crm/salesforce/records.ts';
import { readRecords as zohoRecords } from '../../src/crm/zoho/records.ts';
import type { CrmClient, CrmRecordPage } from '../../src/model/crm/connector.ts';
import type { CrmFailureKind } from '../../src/model/crm/failure.ts';
import { gapsOf, never } from './session.ts';

const printable = (text: string): string => text;

/** An API that answers each question as it is told; the rest is an empty list. */
const apiThat =
  (answer: (asked: string) => CrmFailureKind | Readonly<Record<string, unknown>> | undefined) =>
  async ({ path, query, what = path, list = '' }: Ask): Promise<Told> => {
    const said = answer(`${path} ${Object.values(query ?? {}).join(' ')}`) ?? { [list]: [], done: true };
    return typeof said === 'string'
      ? { kind: 'failed', failure: { kind: said, what, says: '' } }
      : {
          kind: 'told',
          json: said,
          object: said,
          rows: objectsIn(said[list]),
          response: { status: 200, headers: {}, body: '', json: said, url: '' },
        };
  };

describe('Dynamics', () => {
  test('a queue whose size was not told is no queue of one page', async () => {
    const api = apiThat((asked) =>
      asked.includes('statuscode eq 8')
        ? {
            value: [{ activityid: '1', statuscode: 8 }],
            '@odata.nextLink': 'https://x/api/data/v9.2/emails?$skiptoken=2',
          }
        : undefined,
    );
    expect(gapsOf(await readQueue({ api, printable }, never))).toEqual(['how many they are was not told: 50 or more']);
    expect(gapsOf(await readQueue({ api: apiThat(() => undefined), printable }, never))).toEqual([]);
  });

  test('when mail was last sent may stay unknown, which is said', async () => {
    const api = apiThat((asked) => (asked.includes('statuscode eq 3') ? 'timeout' : undefined));
    expect(gapsOf(await readQueue({ api, printable }, never))).toEqual(['when the last message was sent was not told']);
  });

  test('classic workflows that could not be counted are not none', async () => {
    const api = apiThat((asked) => (asked.includes('category eq 0') ? 'timeout' : undefined));
    expect(gapsOf(await readFlows({ api, printable }, never))).toContain('not read: /api/data/v9.2/workflows');
  });

  test.each([
    ['permission', 'not readable with this login: /api/data/v9.2/tracelogs'],
    ['timeout', 'not read: /api/data/v9.2/tracelogs'],
  ] as const)('a part of the log that is missing by %s', async (kind, says) => {
    const api = apiThat((asked) => (asked.includes('tracelogs') ? kind : undefined));
    expect(await readLog({ api, printable }, never)).toMatchObject({
      kind: 'answered',
      value: { limits: expect.arrayContaining([expect.objectContaining({ en: says })]) },
    });
  });
});

describe('Salesforce', () => {
  const org = (kind: CrmFailureKind) => ({
    api: apiThat((asked) => (asked.includes('FROM EmailRelay') ? kind : undefined)),
    data: '/services/data/v60.0',
    site: 'https://x.my.salesforce.com',
    printable,
  });

  test('relays that may not be read are a gap, and a question without an answer is a failure', async () => {
    expect(gapsOf(await readMail(org('permission'), never))).toContain('email relays: not readable with this login');
    expect(await readMail(org('timeout'), never)).toMatchObject({ kind: 'failed', failure: { kind: 'timeout' } });
  });
});

test('HubSpot: custom objects beyond those that are asked for are counted', async () => {
  const results = Array.from({ length: 23 }, (_, at) => ({ objectTypeId: `2-${at}` }));
  const api = apiThat((asked) => (asked.startsWith('/crm/v3/schemas') ? { results } : undefined));
  expect(gapsOf(await readSchema(api, printable, never))).toEqual(['3 more custom objects were not asked for']);
});

/** So many fields that no service takes them at once. */
const fieldNames = Array.from({ length: 900 }, (_, at) => `a_field_with_number_${at}`);

const firstPage = async (pages: AsyncIterable<CrmRecordPage>): Promise<CrmRecordPage | undefined> => {
  for await (const page of pages) return page;
  return undefined;
};

test.each([
  [
    'Salesforce',
    (api: Api) =>
      salesforceRecords({ api, data: '/services/data/v60.0', site: '', printable }, { type: 'contacts' }, never),
    { fields: fieldNames.map((name) => ({ name, type: 'string' })) },
  ],
  [
    'HubSpot',
    (api: Api) => hubspotRecords(api, { type: 'contacts' }, never),
    { results: fieldNames.map((name) => ({ name })) },
  ],
  [
    'Zoho',
    (api: Api) => zohoRecords({ api, printable, site: '' }, { type: 'contacts' }, never),
    { fields: fieldNames.map((api_name) => ({ api_name })) },
  ],
] as const)('%s: fields that do not fit into one request are named with the records', async (_, records, described) => {
  let asked = '';
  const api = apiThat((text) => {
    if (/describe|propert|settings/.test(text) && !text.includes('/objects/')) return described;
    asked = text;
    return undefined;
  });
  const page = await firstPage(records(api));
  if (page?.kind !== 'page') throw new Error(JSON.stringify(page));
  const left = page.leftOut ?? [];
  expect(left.length).toBeGreaterThan(0);
  expect(fieldNames.filter((name) => new RegExp(`\\b${name}\\b`).test(asked) === left.includes(name))).toEqual([]);
});

test.each([
  ['a form of a single sign-on', '<html><form><input name="SAMLRequest" value="x"></form></html>'],
  ['a page that is called so', '<!DOCTYPE html><html><title>ログイン</title></html>'],
])('%s is a page to log in', async (_, body) => {
  const client: CrmClient = {
    printable,
    ask: async () => ({ kind: 'response', response: { status: 200, headers: {}, body, json: undefined, url: '' } }),
  };
  const api = apiOf(client, { errorIn: () => undefined, now: () => new Date() }, () => ({}));
  expect(await api({ path: '/x' }, never)).toMatchObject({ kind: 'failed', failure: { kind: 'login-page' } });
});
