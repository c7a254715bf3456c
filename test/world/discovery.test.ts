import { describe, expect, test } from '@jest/globals';
import type { DiscoveryQuestion } from '../../src/model/discovery-facts.ts';
import type { DnsRecord } from '../../src/model/dns-facts.ts';
import type { HttpQuestion, HttpReply } from '../../src/model/http-facts.ts';
import type { Dns, Http } from '../../src/model/world.ts';
import { readAutoconfig } from '../../src/world/autoconfig.ts';
import { autodiscoverRequest, readAutodiscover } from '../../src/world/autodiscover.ts';
import { createDiscovery } from '../../src/world/discovery.ts';
import { offeredHost } from '../../src/world/offered.ts';

const address = 'sales@aozora.test';

const server = (
  tag: 'incomingServer' | 'outgoingServer',
  type: string,
  over: Readonly<Record<string, string>> = {},
): string => {
  const fields = {
    hostname: `${type}.%EMAILDOMAIN%`,
    port: type === 'smtp' ? '465' : type === 'imap' ? '993' : '995',
    socketType: 'SSL',
    username: '%EMAILADDRESS%',
    authentication: 'password-cleartext',
    ...over,
  };
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<${tag} type="${type}">${inner.join('')}</${tag}>`;
};

const file = (...servers: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><clientConfig version="1.1"><emailProvider id="aozora.test"><domain>aozora.test</domain><displayName>青空 メール</displayName>${servers.join('')}</emailProvider></clientConfig>`;

const imap = (over: Readonly<Record<string, string>> = {}) => server('incomingServer', 'imap', over);

const services = (text: string) => {
  const result = readAutoconfig(text, address);
  return result.kind === 'found' ? result.services : result.kind;
};

describe('an autoconfig file', () => {
  test('offers its servers in order, with the address filled in', async () => {
    const text = file(
      imap(),
      server('incomingServer', 'pop3', { socketType: 'STARTTLS', port: '110', username: '%EMAILLOCALPART%' }),
      server('outgoingServer', 'smtp', { socketType: 'plain', port: '587', authentication: 'OAuth2' }),
    );
    expect(readAutoconfig(text, address)).toEqual({
      kind: 'found',
      name: '青空 メール',
      services: [
        {
          protocol: 'imap',
          host: 'imap.aozora.test',
          port: 993,
          security: 'tls',
          username: address,
          login: 'password',
        },
        {
          protocol: 'pop3',
          host: 'pop3.aozora.test',
          port: 110,
          security: 'starttls',
          username: 'sales',
          login: 'password',
        },
        { protocol: 'smtp', host: 'smtp.aozora.test', port: 587, security: 'none', username: address, login: 'oauth' },
      ],
    });
  });

  test('a password counts before OAuth where both are offered', async () => {
    const text = file(
      imap({ authentication: 'OAuth2</authentication><authentication>password-cleartext' }),
      imap({ hostname: 'krb.aozora.test', authentication: 'GSSAPI' }),
      imap({ hostname: 'open.aozora.test', authentication: 'none' }),
    );
    expect(services(text)).toMatchObject([{ login: 'password' }, { login: 'other' }, { login: 'none' }]);
  });

  test.each([
    ['an address of this machine', imap({ hostname: '127.0.0.1' })],
    ['an address in brackets', imap({ hostname: '[::1]' })],
    ['a name of this machine', imap({ hostname: 'localhost' })],
    ['a name under localhost', imap({ hostname: 'imap.localhost' })],
    ['a single word', imap({ hostname: 'mail' })],
    ['no host', imap({ hostname: '' })],
    ['a host with a line in it', imap({ hostname: 'imap.aozora.test\nA001 LOGOUT' })],
    ['a host with markup', imap({ hostname: 'imap.&lt;b&gt;.test' })],
    ['a host that is too long', imap({ hostname: `${'a.'.repeat(130)}test` })],
    ['an unknown placeholder as host', imap({ hostname: '%MXHOST%' })],
    ['port 0', imap({ port: '0' })],
    ['port 70000', imap({ port: '70000' })],
    ['a port in words', imap({ port: 'nine' })],
    ['an unknown mode', imap({ socketType: 'magic' })],
    ['an inherited name as mode', imap({ socketType: 'constructor' })],
    ['an unknown protocol', server('incomingServer', 'exchange')],
    ['an inherited name as protocol', server('incomingServer', 'toString', { port: '993' })],
  ])('%s is no server', async (_name, text) => {
    expect(services(file(text))).toEqual([]);
  });

  test.each([
    ['an unknown placeholder', '%SOMETHING%'],
    ['a blank in it', 'sales team'],
    ['a control character', 'sales&#x85;x'],
    ['too long', 'x'.repeat(300)],
  ])('a login name with %s is left out', async (_name, username) => {
    const [first] = services(file(imap({ username }))) as readonly { username?: string }[];
    expect(first?.username).toBeUndefined();
  });

  test('a Japanese host name is taken in the form of the DNS', async () => {
    expect(services(file(imap({ hostname: 'メール.青空.test' })))).toMatchObject([
      { host: 'xn--4dkua4c.xn--grzr40d.test' },
    ]);
  });

  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>${file(imap({ hostname: '&c;' }))}`;
  test.each([
    ['entities that grow', bomb],
    ['an entity that is read from a file', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${file(imap())}`],
    ['an entity that nobody defined', file(imap({ username: '&evil;' }))],
    ['nothing', ''],
    ['words', 'not found'],
    ['JSON', '{"error":404}'],
    ['a cut file', file(imap()).slice(0, 200)],
    ['another document', '<html><body>hello</body></html>'],
    ['two documents', `${file(imap())}${file(imap())}`],
    ['UTF-16', `\u00ff\u00fe${[...file(imap())].join('\u0000')}\u0000`],
    ['NUL', file(imap({ hostname: 'imap.aozora.test\u0000' }))],
    ['a deep file', `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`],
    ['a wide file', `<clientConfig>${'<a/>'.repeat(50_000)}</clientConfig>`],
  ])('%s is unreadable', async (_name, text) => {
    const result = readAutoconfig(text, address);
    expect(result.kind).toBe('unreadable');
    expect(result.kind === 'unreadable' && result.says.length).toBeLessThan(2_100);
  });

  test('long texts and many servers are cut', async () => {
    const text = file(...Array.from({ length: 200 }, (_, n) => imap({ hostname: `m${n}.aozora.test` }))).replace(
      '青空 メール',
      `x\u001b]0;owned\u0007${'y'.repeat(5_000)}`.replace(/[\u001b\u0007]/g, ''),
    );
    const result = readAutoconfig(text, address);
    expect(result.kind === 'found' && result.services.length).toBe(20);
    expect(result.kind === 'found' && result.name?.length).toBe(80);
  });
});

