import { createPrivateKey, getDiffieHellman } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, rootCertificates, TLSSocket, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CertificateRequest,
  certificateFor,
  intermediateCertificate,
  rootCertificate,
} from '../../fixtures/certificates.ts';
import type { MailConfig, Protocol } from '../../src/model/config.ts';
import type { Handshake, TlsFact } from '../../src/model/tls-facts.ts';
import { identityOf } from '../../src/world/client-certificate.ts';
import { createContacts } from '../../src/world/contacts.ts';
import { recordReader } from '../../src/world/tls-records.ts';
import { closeAll, kitWith, mailboxAt, never, says, tcp, tls } from './contact-kit.ts';

let folder = '';
let ca = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-'));
  ca = join(folder, 'ca.pem');
  writeFileSync(ca, await rootCertificate());
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(closeAll);

type Done = Extract<Handshake, { kind: 'done' }>;

const done = ({ handshake }: TlsFact): Done => {
  if (handshake?.kind !== 'done') throw new Error(`the handshake is ${JSON.stringify(handshake)}`);
  return handshake;
};

interface Look {
  readonly protocol?: Protocol;
  readonly security?: 'tls' | 'starttls';
  readonly host?: string;
  readonly kit?: ReturnType<typeof kitWith>;
  readonly ca?: string;
  readonly mail?: Partial<MailConfig>;
}

const lookAt = (port: number, look: Look = {}): Promise<TlsFact> => {
  const { service, subject } = mailboxAt({
    protocol: look.protocol ?? 'imap',
    port,
    security: look.security ?? 'tls',
    host: look.host ?? 'localhost',
    ca: look.ca ?? ca,
    ...(look.mail ? { mail: look.mail } : {}),
  });
  return createContacts(look.kit ?? kitWith()).tls(service, subject, never);
};

const imapGreeting = '* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n';

const optionsFor = async (request: CertificateRequest = {}, send: 'chain' | 'cert' = 'chain'): Promise<TlsOptions> => {
  const issued = await certificateFor(request);
  return { key: issued.key, cert: issued[send], ciphers: 'DEFAULT:@SECLEVEL=0', minVersion: 'TLSv1' };
};

const lookAtCertificate = async (request: CertificateRequest, look: Look = {}): Promise<TlsFact> => {
  const { port } = await tls(await optionsFor(request), says(imapGreeting));
  return lookAt(port, look);
};

/** Answers STARTTLS, and then greets nobody but answers again. */
const startTlsServer = async (
  protocol: Protocol,
  { behind = '', offers = true, agrees = true, drops = false } = {},
) => {
  const issued = await certificateFor();
  const secureContext = createSecureContext({ key: issued.key, cert: issued.chain });
  const ready = { smtp: '220 go', imap: 'a2 OK go', pop3: '+OK go' }[protocol];
  const no = { smtp: '454 4.7.0 TLS not available due to local problem', imap: 'a2 NO not now', pop3: '-ERR not now' }[
    protocol
  ];
  const greeting = { smtp: '220 mail ESMTP\r\n', imap: '* OK ready\r\n', pop3: '+OK ready\r\n' }[protocol];
  const list = (inside: boolean, tag: string): string => {
    const word = offers && !inside;
    if (protocol === 'smtp') return `250-mail\r\n${word ? '250-starttls\r\n' : ''}250 AUTH PLAIN\r\n`;
    if (protocol === 'imap')
      return `* CAPABILITY IMAP4rev1 ${word ? 'STARTTLS LOGINDISABLED' : 'AUTH=PLAIN'}\r\n${tag} OK done\r\n`;
    return `+OK list\r\n${word ? 'STLS\r\n' : ''}UIDL\r\n.\r\n`;
  };
  return tcp((socket, heard) => {
    const answer =
      (inside: boolean) =>
      (line: string, on: Socket): string | undefined => {
        const [first = '', second = ''] = line.split(' ');
        const verb = protocol === 'imap' ? second : first;
        if (/^(?:EHLO|CAPABILITY|CAPA)$/.test(verb)) return list(inside, first);
        if (!/^(?:STARTTLS|STLS)$/.test(verb)) return undefined;
        if (drops) {
          on.destroy();
          return undefined;
        }
        if (!agrees) return `${no}\r\n`;
        on.removeAllListeners('data');
        on.write(`${ready}\r\n${behind}`);
        const secure = new TLSSocket(on, { isServer: true, secureContext });
        secure.on('error', () => undefined);
        says('', answer(true))(secure, heard);
        return undefined;
      };
    says(greeting, answer(false))(socket, heard);
  });
};

