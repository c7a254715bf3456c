import { describe, expect, test } from '@jest/globals';
import { mailDiscovery } from '../../../checks/mail/discovery.check.ts';
import type { AddressContact, PortFact } from '../../../src/model/contact-facts.ts';
import type { DiscoveryAnswer, OfferedService } from '../../../src/model/discovery-facts.ts';
import type { DnsRecord } from '../../../src/model/dns-facts.ts';
import type { TlsFact } from '../../../src/model/tls-facts.ts';
import type { World } from '../../../src/model/world.ts';
import { mailbox, noWorld } from '../../engine.ts';

const open: AddressContact = {
  address: '192.0.2.1',
  family: 4,
  connect: { kind: 'open', ms: 1 },
  greeting: { kind: 'greeted', speaks: 'smtp', lines: ['220 mail ESMTP'], ms: 1 },
};
const port = (contacts: readonly AddressContact[]): PortFact => ({
  lookup: { kind: 'found', addresses: [], ms: 1 },
  contacts,
  siblings: [],
  others25: [],
});
const dead = port([{ address: '192.0.2.1', family: 4, connect: { kind: 'refused', ms: 1 } }]);
const tls: TlsFact = { at: '', address: '192.0.2.1', mode: 'tls', before: [], inside: [], otherNames: [] };

const imap = (over: Partial<OfferedService> = {}): OfferedService => ({
  protocol: 'imap',
  host: 'imap.example.co.jp',
  port: 993,
  security: 'tls',
  login: 'password',
  ...over,
});

const told = (services: readonly OfferedService[], over: Partial<DiscoveryAnswer> = {}): DiscoveryAnswer => ({
  how: 'autoconfig',
  url: 'https://autoconfig.example.co.jp/mail/config-v1.1.xml',
  verified: true,
  result: { kind: 'found', services },
  ...over,
});

/** A mailbox whose IMAP port is as it is said, a domain that publishes this, a DNS of these names. */
const worldOf = (
  contacts: PortFact,
  answers: readonly DiscoveryAnswer[] = [],
  names: Readonly<Record<string, string>> = {},
  inside: Partial<TlsFact> = {},
) => {
  const asked: string[] = [];
  const world: World = {
    ...noWorld,
    dns: {
      ...noWorld.dns,
      lookup: async (host) => ({ kind: 'found', addresses: [{ address: host, family: 4 }], ms: 1 }),
      query: async (name, type) => {
        const data = names[`${name} ${type}`];
        const record: DnsRecord = { type, name, ttl: 60, data: data ?? '', ...(type === 'MX' ? { priority: 10 } : {}) };
        return {
          kind: 'answered',
          rcode: data === undefined ? 'NXDOMAIN' : 'NOERROR',
          records: data === undefined || data.startsWith('alias ') ? [] : [record],
          cnames: data?.startsWith('alias ') ? [data.slice(6)] : [],
          authenticated: false,
          server: '192.0.2.53',
          ms: 1,
        };
      },
    },
    mail: {
      ...noWorld.mail,
      port: async ({ protocol }) => (protocol === 'imap' ? contacts : port([open])),
      tls: async () => ({ ...tls, ...inside }),
    },
    discovery: {
      autoconfig: async (question) => {
        asked.push(`autoconfig ${question.domain} ${question.mx.join(',')}`);
        return answers;
      },
      autodiscover: async () => [],
    },
  };
  return { world, asked };
};

const never = new AbortController().signal;
const anyGreeting = port([{ ...open, greeting: { kind: 'silent', ms: 1, tls: true } }]);
const noGreeting: AddressContact = { address: open.address, family: 4, connect: open.connect };
const answering = port([noGreeting]);