const protocol = (type: string, fields: Readonly<Record<string, string>>): string =>
  `<Protocol><Type>${type}</Type>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</Protocol>`;

const response = (account: string): string =>
  `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account><AccountType>email</AccountType>${account}</Account></Response></Autodiscover>`;

describe('an Autodiscover response', () => {
  test('offers IMAP, POP3 and SMTP and leaves Exchange out', async () => {
    const text = response(
      `<Action>settings</Action>${protocol('EXCH', { Server: 'x' })}${protocol('IMAP', {
        Server: 'imap.aozora.test',
        Port: '993',
        SSL: 'on',
        LoginName: address,
      })}${protocol('POP3', { Server: 'pop.aozora.test', Port: '110', SSL: 'off' })}${protocol('SMTP', {
        Server: 'smtp.aozora.test',
        Port: '587',
        SSL: 'on',
        AuthRequired: 'on',
        SPA: 'off',
      })}`,
    );
    expect(readAutodiscover(text, address)).toEqual({
      kind: 'found',
      services: [
        {
          protocol: 'imap',
          host: 'imap.aozora.test',
          port: 993,
          security: 'tls',
          username: address,
          login: 'password',
        },
        { protocol: 'pop3', host: 'pop.aozora.test', port: 110, security: 'none', login: 'password' },
        { protocol: 'smtp', host: 'smtp.aozora.test', port: 587, security: 'starttls', login: 'password' },
      ],
    });
  });

  test.each([
    [
      '<Action>redirectUrl</Action><RedirectUrl>https://a.test/x</RedirectUrl>',
      { kind: 'redirect-url', url: 'https://a.test/x' },
    ],
    [
      '<Action>redirectAddr</Action><RedirectAddr>a@b.test</RedirectAddr>',
      { kind: 'redirect-address', address: 'a@b.test' },
    ],
  ])('may send the asker on: %s', async (account, expected) => {
    expect(readAutodiscover(response(account), address)).toEqual(expected);
  });

  test('an error is none', async () => {
    const text =
      '<Autodiscover><Response><Error Time="1"><ErrorCode>500</ErrorCode><Message>no</Message></Error></Response></Autodiscover>';
    expect(readAutodiscover(text, address)).toEqual({ kind: 'none', code: 'error 500' });
  });

  test('the question holds the address and no markup of it', () => {
    expect(autodiscoverRequest('a&<b>@c.test')).toContain('<EMailAddress>a&amp;&lt;b&gt;@c.test</EMailAddress>');
  });
});