describe('implicit TLS', () => {
  test('a healthy server brings handshake, chain, trust, greeting and capabilities', async () => {
    const { port, heard } = await tls(
      await optionsFor({ issuer: 'intermediate' }),
      says('* OK ready\r\n', (line) =>
        line === 'a1 CAPABILITY' ? '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n' : undefined,
      ),
    );
    const kit = kitWith({ now: new Date('2026-01-02T03:04:05Z') });
    const fact = await lookAt(port, { kit });
    expect(fact).toMatchObject({
      at: '2026-01-02T03:04:05.000Z',
      address: '127.0.0.1',
      mode: 'tls',
      before: [],
      inside: ['IMAP4REV1', 'AUTH=PLAIN'],
      greeting: { kind: 'greeted', speaks: 'imap', lines: ['* OK ready'] },
      otherNames: [],
    });
    expect(fact).not.toHaveProperty('versions');
    expect(fact).not.toHaveProperty('aia');
    expect(done(fact)).toMatchObject({
      version: 'TLSv1.3',
      cipherIsCommon: true,
      trust: { ok: true },
      nameMatches: true,
      clientCertificateAsked: false,
      chain: [
        {
          subject: 'CN=localhost',
          names: ['localhost', '127.0.0.1', '0:0:0:0:0:0:0:1'],
          key: { type: 'ec', bits: 256 },
          signature: 'ecdsa-with-SHA256',
          selfSigned: false,
          forServers: true,
          authority: false,
        },
        { issuer: expect.stringContaining('Demo Root CA'), authority: true },
      ],
    });
    expect(kit.connections.get(`localhost:${port}`)).toBe(1);
    expect(heard[0]?.[0]).toBe('a1 CAPABILITY');
  });

  test('a greeting that lists enough spares the question', async () => {
    const fact = await lookAtCertificate({});
    expect(fact.inside).toEqual(['IMAP4REV1', 'AUTH=PLAIN']);
  });

  test('an IP address as host is matched against the IP addresses of the certificate', async () => {
    const hosts = { '127.0.0.1': ['127.0.0.1'] };
    const good = await lookAtCertificate({}, { host: '127.0.0.1', kit: kitWith({ hosts }) });
    const bad = await lookAtCertificate({ names: ['localhost'] }, { host: '127.0.0.1', kit: kitWith({ hosts }) });
    expect([done(good).nameMatches, done(bad).nameMatches]).toEqual([true, false]);
  });

  test.each([
    ['smtp', '220 mail ESMTP ready\r\n', 'smtp', '220 mail ESMTP ready'],
    ['imap', '* OK ready\r\n', 'imap', '* OK ready'],
    ['pop3', '+OK ready\r\n', 'pop3', '+OK ready'],
  ] as const)('a server that greets in clear (%s) is plain', async (protocol, greeting, speaks, line) => {
    const { port } = await tcp((socket) => {
      socket.write(greeting);
      socket.resume();
    });
    expect((await lookAt(port, { protocol })).handshake).toMatchObject({ kind: 'plain', speaks, line });
  });

  test('a server that answers the ClientHello in clear is plain, its line read to the end', async () => {
    const { port } = await tcp((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 400');
        setImmediate(() => socket.end(' Bad Request\r\n\r\n'));
      });
    });
    expect((await lookAt(port)).handshake).toMatchObject({
      kind: 'plain',
      speaks: 'http',
      line: 'HTTP/1.1 400 Bad Request',
    });
  });

  test('silent, closed and reset at the ClientHello are told apart', async () => {
    const kit = kitWith({ limits: { stepMs: 200 } });
    const silent = await tcp((socket) => void socket.resume());
    const closed = await tcp((socket) => void socket.once('data', () => socket.end()));
    const reset = await tcp((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    const looks = await Promise.all([silent, closed, reset].map(({ port }) => lookAt(port, { kit })));
    expect(looks.map(({ handshake }) => handshake?.kind)).toEqual(['silent', 'closed', 'reset']);
    expect(looks.map(({ versions }) => versions)).toEqual([undefined, [], []]);
  });

  test('rubbish that begins like a record is a failed handshake', async () => {
    const { port } = await tcp(
      (socket) => void socket.once('data', () => socket.end(Buffer.from('160303ffff0102030405', 'hex'))),
    );
    expect((await lookAt(port)).handshake?.kind).toMatch(/^(?:failed|closed)$/);
  });

  test('a server that takes no newer ClientHello is asked for older versions', async () => {
    // Fails on any ClientHello with supported_versions (43) that lists TLS 1.3, as version-intolerant servers do.
    const issued = await certificateFor();
    const secureContext = createSecureContext({ key: issued.key, cert: issued.cert, maxVersion: 'TLSv1.2' });
    const { port } = await tcp((socket) => {
      socket.once('data', (hello: Buffer) => {
        if (hello.includes(Buffer.from('0304', 'hex')) && hello.includes(Buffer.from('002b', 'hex'))) {
          socket.end(Buffer.from('15030100020246', 'hex'));
          return;
        }
        socket.pause();
        socket.unshift(hello);
        const secure = new TLSSocket(socket, { isServer: true, secureContext });
        secure.on('error', () => undefined);
        says(imapGreeting)(secure, []);
      });
    });
    const fact = await lookAt(port);
    expect(fact.handshake).toMatchObject({ kind: 'failed', alert: 'protocol_version', sawServerHello: false });
    expect(fact.versions).toEqual(['TLSv1.2']);
  });
});

