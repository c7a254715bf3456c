import { utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createLogReader } from '../../src/logs/log-reader.ts';
import { searchLogs } from '../../src/logs/search.ts';
import type { LogSearch } from '../../src/model/log-facts.ts';
import { logDirectory } from './text-files.ts';

const place = logDirectory();
afterAll(place.remove);

const now = new Date('2026-11-24T12:00:00Z');
const about = { addresses: ['sales@aozora.test'], logins: ['sales@aozora.test', 'crm7'], hosts: ['smtp.aozora.test'] };

/** One mailbox's question. */
const searchOne = async ({ files, ...asked }: LogSearch) => {
  const [fact] = await searchLogs({ files, asked: [asked] }, new AbortController().signal, now);
  if (!fact) throw new Error('no answer');
  return fact;
};

let files = 0;

const search = async (lines: readonly string[], more: { readonly since?: string } = {}) => {
  files += 1;
  const path = place.write(`case-${files}.log`, lines.map((line) => `${line}\n`).join(''));
  return searchOne({ files: [path], since: more.since ?? '2026-11-22T12:00:00.000Z', about });
};

/** A line of syslog at this minute of the day. */
const at = (time: string, words: string): string => `2026-11-24T${time}:00Z mx ${words}`;
const queued = (id: string, from: string, time = '09:00') =>
  at(time, `postfix/qmgr[7]: ${id}: from=<${from}>, size=900, nrcpt=1 (queue active)`);
const deferred = (id: string, relay: string, time = '09:01') =>
  at(
    time,
    `postfix/smtp[8]: ${id}: to=<b@example.net>, relay=${relay}[198.51.100.4]:25, delay=1, dsn=4.7.1, status=deferred (host ${relay}[198.51.100.4] said: 450 4.7.1 Greylisting in action, please come back later (in reply to RCPT TO command))`,
  );
const sent = (id: string, relay: string, to: string, time: string) =>
  at(
    time,
    `postfix/smtp[8]: ${id}: to=<${to}>, relay=${relay}[198.51.100.4]:25, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok)`,
  );
const refusedLogin = (user: string, time = '09:00') =>
  at(
    time,
    `dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<${user}>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS`,
  );
const login = (user: string, time: string) =>
  at(time, `dovecot: imap-login: Login: user=<${user}>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, mpid=4, TLS`);

type Found = Awaited<ReturnType<typeof search>>;
const told = ({ causes }: Found) => causes.map(({ cause, count, current }) => `${cause} ${current}/${count}`);

describe('whose a line is', () => {
  const odoo = (words: string) => `2026-11-24 09:00:17,001 4711 ERROR crm odoo.addons.mail: ${words}`;
  test.each<[string, readonly string[], readonly string[]]>([
    ['the address stands in the line', [refusedLogin('sales@aozora.test')], ['auth.wrong-credentials 1/1']],
    ['another address', [refusedLogin('presales@aozora.test')], []],
    ['an address that ours is the start of', [refusedLogin('sales@aozora.test.example')], []],
    ['a login name without a domain', [refusedLogin('crm7')], ['auth.wrong-credentials 1/1']],
    ['that name elsewhere in a line', [refusedLogin('x').replace('closed', 'closed by crm7')], []],
    [
      'the sender stands on another line of the message',
      [queued('4XaA11', 'sales@aozora.test'), deferred('4XaA11', 'mx.example.net')],
      ['smtp.greylisted 1/1'],
    ],
    [
      'also where it comes later',
      [deferred('4XaA11', 'mx.example.net'), queued('4XaA11', 'sales@aozora.test', '09:30')],
      ['smtp.greylisted 1/1'],
    ],
    [
      'the message of somebody else',
      [queued('4XaA11', 'tanaka@aozora.test'), deferred('4XaA11', 'mx.example.net')],
      [],
    ],
    [
      'a configured server, in a line of no message',
      [at('09:00', 'postfix/smtp[8]: connect to smtp.aozora.test[192.0.2.5]:587: Connection refused')],
      ['net.refused 1/1'],
    ],
    [
      'another server',
      [at('09:00', 'postfix/smtp[8]: connect to mx.example.net[192.0.2.5]:25: Connection refused')],
      [],
    ],
    [
      'the name of the machine that writes the log is no mention',
      [refusedLogin('x').replace(' mx ', ' smtp.aozora.test ')],
      [],
    ],
    ["the CRM's own log, which names nobody", [odoo('Missing SMTP Server')], ['crm.no-mail-account 1/1']],
    [
      "the CRM's own log, about another server",
      [odoo('ConnectionRefusedError: connect ECONNREFUSED smtp.example.net:587')],
      [],
    ],
    [
      "the CRM's own log, about a colleague's mailbox",
      [odoo('No possible route found for incoming message from b@example.net to info@aozora.test')],
      [],
    ],
    [
      "the CRM's own log, about a customer",
      [odoo('No possible route found for incoming message from b@example.net to c@example.com')],
      ['crm.routing-no-match 1/1'],
    ],
  ])('%s', async (_name, lines, expected) => expect(told(await search(lines))).toEqual(expected));
});

