import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { espocrm } from '../../src/crm/espocrm.connector.ts';
import type { CrmSession } from '../../src/model/crm/connector.ts';
import { createCrmClient } from '../../src/world/crm-client.ts';
import { kitWith } from '../world/contact-kit.ts';
import type { Line } from './main.ts';
import { median, range } from './measure.ts';

/** A CRM with so many contacts, in a thread of its own, so that only the reading is measured. */
const server = `
const { createServer } = require('node:http');
const { parentPort, workerData: count } = require('node:worker_threads');
const id = (at) => String(at).padStart(17, '0');
const contact = (at) => JSON.stringify({
  id: id(at), name: 'Sato ' + at, firstName: 'Sato', lastName: String(at), emailAddress: 'sato' + at + '@example.co.jp',
  phoneNumber: '+81901234' + String(at % 10000).padStart(4, '0'), accountId: id(at % 900), accountName: 'Company ' + (at % 900),
  title: '部長', addressCity: '東京', addressCountry: 'Japan', description: 'Met at the fair; wants to hear from us in spring.',
  assignedUserId: id(at % 12), createdAt: '2025-04-01 00:00:00', modifiedAt: '2026-11-01 00:00:00', deleted: false,
});
const contacts = Array.from({ length: count }, (_, at) => contact(at));
createServer((request, response) => {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const [, after] = [...searchParams].find(([name]) => /^where\\[\\d+\\]\\[value\\]$/.test(name)) ?? [];
  const from = after === undefined ? 0 : Number(after) + 1;
  const to = Math.min(from + Number(searchParams.get('maxSize')), count);
  const body = '{"total":' + (after === undefined ? count : -1) + ',"list":[' + contacts.slice(from, to).join(',') + ']}';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

const never = new AbortController().signal;

/** The most memory of this thread while the pages go by, in MiB: the server's thread has a heap of its own. */
const peak = () => {
  let most = 0;
  return {
    look: () => {
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, (heapUsed + external) / (1024 * 1024));
    },
    most: () => most,
  };
};

interface Read {
  readonly records: number;
  readonly ms: number;
  readonly peakMiB: number;
}

const through = async (session: CrmSession): Promise<Read> => {
  const memory = peak();
  const startedAt = performance.now();
  let records = 0;
  for await (const page of session.records?.({ type: 'contacts' }, never) ?? []) {
    if (page.kind === 'failed') throw new Error(JSON.stringify(page.failure));
    records += page.records.length;
    memory.look();
  }
  return { records, ms: performance.now() - startedAt, peakMiB: memory.most() };
};

/** The least that a program can do for the same pages. */
const bare = async (base: string): Promise<Read> => {
  const memory = peak();
  const startedAt = performance.now();
  let records = 0;
  for (let last: string | undefined; ; ) {
    const where =
      last === undefined ? '' : `&where[0][type]=greaterThan&where[0][attribute]=id&where[0][value]=${last}`;
    const answer = await fetch(`${base}/api/v1/Contact?maxSize=200&offset=0&orderBy=id&order=asc${where}`);
    // The server of this bench writes nothing else.
    const { list } = (await answer.json()) as { readonly list: readonly { readonly id: string }[] };
    records += list.length;
    memory.look();
    if (list.length < 200) return { records, ms: performance.now() - startedAt, peakMiB: memory.most() };
    last = list.at(-1)?.id;
  }
};

const withCrm = async <Value>(
  count: number,
  act: (base: string, session: CrmSession) => Promise<Value>,
): Promise<Value> => {
  const worker = new Worker(server, { eval: true, workerData: count });
  const [port]: readonly unknown[] = await once(worker, 'message');
  const url = `http://127.0.0.1:${port}`;
  const client = createCrmClient(kitWith(), { url });
  const session = espocrm.open(
    { url, secret: () => 'key', learn: () => undefined, settings: async () => undefined, now: () => new Date() },
    client,
  );
  try {
    return await act(url, session);
  } finally {
    client.close();
    await worker.terminate();
  }
};

const many = 100_000;

/** 100,000 contacts through the client and a connector, against `fetch` over the same pages in the same run. */
export const crm = async (): Promise<readonly Line[]> => {
  const rows = await withCrm(many, async (base, session) => {
    const all: { readonly ours: Read; readonly bare: Read }[] = [];
    await bare(base);
    await through(session);
    for (let round = 0; round < 5; round += 1) all.push({ bare: await bare(base), ours: await through(session) });
    return all;
  });
  const wrong = rows.find(({ ours }) => ours.records !== many);
  if (wrong) throw new Error(`read ${wrong.ours.records} of ${many} contacts`);
  // Below some 100,000 the young generation has not grown to its full size yet, so that more is compared and not less.
  const more = await withCrm(many * 3, async (_, session) => {
    const all: Read[] = [];
    for (let round = 0; round < 3; round += 1) all.push(await through(session));
    return all.map(({ peakMiB }) => peakMiB);
  });
  const [ours, theirs] = [rows.map((row) => row.ours.ms), rows.map((row) => row.bare.ms)];
  const memory = rows.map((row) => row.ours.peakMiB);
  return [
    {
      name: 'crm, 100,000 contacts: wall / a bare fetch loop',
      value: median(rows.map((row) => row.ours.ms / row.bare.ms)),
      limit: 1.2,
      note: `ours ${range(ours)} ms, fetch ${range(theirs)} ms`,
    },
    {
      name: 'crm: peak memory, 300,000 contacts / 100,000',
      value: median(more) / median(memory),
      limit: 1.3,
      note: `${range(more)} MiB against ${range(memory)} MiB; fetch ${range(rows.map((row) => row.bare.peakMiB))} MiB`,
    },
  ];
};