describe('certificates', () => {
  const day = 86_400_000;

  test.each<[string, CertificateRequest, string]>([
    ['expired', { notAfter: new Date(Date.now() - day) }, 'CERT_HAS_EXPIRED'],
    ['not yet valid', { notBefore: new Date(Date.now() + day) }, 'CERT_NOT_YET_VALID'],
    ['self-signed', { issuer: 'self' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    // What matters more stands behind the date, which the certificate shows anyway.
    [
      'self-signed and expired',
      { issuer: 'self', notAfter: new Date(Date.now() - day) },
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    ['not for servers', { serverAuth: false }, 'INVALID_PURPOSE'],
  ])('%s: %j is not trusted', async (_, request, code) => {
    const { trust, chain } = done(await lookAtCertificate(request));
    expect(trust).toMatchObject({ ok: false, code });
    expect(chain[0]?.forServers).toBe(request.serverAuth !== false);
  });

  test('an unknown root is an unknown issuer', async () => {
    const other = join(folder, 'other.pem');
    writeFileSync(other, (await certificateFor({ issuer: 'self', commonName: 'Other CA' })).cert);
    const fact = await lookAtCertificate({ issuer: 'intermediate' }, { ca: other });
    expect(done(fact).trust).toMatchObject({ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' });
    expect(fact).not.toHaveProperty('completedBy');
  });

  test('the chain is what was sent, a root and strangers among it, and nothing out of the trusted store', async () => {
    const leaf = await certificateFor({ issuer: 'intermediate' });
    const stranger = (await certificateFor({ issuer: 'self', commonName: 'Stranger' })).cert;
    const sent = [leaf.cert, stranger, await rootCertificate(), (await intermediateCertificate()).pem];
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { port } = await tls({ key: leaf.key, cert: sent.join('\n'), maxVersion }, says(imapGreeting));
      const { chain, trust } = done(await lookAt(port));
      expect(chain.map(({ subject }) => subject)).toEqual([
        'CN=localhost',
        'CN=Stranger',
        expect.stringContaining('Demo Root CA'),
        expect.stringContaining('Demo Issuing CA'),
      ]);
      expect(trust).toEqual({ ok: true });
    }
  });

  test('weak keys, SHA-1 and TLS 1.0 do not keep us from looking', async () => {
    const weak = await lookAtCertificate({ key: { rsa: 1024 }, issuer: 'self' });
    expect(done(weak).chain[0]).toMatchObject({
      key: { type: 'rsa', bits: 1024 },
      signature: 'sha256WithRSAEncryption',
      selfSigned: true,
    });
    expect(done(await lookAtCertificate({ hash: 'SHA-1' })).chain[0]?.signature).toBe('ecdsa-with-SHA1');
    for (const version of ['TLSv1', 'TLSv1.1'] as const) {
      const { port } = await tls(
        { ...(await optionsFor({ key: { rsa: 2048 } })), minVersion: version, maxVersion: version },
        says(imapGreeting),
      );
      expect(done(await lookAt(port))).toMatchObject({ version, trust: { ok: true } });
    }
  });

  test('the bits of a Diffie-Hellman group are read', async () => {
    // PKCS #3 DHParameter of Oakley group 2, 1024 bits (RFC 2409 6.2).
    const prime = getDiffieHellman('modp2').getPrime();
    const body = Buffer.concat([
      Buffer.from([0x02, 0x81, prime.length + 1, 0x00]),
      prime,
      Buffer.from([0x02, 0x01, 0x02]),
    ]);
    const der = Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body]);
    const dhparam = `-----BEGIN DH PARAMETERS-----\n${der.toString('base64')}\n-----END DH PARAMETERS-----\n`;
    const options = { ...(await optionsFor({ key: { rsa: 2048 } })), maxVersion: 'TLSv1.2' as const, dhparam };
    const { port } = await tls({ ...options, ciphers: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0' }, says(imapGreeting));
    expect(done(await lookAt(port))).toMatchObject({ dhBits: 1024, cipher: 'DHE-RSA-AES128-GCM-SHA256' });
  });

  test.each([
    ['DER', async () => (await intermediateCertificate()).der, 'completes'],
    ['PEM', async () => Buffer.from((await intermediateCertificate()).pem), 'completes'],
    ['another certificate', async () => Buffer.from(await rootCertificate()), 'does-not-complete'],
    ['rubbish', async () => Buffer.from('no certificate'), 'not-fetched'],
    [
      'more than 64 KiB',
      async () => Buffer.from((await intermediateCertificate()).pem + ' '.repeat(100_000)),
      'not-fetched',
    ],
  ] as const)('an incomplete chain is completed from its AIA address: %s', async (_, body, result) => {
    const content = await body();
    const http = createHttp((_request, response) => void response.end(content));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const issuerUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}/ca`;
    const { port } = await tls(await optionsFor({ issuer: 'intermediate', issuerUrl }, 'cert'), says(imapGreeting));
    const fact = await lookAt(port);
    expect(done(fact).trust).toMatchObject({ ok: false, code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(done(fact).chain[0]?.issuerUrls).toEqual([issuerUrl]);
    expect(fact.aia).toEqual({ url: issuerUrl, result });
    http.close();
    http.closeAllConnections();
  });

  test('another service of the mailbox that sends the missing link is named', async () => {
    const incomplete = await tls(await optionsFor({ issuer: 'intermediate' }, 'cert'), says(imapGreeting));
    const complete = await tls(
      await optionsFor({ issuer: 'intermediate' }),
      says('+OK ready\r\n', () => '+OK\r\n.\r\n'),
    );
    const one = mailboxAt({ protocol: 'imap', port: incomplete.port, security: 'tls', ca });
    const two = mailboxAt({ protocol: 'pop3', port: complete.port, security: 'tls', ca });
    const subject = { ...one.subject, services: { imap: one.service, pop3: two.service } };
    const contacts = createContacts(kitWith());
    const [fact, other] = await Promise.all([
      contacts.tls(one.service, subject, never),
      contacts.tls(two.service, subject, never),
    ]);
    expect(fact.completedBy).toBe(`pop3 localhost:${complete.port}`);
    expect(other).not.toHaveProperty('completedBy');
    // A service that is not looked at in this run is not contacted for that.
    const alone = await createContacts(kitWith()).tls(one.service, subject, never);
    expect(alone).not.toHaveProperty('completedBy');
  });

  test('a chain that is trusted only through an intermediate in `ca` says so', async () => {
    const both = join(folder, 'both.pem');
    writeFileSync(both, `${await rootCertificate()}\n${(await intermediateCertificate()).pem}`);
    const { port } = await tls(await optionsFor({ issuer: 'intermediate' }, 'cert'), says(imapGreeting));
    const fact = await lookAt(port, { ca: both });
    expect(done(fact).trust).toEqual({ ok: true });
    expect(fact.completedBy).toBe(both);
    const sound = await lookAtCertificate({ issuer: 'intermediate' }, { ca: both });
    expect(sound).not.toHaveProperty('completedBy');
  });

  test('names of the certificate that lead here are found where the configured one is not among them', async () => {
    const names = ['sv1.hoster.test', 'other.hoster.test', 'gone.hoster.test', '*.wild.test', 'x\u0000y.test'];
    const hosts = {
      'sv1.hoster.test': ['127.0.0.1'],
      'other.hoster.test': ['192.0.2.1'],
      'imap.wild.test': ['127.0.0.1'],
    };
    const fact = await lookAtCertificate({ names }, { kit: kitWith({ hosts }) });
    expect(done(fact).nameMatches).toBe(false);
    expect(fact.otherNames).toEqual([
      { host: 'sv1.hoster.test', sameAddress: true },
      { host: 'other.hoster.test', sameAddress: false },
      { host: 'imap.wild.test', sameAddress: true },
    ]);
  });
});

describe('client certificates', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('one that is required ends the look in %s', async (version) => {
    const options = {
      ...(await optionsFor()),
      minVersion: version,
      maxVersion: version,
      requestCert: true,
      rejectUnauthorized: true,
    };
    const { port } = await tls(options, says(imapGreeting));
    expect((await lookAt(port)).handshake).toMatchObject({
      kind: 'failed',
      clientCertificateAsked: true,
      sawServerHello: true,
    });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('one that is only asked for is noted in %s', async (version) => {
    const options = {
      ...(await optionsFor()),
      minVersion: version,
      maxVersion: version,
      requestCert: true,
      rejectUnauthorized: false,
    };
    const { port } = await tls(options, says(imapGreeting));
    const fact = await lookAt(port);
    expect(done(fact).clientCertificateAsked).toBe(true);
    expect(fact.inside).toEqual(['IMAP4REV1', 'AUTH=PLAIN']);
  });
});

describe('STARTTLS', () => {
  test.each([
    ['smtp', ['STARTTLS', 'AUTH PLAIN'], ['AUTH PLAIN'], ['EHLO [127.0.0.1]', 'STARTTLS', 'EHLO [127.0.0.1]', 'QUIT']],
    [
      'imap',
      ['IMAP4REV1', 'STARTTLS', 'LOGINDISABLED'],
      ['IMAP4REV1', 'AUTH=PLAIN'],
      ['a1 CAPABILITY', 'a2 STARTTLS', 'a1 CAPABILITY', 'a0 LOGOUT'],
    ],
    ['pop3', ['STLS', 'UIDL'], ['UIDL'], ['CAPA', 'STLS', 'CAPA', 'QUIT']],
  ] as const)('%s goes from clear text to TLS and asks again inside', async (protocol, before, inside, said) => {
    const { port, heard } = await startTlsServer(protocol);
    const fact = await lookAt(port, { protocol, security: 'starttls' });
    expect(fact).toMatchObject({ mode: 'starttls', before, startTls: { kind: 'agreed' }, inside });
    expect(done(fact).trust).toEqual({ ok: true });
    expect(fact).not.toHaveProperty('greeting');
    while (heard[0]?.length !== said.length) await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([said]);
  });

  test('clear text behind the agreement is dropped (CVE-2011-0411)', async () => {
    const { port } = await startTlsServer('smtp', { behind: '250-injected\r\n250 AUTH EVIL\r\n' });
    const fact = await lookAt(port, { protocol: 'smtp', security: 'starttls' });
    expect(fact).toMatchObject({ startTls: { kind: 'agreed' }, inside: ['AUTH PLAIN'] });
  });

  test.each([
    ['not offered', { offers: false }, { kind: 'not-offered' }],
    ['refused', { agrees: false }, { kind: 'refused', reply: '454 4.7.0 TLS not available due to local problem' }],
    ['broken', { drops: true }, { kind: 'broken', how: 'closed' }],
  ] as const)('it may be %s', async (_, how, startTls) => {
    const { port } = await startTlsServer('smtp', how);
    const fact = await lookAt(port, { protocol: 'smtp', security: 'starttls' });
    expect(fact.startTls).toEqual(startTls);
    expect(fact).not.toHaveProperty('handshake');
  });

  test.each(['XXXXXXXA', 'XTARTTLS', 'STARTTLX'])('the altered word %s is seen', async (altered) => {
    const { port } = await tcp(
      says('220 mail ESMTP\r\n', (line) =>
        line.startsWith('EHLO') ? `250-mail\r\n250-${altered}\r\n250 SIZE\r\n` : undefined,
      ),
    );
    const fact = await lookAt(port, { protocol: 'smtp', security: 'starttls' });
    expect(fact.startTls).toEqual({ kind: 'not-offered', altered });
  });

  test('a server that goes on in clear after agreeing is plain', async () => {
    const { port } = await tcp(
      says('+OK ready\r\n', (line, socket) => {
        if (line === 'CAPA') return '+OK\r\nSTLS\r\n.\r\n';
        // The random bytes of a handshake may hold the end of a line.
        if (line !== 'STLS') return undefined;
        socket.on('data', () => socket.end('-ERR what?\r\n'));
        return '+OK\r\n';
      }),
    );
    const fact = await lookAt(port, { protocol: 'pop3', security: 'starttls' });
    expect(fact.handshake).toMatchObject({ kind: 'plain', speaks: 'pop3', line: '-ERR what?' });
  });

  test('the first address that works goes on, the others say goodbye', async () => {
    const { port, heard } = await startTlsServer('smtp');
    const hosts = { 'mail.example.test': ['127.0.0.2', '127.0.0.1'] };
    const fact = await lookAt(port, {
      protocol: 'smtp',
      security: 'starttls',
      host: 'mail.example.test',
      kit: kitWith({ hosts }),
    });
    expect(fact.address).toBe('127.0.0.1');
    expect(heard).toHaveLength(1);
  });

  test('where none works there is no talk', async () => {
    const { port } = await tcp(says('554 go away\r\n'));
    const fact = await lookAt(port, { protocol: 'smtp', security: 'starttls' });
    expect(fact).toMatchObject({ address: '127.0.0.1', before: [], inside: [], otherNames: [] });
    expect(fact).not.toHaveProperty('startTls');
  });
});

describe('as the runtime of the CRM', () => {
  /** Shows its own certificate to who asks by the name `localhost`, and another one to all others. */
  const twoFaced = async (): Promise<TlsOptions> => {
    const [own, other] = await Promise.all([optionsFor(), optionsFor({ names: ['sv1.hosting.test'] })]);
    return {
      ...other,
      SNICallback: (name, done) => done(null, createSecureContext(name === 'localhost' ? own : other)),
    };
  };

  test('PHP fetches without a server name: both certificates are seen, with one connection more', async () => {
    const { port } = await tls(await twoFaced(), says(imapGreeting));
    const kit = kitWith();
    const fact = await lookAt(port, { kit, mail: { as: 'php' } });
    expect(done(fact)).toMatchObject({ nameMatches: true, trust: { ok: true } });
    expect(fact.asCrm).toMatchObject({
      reasons: ['sni'],
      sni: false,
      handshake: { kind: 'done', nameMatches: false, chain: [{ names: ['sv1.hosting.test'] }] },
    });
    expect(kit.connections.get(`localhost:${port}`)).toBe(2);
  });

  test.each<[string, Partial<MailConfig>, Protocol]>([
    ['Node.js', {}, 'imap'],
    ['PHP over SMTP', { as: 'php' }, 'smtp'],
    ['PHP 8.4, which has no imap extension', { as: 'php', asVersion: '8.4' }, 'imap'],
    ['Python', { as: 'python' }, 'imap'],
  ])('%s sends the name: one connection', async (_name, mail, protocol) => {
    const { port } = await tls(
      await twoFaced(),
      says(protocol === 'smtp' ? '220 a ESMTP\r\n' : imapGreeting, () => '250 a\r\n'),
    );
    const kit = kitWith();
    expect(await lookAt(port, { kit, protocol, mail })).not.toHaveProperty('asCrm');
    expect(kit.connections.get(`localhost:${port}`)).toBe(1);
  });

  test.each<[string, Partial<MailConfig>, TlsOptions, object]>([
    [
      'PHP 7.0 and a server with TLS 1.3 only',
      { as: 'php', asVersion: '7.0' },
      { minVersion: 'TLSv1.3' },
      { reasons: ['sni', 'version'], newest: 'TLSv1.2', handshake: { kind: 'failed', alert: 'protocol_version' } },
    ],
    [
      'PHP 7.0 and a server that takes TLS 1.2',
      { as: 'php', asVersion: '7.0' },
      {},
      { reasons: ['sni', 'version'], handshake: { kind: 'done', version: 'TLSv1.2' } },
    ],
    [
      'Java 7 and a server from TLS 1.2 on',
      { as: 'java', asVersion: '7' },
      { minVersion: 'TLSv1.2' },
      { reasons: ['version'], newest: 'TLSv1', handshake: { kind: 'failed', alert: 'protocol_version' } },
    ],
    [
      'Python and AES128-SHA only',
      { as: 'python' },
      { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:@SECLEVEL=0' },
      { reasons: ['cipher'], sni: true, handshake: { kind: 'failed', alert: 'handshake_failure' } },
    ],
  ])('%s', async (_name, mail, options, expected) => {
    const { port } = await tls({ ...(await optionsFor({ key: { rsa: 2048 } })), ...options }, says(imapGreeting));
    expect((await lookAt(port, { mail })).asCrm).toMatchObject(expected);
  });

  test('PHP refuses an RSA key of 1024 bits, in a handshake at its security level', async () => {
    const { port } = await tls(await optionsFor({ key: { rsa: 1024 } }), says(imapGreeting));
    const fact = await lookAt(port, { mail: { as: 'php' } });
    expect(done(fact).trust).toEqual({ ok: true });
    expect(fact.asCrm).toMatchObject({
      reasons: ['sni', 'bits'],
      handshake: { kind: 'done', trust: { ok: false, code: 'UNSPECIFIED' } },
    });
  });

  test('a server that ends the handshake for the name is asked without one', async () => {
    const own = await optionsFor({ names: ['sv1.hosting.test'] });
    const { port } = await tls(
      { ...own, SNICallback: (_name, done) => done(new Error('unknown name')) },
      says(imapGreeting),
    );
    const fact = await lookAt(port);
    expect(fact.handshake?.kind).not.toBe('done');
    expect(fact.withoutSni).toMatchObject({ kind: 'done', chain: [{ names: ['sv1.hosting.test'] }] });
  });

  test.each<[string, (file: (name: string) => string) => string, number]>([
    ['none', () => 'none', 0],
    ['one without the root', (file) => file('other.pem'), 1],
  ])('the store of the CRM is judged by: %s', async (_name, trustIn, certificates) => {
    const file = (name: string): string => {
      writeFileSync(join(folder, name), rootCertificates[0] ?? '');
      return join(folder, name);
    };
    const trust = trustIn(file);
    const { port } = await tls(await optionsFor(), says(imapGreeting));
    const without = await lookAt(port, { mail: { trust }, ca: file('unrelated.pem') });
    expect(done(without).trust).toMatchObject({ ok: false });
    // The root of the test is in no store of this system either.
    expect(without.store).toEqual({ source: trust, certificates, systemTrusts: false });
    const withRoot = await lookAt(port, { mail: { trust } });
    expect(done(withRoot).trust).toEqual({ ok: true });
    expect(withRoot.store).toBeUndefined();
  });
});

test('what the ServerHello says of RFC 5746', async () => {
  const { port } = await tls({ ...(await optionsFor()), maxVersion: 'TLSv1.2' }, says(imapGreeting));
  expect(done(await lookAt(port)).secureRenegotiation).toBeUndefined();
  const hello = (extensions: readonly number[]): Buffer => {
    const body = Buffer.from([
      3,
      3,
      ...Array<number>(32).fill(7),
      0,
      0xc0,
      0x2f,
      0,
      0,
      extensions.length,
      ...extensions,
    ]);
    const message = Buffer.concat([Buffer.from([2, 0, 0, body.length]), body]);
    return Buffer.concat([Buffer.from([22, 3, 3, 0, message.length]), message]);
  };
  const read = (extensions: readonly number[]): unknown => {
    const reader = recordReader();
    reader.read(hello(extensions));
    return reader.overheard().secureRenegotiation;
  };
  expect(read([0xff, 1, 0, 1, 0])).toBe(true);
  expect(read([0, 23, 0, 0, 0xff, 1, 0, 1, 0])).toBe(true);
  expect(read([0, 23, 0, 0])).toBe(false);
  expect(read([])).toBe(false);
});

describe('a client certificate', () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is shown to a server that asks for one, in %s', async (version) => {
    const own = await certificateFor({ names: ['crm.example.test'] });
    const cert = file('client.pem', own.cert);
    const key = file('client.key', own.key);
    const seen: string[] = [];
    const options: TlsOptions = {
      ...(await optionsFor()),
      maxVersion: version,
      requestCert: true,
      rejectUnauthorized: false,
    };
    const { port } = await tls(options, (socket) => {
      seen.push((socket as TLSSocket).getPeerX509Certificate()?.subject ?? 'none');
      socket.write(imapGreeting);
    });
    const fact = await lookAt(port, { mail: { clientCertificate: { cert, key } } });
    expect(seen).toEqual(['CN=crm.example.test']);
    expect(done(fact).clientCertificateAsked).toBe(true);
    expect(fact.clientCertificate).toMatchObject({ cert, key, state: 'usable', subject: 'CN=crm.example.test' });
    expect(JSON.stringify(fact)).not.toContain('PRIVATE');
    await lookAt(port);
    expect(seen).toEqual(['CN=crm.example.test', 'none']);
  });

  test('is not taken for asked where nobody asks', async () => {
    const own = await certificateFor({ names: ['crm.example.test'] });
    const cert = file('both.pem', own.cert + own.key);
    const { port } = await tls(await optionsFor(), says(imapGreeting));
    const fact = await lookAt(port, { mail: { clientCertificate: { cert } } });
    expect(fact.clientCertificate).toMatchObject({ state: 'usable' });
    expect(done(fact).clientCertificateAsked).toBe(false);
  });

  test('files that cannot be used are told apart', async () => {
    const [own, other] = await Promise.all([
      certificateFor({ names: ['a.test'] }),
      certificateFor({ names: ['b.test'] }),
    ]);
    const locked = createPrivateKey(own.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    const good = file('good.pem', own.cert);
    const states = [
      [join(folder, 'nowhere'), undefined, 'no-certificate-file'],
      [file('text', 'hello'), undefined, 'no-certificate'],
      [good, join(folder, 'nowhere'), 'no-key-file'],
      [good, undefined, 'no-key'],
      [good, file('other.key', other.key), 'mismatch'],
      [good, file('locked.key', String(locked)), 'passphrase'],
    ] as const;
    const { secrets } = kitWith();
    for (const [cert, key, state] of states) {
      const given = { clientCertificate: { cert, ...(key === undefined ? {} : { key }) } };
      expect((await identityOf(given, { secrets }))?.fact.state).toBe(state);
    }
    const passphrase = { secret: 'p' };
    const opened = await identityOf(
      { clientCertificate: { cert: good, key: join(folder, 'locked.key'), passphrase } },
      { secrets: { ...secrets, reveal: () => 'x' } },
    );
    expect(opened?.fact).toMatchObject({ state: 'usable', forClients: expect.any(Boolean) });
  });
});