describe('what is over', () => {
  const message = queued('4XaA11', 'sales@aozora.test');
  const fault = deferred('4XaA11', 'mx.example.net');
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'the same message arrived later',
      [message, fault, sent('4XaA11', 'mx.example.net', 'b@example.net', '09:20')],
      ['smtp.greylisted 0/1'],
    ],
    [
      'the server takes mail again',
      [message, fault, sent('4XaB22', 'mx.example.net', 'c@example.net', '09:20')],
      ['smtp.greylisted 0/1'],
    ],
    [
      'another server takes mail',
      [message, fault, sent('4XaB22', 'mx.example.com', 'c@example.com', '09:20')],
      ['smtp.greylisted 1/1'],
    ],
    [
      'it worked before',
      [sent('4XaB22', 'mx.example.net', 'c@example.net', '08:20'), message, fault],
      ['smtp.greylisted 1/1'],
    ],
    [
      'the login works again',
      [refusedLogin('sales@aozora.test'), login('sales@aozora.test', '09:10')],
      ['auth.wrong-credentials 0/1'],
    ],
    [
      "somebody else's login works",
      [refusedLogin('sales@aozora.test'), login('tanaka@aozora.test', '09:10')],
      ['auth.wrong-credentials 1/1'],
    ],
    [
      'a line without a time may be of any day',
      ['SMTP Error: Could not authenticate.'],
      ['auth.wrong-credentials 0/1'],
    ],
  ])('%s', async (_name, lines, expected) => expect(told(await search(lines))).toEqual(expected));

  test('a recipient who does not exist stays so, whoever else gets mail there', async () => {
    const bounced = fault.replace(
      /status=deferred.*/,
      'status=bounced (host mx.example.net[198.51.100.4] said: 550 5.1.1 <b@example.net>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command))',
    );
    const fact = await search([message, bounced, sent('4XaB22', 'mx.example.net', 'c@example.net', '09:20')]);
    expect(told(fact)).toEqual(['smtp.recipient-refused 1/1']);
    expect(fact.causes[0]?.samples[0]).toMatchObject({ queueId: '4XaA11', joined: { sender: 'sales@aozora.test' } });
    expect(fact.succeeded).toEqual({});
  });

  test('lines before the asked time are passed over', async () => {
    expect(told(await search([refusedLogin('sales@aozora.test')], { since: '2026-11-24T10:00:00Z' }))).toEqual([]);
  });
});