/** A world of URLs and names; everything else is not there. */
const worldOf = (
  pages: Readonly<Record<string, string | Partial<HttpReply>>>,
  names: Readonly<Record<string, string>>,
) => {
  const asked: HttpQuestion[] = [];
  const http: Http = {
    ask: async (question) => {
      asked.push(question);
      const page = pages[`${question.method ?? 'GET'} ${question.url}`];
      if (page === undefined) return { kind: 'failed', at: 'connect', code: 'ECONNREFUSED', says: '', ms: 1 };
      const whole = {
        kind: 'answered',
        status: 200,
        url: question.url,
        contentType: 'text/xml',
        body: '',
        cut: false,
        ms: 1,
      };
      // A page is what differs from a good answer.
      return { ...whole, ...(typeof page === 'string' ? { body: page } : page) } as HttpReply;
    },
  };
  const dns: Dns = {
    lookup: () => Promise.reject(new Error('not here')),
    hosts: async () => [],
    query: async (name, type) => {
      const told = names[`${name} ${type}`];
      const [data = '', port] = (told ?? '').split(' ');
      const record: DnsRecord = { type, name, ttl: 60, data, ...(port ? { port: Number(port), priority: 0 } : {}) };
      return {
        kind: 'answered',
        rcode: told === undefined ? 'NXDOMAIN' : 'NOERROR',
        records: told === undefined ? [] : [record],
        cnames: [],
        authenticated: false,
        server: '192.0.2.53',
        ms: 1,
      };
    },
  };
  return {
    asked,
    discovery: createDiscovery({ dns, http }),
    urls: () => asked.map(({ method, url }) => `${method ?? 'GET'} ${url}`),
  };
};

const never = new AbortController().signal;
const question: DiscoveryQuestion = { address, domain: 'aozora.test', mx: ['mx1.hoster.example'] };
const here = {
  'aozora.test A': '192.0.2.1',
  'autoconfig.aozora.test A': '192.0.2.1',
  'autodiscover.aozora.test A': '192.0.2.1',
};
const own = 'https://autoconfig.aozora.test/mail/config-v1.1.xml';
const wellKnown = 'https://aozora.test/.well-known/autoconfig/mail/config-v1.1.xml';
const withAddress = `${own}?emailaddress=sales%40aozora.test`;