describe('what the domain publishes for mail programs', () => {
  test('where every server answers, nobody is asked', async () => {
    const { world, asked } = worldOf(answering, [told([imap()])]);
    const fact = await mailDiscovery.probe(mailbox(), world, never);
    expect(asked).toEqual([]);
    expect(fact).toMatchObject({ asked: false, candidates: { imap: [] } });
    expect(mailDiscovery.judge(fact, mailbox()).grade).toBe('skip');
  });

  test('servers without a name in the DNS are nobody’s business', async () => {
    const { world, asked } = worldOf(dead, [told([imap()])]);
    const local = mailbox({ smtp: undefined, imap: { host: '127.0.0.1', port: 993 } });
    expect(await mailDiscovery.probe(local, world, never)).toMatchObject({ asked: false });
    expect(asked).toEqual([]);
  });

  test.each<[string, PortFact, Partial<TlsFact>]>([
    ['a closed port', dead, {}],
    ['a name that does not resolve', port([]), {}],
    ['a port that says nothing', anyGreeting, {}],
    [
      'a web server in place of it',
      answering,
      { handshake: { kind: 'plain', speaks: 'http', line: 'HTTP/1.1 400', ms: 1 } },
    ],
    [
      'another protocol inside TLS',
      answering,
      { greeting: { kind: 'greeted', speaks: 'pop3', lines: ['+OK'], ms: 1 } },
    ],
  ])('%s: the domain is asked once, and its servers are candidates', async (_name, contacts, inside) => {
    const { world, asked } = worldOf(contacts, [told([imap({ username: 'sales' })])], {}, inside);
    const fact = await mailDiscovery.probe(mailbox(), world, never);
    expect(asked).toEqual(['autoconfig example.co.jp ']);
    expect(fact.candidates.imap).toEqual([
      { host: 'imap.example.co.jp', port: 993, security: 'tls', username: 'sales', from: 'autoconfig' },
    ]);
    expect(mailDiscovery.judge(fact, mailbox()).grade).toBe('ok');
  });

  test('a domain that publishes nothing is no fault', async () => {
    const { world } = worldOf(dead);
    const fact = await mailDiscovery.probe(mailbox(), world, never);
    expect(mailDiscovery.judge(fact, mailbox()).grade).toBe('skip');
  });

  test('what is offered in clear is no candidate; a door that two places name is one', async () => {
    const plain = imap({ host: 'plain.example.co.jp', port: 143, security: 'none' });
    const again = told([imap({ username: 'sales' })], { how: 'autodiscover' });
    const { world } = worldOf(dead, [told([plain, imap()]), again]);
    const { candidates } = await mailDiscovery.probe(mailbox(), world, never);
    expect(candidates.imap).toEqual([
      { host: 'imap.example.co.jp', port: 993, security: 'tls', username: 'sales', from: 'autoconfig' },
    ]);
  });

  test('what was read in clear counts for the domain’s own hosts and for known providers only', async () => {
    const hosts = ['evil.example', 'imap.example.co.jp', 'imap.gmail.com', 'notexample.co.jp'];
    const answer = told(
      hosts.map((host) => imap({ host })),
      { verified: false },
    );
    const { world } = worldOf(dead, [answer]);
    const { candidates } = await mailDiscovery.probe(mailbox(), world, never);
    expect(candidates.imap.map(({ host }) => host)).toEqual(['imap.example.co.jp', 'imap.gmail.com']);
  });

  test.each([
    [
      'by its MX',
      {
        'example.co.jp MX': 'example-co-jp.mail.protection.outlook.com',
        'example-co-jp.mail.protection.outlook.com A': '192.0.2.9',
      },
      'microsoft-365',
      'outlook.office365.com',
    ],
    [
      'by what the address of its MX is called',
      {
        'example.co.jp MX': 'mx.example.co.jp',
        'mx.example.co.jp A': '192.0.2.9',
        '9.2.0.192.in-addr.arpa PTR': 'sv1234.xserver.jp',
      },
      'xserver',
      'sv1234.xserver.jp',
    ],
    [
      'by the alias of its autodiscover host, behind a filter',
      {
        'example.co.jp MX': 'mx.filter.example',
        'mx.filter.example A': '192.0.2.9',
        'autodiscover.example.co.jp A': 'alias autodiscover.outlook.com',
      },
      'microsoft-365',
      'outlook.office365.com',
    ],
    [
      'not by a rented machine',
      {
        'example.co.jp MX': 'mx.example.co.jp',
        'mx.example.co.jp A': '192.0.2.9',
        '9.2.0.192.in-addr.arpa PTR': 'ik1-1.vs.sakura.ne.jp',
      },
      undefined,
      undefined,
    ],
  ])('the provider is known %s', async (_name, names, provider, host) => {
    const { world } = worldOf(dead, [], names);
    const fact = await mailDiscovery.probe(mailbox(), world, never);
    expect(fact.provider).toBe(provider);
    expect(fact.candidates.imap[0]?.host).toBe(host);
  });
});