describe('files', () => {
  const ask = (...names: readonly string[]) => searchOne({ files: names, since: '2026-11-22T12:00:00.000Z', about });

  test('a rotated neighbour counts while it reaches into the asked time', async () => {
    const path = place.write('mail.log', '');
    const fresh = place.write('mail.log.1', `${refusedLogin('sales@aozora.test')}\n`);
    const packed = place.write('mail.log.2.gz', gzipSync(`${refusedLogin('sales@aozora.test', '08:00')}\n`));
    const old = place.write('mail.log.3', `${refusedLogin('sales@aozora.test', '07:00')}\n`);
    place.write('mail.log.save', `${refusedLogin('sales@aozora.test', '06:00')}\n`);
    for (const file of [path, fresh, packed]) utimesSync(file, now, now);
    utimesSync(old, 1, 1);
    const fact = await ask(path);
    expect(fact.files.map(({ name }) => name.slice(place.directory.length + 1))).toEqual([
      'mail.log.2.gz',
      'mail.log.1',
      'mail.log',
    ]);
    expect(fact.causes[0]).toMatchObject({
      count: 2,
      first: '2026-11-24T08:00:00.000Z',
      last: '2026-11-24T09:00:00.000Z',
    });
  });

  test('* and ? stand for names; what cannot be read is told', async () => {
    place.write('espo-2026-11-24.log', '[2026-11-24 09:00:18] ERROR: (0) No system SMTP settings.\n');
    utimesSync(`${place.directory}/espo-2026-11-24.log`, now, now);
    const fact = await ask(
      `${place.directory}/espo-????-*.log`,
      `${place.directory}/none-*.log`,
      `${place.directory}/gone.log`,
    );
    expect(fact.files.map(({ error }) => error?.kind)).toEqual([undefined, 'missing', 'no-match']);
    expect(told(fact)).toEqual(['crm.no-mail-account 1/1']);
  });

  test('of a large file only the asked time is read, and the rest of a line is not taken for one', async () => {
    const day = (date: string) => `${refusedLogin('sales@aozora.test').replace('2026-11-24', date)}\n`;
    const path = place.write('large.log', day('2026-10-01').repeat(60_000) + day('2026-11-24').repeat(3));
    utimesSync(path, now, now);
    const fact = await ask(path);
    expect(fact.causes[0]).toMatchObject({ count: 3 });
    expect(fact.files[0]?.lines).toBeLessThan(5_000);
    expect(fact.causes[0]?.samples[0]?.line).toBeUndefined();
  });

  test('no secret and no control character is in what is told', async () => {
    const fact = await search([
      at(
        '09:00',
        'crm[1]: SMTP Error: Could not authenticate. password=geheim42 for sales@aozora.test \u001b[31m\u202e',
      ),
    ]);
    const text = JSON.stringify(fact);
    expect(told(fact)).toEqual(['auth.wrong-credentials 1/1']);
    expect(text).not.toContain('geheim42');
    expect(text).not.toMatch(/\\u001b|\u202e/);
  });
});

describe('several mailboxes', () => {
  const mailbox = (address: string) => ({ addresses: [address], logins: [address], hosts: [] });
  const lines = [
    refusedLogin('sales@aozora.test', '09:00'),
    refusedLogin('tanaka@aozora.test', '09:30'),
    login('tanaka@aozora.test', '09:40'),
    queued('4XaA11', 'sales@aozora.test', '10:00'),
    queued('4XaB22', 'tanaka@aozora.test', '10:00'),
    deferred('4XaA11', 'mx.example.net', '10:10'),
    deferred('4XaB22', 'mx.example.com', '10:10'),
  ];
  const readings: number[] = [];
  const read = createLogReader(
    () => now,
    (searches, signal, at) => {
      readings.push(searches.asked.length);
      return searchLogs(searches, signal, at);
    },
  );

  test('who asks at the same time is answered by one reading, each as if alone', async () => {
    const path = place.write('shared.log', lines.map((line) => `${line}\n`).join(''));
    const searches = [
      { files: [path], since: '2026-11-22T12:00:00.000Z', about: mailbox('sales@aozora.test') },
      { files: [path], since: '2026-11-24T09:20:00.000Z', about: mailbox('sales@aozora.test') },
      { files: [path], since: '2026-11-22T12:00:00.000Z', about: mailbox('tanaka@aozora.test') },
    ];
    const { signal } = new AbortController();
    const facts = await Promise.all(searches.map((one) => read(one, signal)));
    expect(readings.splice(0)).toEqual([3]);
    expect(facts.map((fact) => told(fact).toSorted())).toEqual([
      ['auth.wrong-credentials 1/1', 'smtp.greylisted 1/1'],
      ['smtp.greylisted 1/1'],
      ['auth.wrong-credentials 0/1', 'smtp.greylisted 1/1'],
    ]);
    for (const [index, one] of searches.entries()) expect(facts[index]).toEqual(await searchOne(one));
  });

  test('one who does not wait any more ends nothing for the others', async () => {
    const path = place.write('shared.log', lines.map((line) => `${line}\n`).join(''));
    const search = { files: [path], since: '2026-11-22T12:00:00.000Z', about: mailbox('sales@aozora.test') };
    const { signal } = new AbortController();
    const [, fact] = await Promise.all([read(search, AbortSignal.abort()), read(search, signal)]);
    expect(told(fact)).toHaveLength(2);
    expect(told(await read(search, AbortSignal.abort()))).toEqual([]);
    expect(readings.splice(0)).toEqual([2, 1]);
  });
});