describe('asking for autoconfig', () => {
  test('the own host and the own web server are asked over TLS, and nobody else where they tell', async () => {
    const world = worldOf({ [`GET ${withAddress}`]: file(imap()) }, here);
    const answers = await world.discovery.autoconfig({ ...question, ca: '/ca.pem' }, 5_000, never);
    expect(world.urls().toSorted()).toEqual([`GET ${withAddress}`, `GET ${wellKnown}`].toSorted());
    expect(world.asked.every(({ ca }) => ca === '/ca.pem')).toBe(true);
    expect(answers[0]).toMatchObject({ url: own, verified: true, result: { kind: 'found' } });
  });

  test('names without an address are not connected to', async () => {
    const world = worldOf({}, {});
    const answers = await world.discovery.autoconfig({ ...question, mx: [] }, 5_000, never);
    expect(world.urls()).toEqual([]);
    expect(answers).toMatchObject([{ result: { kind: 'none', code: 'ENOTFOUND' } }]);
  });

  test('without TLS only the own host, last, without the address, and unverified', async () => {
    const clear = 'http://autoconfig.aozora.test/mail/config-v1.1.xml';
    const world = worldOf({ [`GET ${clear}`]: file(imap()) }, here);
    const answers = await world.discovery.autoconfig(question, 5_000, never);
    expect(world.urls().at(-1)).toBe(`GET ${clear}`);
    expect(answers.at(-1)).toMatchObject({ url: clear, verified: false, result: { kind: 'found' } });
  });

  test('who takes the mail is asked where the domain has nothing', async () => {
    const theirs = 'https://autoconfig.hoster.example/mail/config-v1.1.xml?emailaddress=sales%40aozora.test';
    const world = worldOf(
      { [`GET ${theirs}`]: file(imap({ hostname: 'imap.hoster.example' })) },
      { 'autoconfig.hoster.example A': '192.0.2.9' },
    );
    const answers = await world.discovery.autoconfig(question, 5_000, never);
    expect(answers.at(-1)).toMatchObject({ result: { services: [{ host: 'imap.hoster.example' }] } });
  });

  test('the public database is asked only when it is wanted, and for the domain alone', async () => {
    const third = 'GET https://autoconfig.thunderbird.net/v1.1/aozora.test';
    const without = worldOf({ [third]: file(imap()) }, here);
    await without.discovery.autoconfig(question, 5_000, never);
    expect(without.urls().filter((url) => url.includes('thunderbird'))).toEqual([]);
    const wanted = worldOf({ [third]: file(imap()) }, here);
    const answers = await wanted.discovery.autoconfig({ ...question, ispdb: true }, 5_000, never);
    expect(wanted.urls().at(-1)).toBe(third);
    expect(answers.at(-1)).toMatchObject({ how: 'ispdb', result: { kind: 'found' } });
  });

  test.each<[string, string | Partial<HttpReply>, object]>([
    ['a page for everything', '<!DOCTYPE html><html><body>welcome</body></html>', { kind: 'none', code: 'HTML' }],
    ['404', { status: 404 }, { kind: 'none', code: 'HTTP 404' }],
    ['too much', { body: file(imap()), cut: true }, { kind: 'unreadable' }],
    [
      'a redirect down to clear text',
      { kind: 'failed', at: 'redirect', code: 'REDIRECT' },
      { kind: 'none', code: 'REDIRECT' },
    ],
    [
      'a broken certificate',
      { kind: 'failed', at: 'tls', code: 'CERT_HAS_EXPIRED' },
      { kind: 'none', code: 'CERT_HAS_EXPIRED' },
    ],
  ])('%s is no file', async (_name, page, result) => {
    const world = worldOf({ [`GET ${withAddress}`]: page }, here);
    const answers = await world.discovery.autoconfig({ ...question, mx: [] }, 5_000, never);
    expect(answers[0]?.result).toMatchObject(result);
  });

  test('what is silent counts as not there when the limit is over; the caller ends it at once', async () => {
    const silent: Http = {
      ask: (_asked, signal) =>
        new Promise((_, reject) => {
          if (signal.aborted) reject(signal.reason);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    const dns: Dns = {
      lookup: () => Promise.reject(new Error('not here')),
      hosts: async () => [],
      query: async (name, type) => ({
        kind: 'answered',
        rcode: 'NOERROR',
        records: [{ type, name, ttl: 1, data: '192.0.2.1' }],
        cnames: [],
        authenticated: false,
        server: '',
        ms: 1,
      }),
    };
    const discovery = createDiscovery({ dns, http: silent });
    const answers = await discovery.autoconfig({ ...question, mx: [] }, 1, never);
    expect(answers.every(({ result }) => result.kind === 'none' && result.code === 'ETIMEDOUT')).toBe(true);
    await expect(discovery.autoconfig(question, 60_000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
      'stopped',
    );
  });
});

const page = 'autodiscover/autodiscover.xml';
const settings = response(`<Action>settings</Action>${protocol('IMAP', { Server: 'imap.aozora.test', Port: '993' })}`);

describe('asking for Autodiscover', () => {
  test('posts the address and no credential to the domain and its autodiscover host', async () => {
    const world = worldOf({ [`POST https://autodiscover.aozora.test/${page}`]: settings }, here);
    const answers = await world.discovery.autodiscover(question, 5_000, never);
    expect(answers[0]).toMatchObject({ verified: true, result: { services: [{ protocol: 'imap', port: 993 }] } });
    expect(world.asked.map(({ headers }) => Object.keys(headers ?? {}))).toEqual([['content-type'], ['content-type']]);
  });

  test('follows the SRV record, which is not proof of itself', async () => {
    const world = worldOf(
      { [`POST https://ex.hoster.example:8443/${page}`]: settings },
      { '_autodiscover._tcp.aozora.test SRV': 'ex.hoster.example 8443' },
    );
    const answers = await world.discovery.autodiscover(question, 5_000, never);
    expect(answers).toMatchObject([{ verified: false, result: { kind: 'found' } }]);
  });

  test('Exchange wants a login first: that is said, and nobody else is asked', async () => {
    const world = worldOf({ [`POST https://autodiscover.aozora.test/${page}`]: { status: 401 } }, here);
    const answers = await world.discovery.autodiscover(question, 5_000, never);
    expect(answers[0]?.result).toEqual({ kind: 'login-wanted' });
    expect(world.urls().filter((url) => url.startsWith('GET'))).toEqual([]);
  });

  test('the redirect in clear is followed up to TLS only', async () => {
    const good = worldOf(
      {
        [`GET http://autodiscover.aozora.test/${page}`]: { status: 302, location: `https://ex.hoster.example/${page}` },
        [`POST https://ex.hoster.example/${page}`]: settings,
      },
      here,
    );
    expect((await good.discovery.autodiscover(question, 5_000, never)).at(-1)).toMatchObject({
      verified: false,
      result: { kind: 'found' },
    });
    const bad = worldOf(
      {
        [`GET http://autodiscover.aozora.test/${page}`]: { status: 302, location: `http://ex.hoster.example/${page}` },
      },
      here,
    );
    await bad.discovery.autodiscover(question, 5_000, never);
    expect(bad.urls().filter((url) => url.includes('ex.hoster'))).toEqual([]);
  });

  test.each([
    ['in a circle', `https://autodiscover.aozora.test/${page}`, 5],
    ['to this machine', 'https://127.0.0.1/x', 2],
    ['to a name of this machine', 'https://localhost/x', 2],
    ['with a name and password', 'https://a:b@hoster.example/x', 2],
  ])('a redirect %s ends soon', async (_name, url, most) => {
    const account = response(`<Action>redirectUrl</Action><RedirectUrl>${url}</RedirectUrl>`);
    const world = worldOf({ [`POST https://autodiscover.aozora.test/${page}`]: account }, here);
    const answers = await world.discovery.autodiscover(question, 5_000, never);
    expect(answers[0]?.result).toEqual({ kind: 'none', code: 'REDIRECT' });
    expect(world.urls().filter((one) => one.startsWith('POST')).length).toBeLessThanOrEqual(most);
  });

  test('another address is asked for once', async () => {
    const other = response('<Action>redirectAddr</Action><RedirectAddr>s@hoster.example</RedirectAddr>');
    const again = response('<Action>redirectAddr</Action><RedirectAddr>s@third.example</RedirectAddr>');
    const world = worldOf(
      {
        [`POST https://autodiscover.aozora.test/${page}`]: other,
        [`POST https://autodiscover.hoster.example/${page}`]: again,
      },
      here,
    );
    await world.discovery.autodiscover(question, 5_000, never);
    expect(world.urls().filter((one) => one.includes('hoster') || one.includes('third'))).toEqual([
      `POST https://autodiscover.hoster.example/${page}`,
    ]);
    expect(world.asked.find(({ url }) => url.includes('hoster'))?.body).toContain('s@hoster.example');
  });
});

describe('a host of a stranger’s file', () => {
  test.each([
    ['IMAP.Example.COM.', 'imap.example.com'],
    ['a_b.example.com', 'a_b.example.com'],
    ['10.0.0.1', undefined],
    ['2130706433', undefined],
    ['0x7f.1', undefined],
    ['router.local', undefined],
    ['-a.example.com', undefined],
    ['a..b', undefined],
    ['user@host.example', undefined],
    ['host.example:25', undefined],
  ])('%s', (words, expected) => {
    expect(offeredHost(words)).toBe(expected);
  });
});
