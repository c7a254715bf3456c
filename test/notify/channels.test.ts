import { createHmac, createVerify } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { certificateFor } from '../../fixtures/certificates.ts';
import { MailStore } from '../../fixtures/mail-store.ts';
import { type SmtpOptions, type Submission, startSmtp } from '../../fixtures/smtp.server.ts';
import type { Notice, StateNotice } from '../../src/notify/notice.ts';
import { defaultLimits } from '../../src/world/kit.ts';
import { createPoster } from '../../src/world/notify-http.ts';
import { folder, hostile, keyFile, keys, noticeWith, opened, sendBy } from './channel-kit.ts';
import { type Answer, type Request, startReceiver } from './receiver.ts';

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const receiver = async (answer: Answer | ((request: Request) => Answer), tls?: { key: string; cert: string }) => {
  const server = await startReceiver(typeof answer === 'function' ? answer : () => answer, tls);
  running.push(server);
  return server;
};

const ok: Answer = { status: 200, body: 'ok' };

const jsonBody = (request: Request | undefined): Record<string, unknown> => JSON.parse(request?.body ?? '{}');

/** Every text that a receiver would show. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
};

/** The text of quoted-printable, in a body and in the words of a header. */
const unquoted = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/\?=\s*=\?utf-8\?q\?/gi, '')
      .replace(/=([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  ).toString('utf8');

const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe('Slack', () => {
  const at = async (answer: Answer, words = '') => {
    const server = await receiver(answer);
    const channels = await opened(`notify: { type: slack, url: '${server.base}/services/T0/B0/secretsecretsecret' }`);
    return { outcome: await sendBy(channels, noticeWith(words)), server };
  };

  test('is told with blocks and a text', async () => {
    const { outcome, server } = await at(ok);
    expect(outcome).toEqual({ kind: 'delivered' });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/services/T0/B0/secretsecretsecret' });
    const body = jsonBody(request);
    expect(String(body.text)).toMatch(/^\[crm-doctor\] 障害: info@example\.jp: サーバー証明書の有効期限切れ/);
    const said = textsIn(body.blocks).join('\n');
    for (const words of [
      '根拠',
      '対処（担当: メールサーバーの管理者）',
      '前回の解決',
      'crm-doctor check --only mail.tls',
    ]) {
      expect(said).toContain(words);
    }
  });

  test('reads nothing in what a server said', async () => {
    const { server } = await at(ok, hostile);
    const body = jsonBody(server.requests[0]);
    expect(String(body.text)).not.toMatch(/[<>]/);
    expect(String(body.text)).toContain('&lt;!channel&gt;');
    const types = JSON.stringify(body.blocks).match(/"type":"[a-z_]+"/g);
    expect(new Set(types)).toEqual(
      new Set(
        ['rich_text', 'rich_text_section', 'rich_text_preformatted', 'text', 'context', 'plain_text'].map(
          (type) => `"type":"${type}"`,
        ),
      ),
    );
    expect(textsIn(body).some((words) => unprintable.test(words))).toBe(false);
  });

  test.each<[Answer, object]>([
    [{ status: 200, body: '<html>login</html>' }, { kind: 'uncertain' }],
    [
      { status: 404, body: 'no_service' },
      { kind: 'refused', says: { en: 'the receiver answers 404: no_service' } },
    ],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'later', afterMs: 7_000 },
    ],
    [{ status: 500 }, { kind: 'later' }],
    [{ status: 504 }, { kind: 'uncertain' }],
    [{ status: 307, headers: { location: 'https://evil.example/' } }, { kind: 'refused' }],
    ['drop', { kind: 'uncertain' }],
    ['reset', { kind: 'uncertain' }],
    ['flood', { kind: 'uncertain' }],
    ['hang', { kind: 'uncertain' }],
  ])('%j is %j', async (answer, expected) => {
    const { outcome, server } = await at(answer);
    expect(outcome).toMatchObject(expected);
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain('secretsecretsecret');
  });

  test('a receiver that is not there is tried again later', async () => {
    const server = await startReceiver(() => ok);
    await server.stop();
    const channels = await opened(`notify: { type: slack, url: '${server.base}/x' }`);
    expect(await sendBy(channels)).toMatchObject({ kind: 'later' });
  });

  test('a redirect is not followed, even to the same host', async () => {
    const server = await receiver(({ path }) => (path === '/a' ? { status: 302, headers: { location: '/b' } } : ok));
    const channels = await opened(`notify: { type: slack, url: '${server.base}/a' }`);
    expect(await sendBy(channels)).toMatchObject({ kind: 'refused' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/a']);
  });
});

test('a huge answer is read no further than its beginning', async () => {
  const server = await receiver('flood');
  const post = createPoster({ limits: defaultLimits, env: {} });
  const posted = await post(
    { url: new URL(server.base), contentType: 'text/plain', body: '' },
    new AbortController().signal,
  );
  const body = posted.kind === 'answered' ? posted.answer.body : '';
  expect({ kind: posted.kind, characters: body.length }).toEqual({ kind: 'answered', characters: 16 * 1024 });
});

test('TLS is checked: an unknown issuer is told nothing, ca makes it known', async () => {
  const issued = await certificateFor({ names: ['localhost'] });
  const server = await receiver(ok, issued);
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, issued.ca);
  const url = `${server.base}/x`;
  expect(await sendBy(await opened(`notify: { type: slack, url: '${url}' }`))).toMatchObject({ kind: 'later' });
  expect(server.requests).toEqual([]);
  expect(await sendBy(await opened(`notify: { type: slack, url: '${url}', ca: '${ca}' }`))).toEqual({
    kind: 'delivered',
  });
});

test.each([
  ['http://hooks.example/x', 'http://'],
  ['https://user:pass@hooks.example/x', 'パスワード'],
  ['ftp://hooks.example/x', 'https://'],
  ['not an address', 'https://'],
])('the address %s out of a file is refused before anything is sent', async (url, words) => {
  const file = join(folder, 'url.txt');
  writeFileSync(file, url);
  const error = await opened(`notify: { type: webhook, urlFile: '${file}' }`).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'SecretError', text: { ja: expect.stringContaining(words) } });
  expect(JSON.stringify(error)).not.toContain(url);
});

describe('Teams', () => {
  test('is told with an Adaptive Card in which nothing is read as Markdown', async () => {
    const server = await receiver({ status: 202 });
    const channels = await opened(`notify: { type: teams, url: '${server.base}/workflows/1' }`);
    expect(await sendBy(channels, noticeWith(hostile))).toEqual({ kind: 'delivered' });
    const body = jsonBody(server.requests[0]);
    const types = JSON.stringify(body).match(/"type":"[A-Za-z]+"/g);
    expect(new Set(types)).toEqual(
      new Set(['message', 'AdaptiveCard', 'RichTextBlock', 'TextRun'].map((type) => `"type":"${type}"`)),
    );
    expect(Buffer.byteLength(server.requests[0]?.body ?? '')).toBeLessThan(28_000);
    expect(textsIn(body).some((words) => unprintable.test(words))).toBe(false);
  });

  test('a long notice still fits', async () => {
    const server = await receiver({ status: 202 });
    const channels = await opened(`notify: { type: teams, url: '${server.base}/workflows/1' }`);
    await sendBy(channels, noticeWith('長'.repeat(1_900)));
    expect(Buffer.byteLength(server.requests[0]?.body ?? '')).toBeLessThan(28_000);
  });
});

describe('Chatwork', () => {
  const chatwork = async (answer: Answer) => {
    const server = await receiver(answer);
    const channels = await opened("notify: { type: chatwork, room: '123', token: cw-token-0123456789 }", {
      endpoints: { chatwork: `${server.base}/v2`, lineWorks: { token: '', api: '' } },
    });
    return { server, channels };
  };

  test('is told in a room, without a tag of anybody else', async () => {
    const { server, channels } = await chatwork({ status: 200, body: '{"message_id":"1"}' });
    expect(await sendBy(channels, noticeWith(hostile))).toEqual({ kind: 'delivered' });
    const [request] = server.requests;
    expect(request?.path).toBe('/v2/rooms/123/messages');
    expect(request?.headers['x-chatworktoken']).toBe('cw-token-0123456789');
    const text = new URLSearchParams(request?.body).get('body') ?? '';
    expect(text.match(/\[[^\]]*\]/g)).toEqual(['[info]', '[title]', '[/title]', '[/info]']);
    expect(unprintable.test(text)).toBe(false);
  });

  test('says in seconds since 1970 when its limit ends', async () => {
    const reset = Math.floor(Date.now() / 1000) + 100;
    const { channels } = await chatwork({ status: 429, headers: { 'x-ratelimit-reset': String(reset) } });
    const outcome = await sendBy(channels);
    expect(outcome).toMatchObject({ kind: 'later' });
    expect('afterMs' in outcome ? outcome.afterMs : 0).toBeGreaterThan(60_000);
  });

  test('a success without a message id is none', async () => {
    const { channels } = await chatwork({ status: 200, body: 'ok' });
    expect(await sendBy(channels)).toMatchObject({ kind: 'uncertain' });
  });
});

test('Google Chat is told without a mention or a link of anybody else', async () => {
  const server = await receiver({ status: 200, body: '{ "name": "spaces/A/messages/B" }' });
  const channels = await opened(
    `notify: { type: google-chat, url: '${server.base}/v1/spaces/A/messages?key=k&token=tokentokentoken' }`,
  );
  expect(await sendBy(channels, noticeWith(hostile))).toEqual({ kind: 'delivered' });
  const text = String(jsonBody(server.requests[0]).text);
  expect(text).not.toMatch(/[<>`~]/);
  expect(text.length).toBeLessThan(4_096);
  expect(text).toContain('‹users/all›');
});

describe('LINE WORKS', () => {
  const bot = async (answer: (request: Request) => Answer) => {
    const server = await receiver(answer);
    const channels = await opened(
      `notify:
  type: line-works
  bot: '777'
  channel: room-1
  clientId: client-1
  clientSecret: lw-client-secret
  serviceAccount: abc.serviceaccount@example
  privateKeyFile: ${keyFile}`,
      { endpoints: { chatwork: '', lineWorks: { token: `${server.base}/token`, api: `${server.base}/v1.0` } } },
    );
    return { server, channels };
  };
  const token: Answer = { status: 200, body: '{"access_token":"lw-access-token-1","expires_in":"86400"}' };

  test('gets a signed statement, gives a token, and the bot speaks', async () => {
    const { server, channels } = await bot(({ path }) => (path === '/token' ? token : { status: 201 }));
    expect(await sendBy(channels, noticeWith(hostile))).toEqual({ kind: 'delivered' });
    expect(await sendBy(channels)).toEqual({ kind: 'delivered' });
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/token',
      '/v1.0/bots/777/channels/room-1/messages',
      '/v1.0/bots/777/channels/room-1/messages',
    ]);
    const form = new URLSearchParams(server.requests[0]?.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const verify = createVerify('RSA-SHA256').update(`${head}.${claims}`);
    expect(verify.verify(keys.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'client-1',
      sub: 'abc.serviceaccount@example',
    });
    expect(server.requests[1]?.headers.authorization).toBe('Bearer lw-access-token-1');
    const body = jsonBody(server.requests[1]);
    expect(body).toMatchObject({ content: { type: 'text' } });
    expect(textsIn(body).join('').length).toBeLessThan(2_000);
  });

  test('a refused client is not asked again and again', async () => {
    const { channels } = await bot(() => ({
      status: 400,
      body: '{"error":"invalid_client","echo":"lw-client-secret"}',
    }));
    const outcome = await sendBy(channels);
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(outcome)).not.toContain('lw-client-secret');
  });

  test('a token that is refused is fetched anew', async () => {
    let times = 0;
    const { server, channels } = await bot(({ path }) => {
      if (path === '/token') return token;
      times += 1;
      return { status: times === 1 ? 401 : 201 };
    });
    expect(await sendBy(channels)).toMatchObject({ kind: 'refused' });
    expect(await sendBy(channels)).toEqual({ kind: 'delivered' });
    expect(server.requests.filter(({ path }) => path === '/token')).toHaveLength(2);
  });

  test('the incoming webhook takes a title and a text', async () => {
    const server = await receiver({ status: 200, body: '{"code":200}' });
    const channels = await opened(`notify: { type: line-works, url: '${server.base}/message/uuid' }`);
    expect(await sendBy(channels)).toEqual({ kind: 'delivered' });
    expect(jsonBody(server.requests[0])).toMatchObject({
      title: expect.stringContaining('障害'),
      body: { text: expect.any(String) },
    });
  });
});

describe('a webhook of one’s own', () => {
  test('is signed over time and body, and carries the same id at every attempt', async () => {
    const server = await receiver({ status: 204 });
    const channels = await opened(`notify: { type: webhook, url: '${server.base}/hook', secret: hmac-secret-1 }`);
    await sendBy(channels, noticeWith(hostile));
    await sendBy(channels, noticeWith(hostile));
    const [first, second] = server.requests;
    const time = String(first?.headers['x-crmdoctor-timestamp']);
    const mac = createHmac('sha256', 'hmac-secret-1').update(`${time}.${first?.body}`).digest('hex');
    expect(first?.headers['x-crmdoctor-signature']).toBe(`sha256=${mac}`);
    expect(Math.abs(Number(time) * 1000 - Date.now())).toBeLessThan(600_000);
    expect(first?.headers['idempotency-key']).toBe('run1.1.webhook');
    expect(second?.headers['idempotency-key']).toBe('run1.1.webhook');
    expect(jsonBody(first)).toMatchObject({
      schema: 'crm-doctor/notice/v1',
      kind: 'problem',
      severity: 'critical',
      notice: { item: { cause: 'tls.certificate-expired', mailboxes: ['info@example.jp'] } },
    });
  });

  test.each<Answer>(['drop', 'reset', 'hang'])(
    'may be sent again after %j, as its receiver knows the id',
    async (answer) => {
      const server = await receiver(answer);
      const channels = await opened(`notify: { type: webhook, url: '${server.base}/hook' }`);
      expect(await sendBy(channels)).toMatchObject({ kind: 'later' });
    },
  );
});

test('what opens the address of a ping stands in no ping', async () => {
  const server = await receiver({ status: 200 });
  const { pings } = await opened(`notify: { type: ping, url: '${server.base}/p?token=ping-token-secret' }`);
  await pings[0]?.tell('fail', ['no answer with ping-token-secret'], new AbortController().signal);
  expect(server.requests[0]?.body).toBe('no answer with ***');
});

test('a ping says start, success and failure, with its words in the body', async () => {
  const server = await receiver({ status: 200, body: 'OK' });
  const { pings, channels } = await opened(`notify: { type: ping, url: '${server.base}/ping/uuid?x=1' }`);
  expect(channels).toEqual([]);
  const { signal } = new AbortController();
  for (const phase of ['start', 'success', 'fail'] as const) {
    expect(await pings[0]?.tell(phase, ['problems: 2'], signal)).toBeUndefined();
  }
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/ping/uuid/start?x=1',
    '/ping/uuid?x=1',
    '/ping/uuid/fail?x=1',
  ]);
  expect(server.requests[2]?.body).toBe('problems: 2');
});

describe('a program', () => {
  const script = (name: string, words: string): string => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${words}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const run = async (words: string, more = '') => {
    const file = script(`program-${Math.random().toString(36).slice(2)}.sh`, words);
    const env = { PATH: process.env.PATH ?? '' };
    return sendBy(
      await opened(`notify: { type: command, command: ['${file}', 'a b; touch ${folder}/no']${more} }`, { env }),
      noticeWith(hostile),
    );
  };

  test('gets the notice on its input and the most important in its environment, without a shell', async () => {
    const seen = join(folder, 'seen.txt');
    expect(await run(`{ echo "$1|$CRM_DOCTOR_KIND|$CRM_DOCTOR_SEVERITY"; cat; } > ${seen}`)).toEqual({
      kind: 'delivered',
    });
    const [line = '', json = ''] = readFileSync(seen, 'utf8').split('\n');
    expect(line).toBe(`a b; touch ${folder}/no|problem|critical`);
    expect(JSON.parse(json)).toMatchObject({ schema: 'crm-doctor/notice/v1', kind: 'problem' });
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });

  test.each([
    ['echo why >&2; exit 3', { kind: 'refused', says: { en: 'the program ended with 3: why' } }],
    ['exit 75', { kind: 'later' }],
    ['yes | head -c 30000000 >&2; exit 0', { kind: 'delivered' }],
    ['exec 0<&-; exit 0', { kind: 'delivered' }],
  ])('%s is %j', async (words, expected) => {
    expect(await run(words)).toMatchObject(expected);
  });

  test('that does not end is ended with its children', async () => {
    expect(await run('sleep 600 & sleep 600', ', timeout: 500ms')).toMatchObject({ kind: 'uncertain' });
  });

  test('that is not there is said', async () => {
    expect(await sendBy(await opened('notify: { type: command, command: /no/such/program }'))).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('e-mail', () => {
  const password = 'Geheim/パス+=1';
  const mail = async (more: Partial<SmtpOptions> = {}, clear = false) => {
    const taken: Submission[] = [];
    const issued = await certificateFor({ names: ['localhost'] });
    const ca = join(folder, 'mail-ca.pem');
    writeFileSync(ca, issued.ca);
    const server = await startSmtp({
      store: new MailStore(['sales', 'admin', 'other'].map((name) => ({ address: `${name}@example.test`, password }))),
      tls: clear ? 'none' : 'starttls',
      certificate: issued,
      delivery: (submission) => {
        taken.push(submission);
        return { kind: 'lost' };
      },
      ...more,
    });
    running.push(server);
    const channels = await opened(
      `mail:
  address: sales@example.test
  password: '${password}'
  ca: ${ca}
  smtp: { host: localhost, port: ${server.port}, security: starttls }
notify:
  type: email
  to: [admin@example.test, other@example.test]`,
      { stepMs: 5_000 },
    );
    return { taken, channels };
  };

  test('goes through the account as it is configured, as plain text that nobody can add a header to', async () => {
    const { taken, channels } = await mail();
    expect(await sendBy(channels, noticeWith(hostile))).toEqual({ kind: 'delivered' });
    const [one] = taken;
    expect(one).toMatchObject({
      login: 'sales@example.test',
      from: 'sales@example.test',
      to: ['admin@example.test', 'other@example.test'],
    });
    const raw = one?.raw.toString('latin1') ?? '';
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    expect(head).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(head).toMatch(/^Message-ID: <crm-doctor\.run1\.1\.email@example\.test>$/im);
    expect(head).toMatch(/^Content-Type: text\/plain; charset=utf-8$/im);
    expect(head).not.toMatch(/^Bcc:/im);
    expect(raw.match(/^Subject:/gim)).toHaveLength(1);
  });

  test('a recipient that is refused is told, the other one gets it', async () => {
    const { taken, channels } = await mail({
      refuse: { rcpt: ({ address }) => (address === 'other@example.test' ? '550 5.1.1 no such user' : undefined) },
    });
    expect(await sendBy(channels)).toMatchObject({ kind: 'delivered', says: { en: 'refused for other@example.test' } });
    expect(taken).toHaveLength(1);
  });

  test.each<[string, SmtpOptions['refuse'], object]>([
    ['busy', { mail: () => '451 4.3.0 try later' }, { kind: 'later' }],
    ['refused', { mail: () => '550 5.7.1 not you' }, { kind: 'refused' }],
    ['full', { data: () => '452 4.2.2 full' }, { kind: 'later' }],
  ])('a server that is %s', async (_, refuse, expected) => {
    const { channels } = await mail(refuse ? { refuse } : {});
    expect(await sendBy(channels)).toMatchObject(expected);
  });

  test('a refused login is not made a second time at once', async () => {
    let logins = 0;
    const { channels } = await mail({
      refuse: {
        auth: () => {
          logins += 1;
          return '535 5.7.8 authentication failed';
        },
      },
    });
    expect(await sendBy(channels)).toMatchObject({ kind: 'refused' });
    expect(await sendBy(channels)).toMatchObject({ kind: 'later' });
    expect(logins).toBe(1);
  });

  test('never goes without the TLS that is configured', async () => {
    const { taken, channels } = await mail({ auth: 'optional' }, true);
    expect(await sendBy(channels)).toMatchObject({ kind: 'refused' });
    expect(taken).toEqual([]);
  });

  test('is not sent through the mailbox that is itself the problem', async () => {
    const { channels } = await mail();
    const [channel] = channels.channels;
    const about = (affects: readonly string[]) => noticeWith('', { mailboxes: ['sales@example.test'], affects });
    expect(channel?.unfit?.(about(['smtp localhost:587']))).toMatchObject({
      ja: expect.stringContaining('このメールボックス自体'),
    });
    expect(channel?.unfit?.(about(['imap localhost:993']))).toBeUndefined();
    expect(channel?.unfit?.(noticeWith(''))).toBeUndefined();
    expect(channel?.unfit?.({ ...about(['smtp localhost:587']), kind: 'recovered' })).toBeUndefined();
    const calm = { ...about(['smtp localhost:587']), kind: 'calm', now: 'good' } as const;
    expect(channel?.unfit?.(calm)).toBeUndefined();
    const digest = (held: StateNotice): Notice => ({
      kind: 'digest',
      id: 'run1.digest',
      at: held.at,
      severity: 'critical',
      from: held.at,
      held: [{ notice: held }],
      more: 0,
    });
    expect(channel?.unfit?.(digest(calm))).toBeUndefined();
    expect(channel?.unfit?.(digest(about(['smtp localhost:587'])))).toBeDefined();
  });
});

test('a channel in the other language has the cause in its own, of what the run said in one', async () => {
  const server = await receiver(ok);
  const channels = await opened(`notify: { type: slack, url: '${server.base}/x', language: en }`);
  const inJapanese = 'サーバー証明書の有効期限が切れています';
  await sendBy(channels, noticeWith('', { title: { en: inJapanese, ja: inJapanese } }));
  expect(String(jsonBody(server.requests[0]).text)).toContain(
    'Problem: info@example.jp: The server certificate has expired',
  );
});

test('passwords of mailboxes that nothing is sent through are not asked for', async () => {
  const server = await receiver(ok);
  const asked = join(folder, 'asked');
  const channels = await opened(`mail: { address: a@example.test, passwordCommand: 'touch ${asked}' }
notify: { type: slack, url: '${server.base}/x' }`);
  expect(await sendBy(channels)).toEqual({ kind: 'delivered' });
  expect(existsSync(asked)).toBe(false);
});

describe('secrets', () => {
  const secrets = [
    'mail-password-äöü-1',
    'crm-secret-0123456789',
    'hook-path-secret-1',
    'hmac-secret-9876',
    'cw-token-secret-5432',
    'lw-client-secret-8765',
    'lw-access-secret-4321',
  ];
  const [mailSecret, crmSecret, hookSecret, hmacSecret, chatworkSecret, botSecret, tokenSecret] = secrets;
  const forms = (secret: string): readonly string[] => [
    secret,
    Buffer.from(secret).toString('base64'),
    encodeURIComponent(secret),
  ];

  /** What is told through one channel of each kind, and what came of it. */
  const told = async (words: string): Promise<string> => {
    const bodies: string[] = [];
    const server = await receiver(({ body, path }) => {
      // The one place that the secret of a bot and its token are meant for.
      if (path === '/token') return { status: 200, body: `{"access_token":"${tokenSecret}","expires_in":"86400"}` };
      bodies.push(decodeURIComponent(body.replaceAll('+', ' ')), body);
      return { status: 500, body: `${path} ${body}` };
    });
    const issued = await certificateFor({ names: ['localhost'] });
    const ca = join(folder, 'secrets-ca.pem');
    writeFileSync(ca, issued.ca);
    const smtp = await startSmtp({
      store: new MailStore(['a', 'b'].map((name) => ({ address: `${name}@example.test`, password: mailSecret ?? '' }))),
      tls: 'starttls',
      certificate: issued,
      delivery: ({ raw }) => {
        const [head = '', ...rest] = raw.toString('utf8').split('\r\n\r\n');
        const text = rest.join('\r\n\r\n');
        bodies.push(head, text, Buffer.from(text, 'base64').toString('utf8'), unquoted(text), unquoted(head));
        return { kind: 'lost' };
      },
    });
    running.push(smtp);
    const seen = join(folder, 'secret-seen.txt');
    const channels = await opened(
      `mail: { address: a@example.test, password: '${mailSecret}', ca: ${ca}, smtp: { host: localhost, port: ${smtp.port}, security: starttls } }
crm: { type: demo, secret: ${crmSecret} }
notify:
  - { name: s, type: slack, url: '${server.base}/${hookSecret}' }
  - { name: t, type: teams, url: '${server.base}/${hookSecret}' }
  - { name: g, type: google-chat, url: '${server.base}/${hookSecret}' }
  - { name: w, type: webhook, url: '${server.base}/${hookSecret}', secret: ${hmacSecret} }
  - { name: l, type: line-works, url: '${server.base}/${hookSecret}' }
  - { name: k, type: chatwork, room: '123', token: ${chatworkSecret} }
  - { name: b, type: line-works, bot: '777', user: u1, clientId: c1, clientSecret: ${botSecret}, serviceAccount: s1, privateKeyFile: ${keyFile} }
  - { name: e, type: email, to: [b@example.test] }
  - { name: c, type: command, command: ['/bin/sh', '-c', 'cat > ${seen}'] }`,
      {
        env: { PATH: process.env.PATH ?? '' },
        endpoints: {
          chatwork: `${server.base}/v2`,
          lineWorks: { token: `${server.base}/token`, api: `${server.base}/v1.0` },
        },
        stepMs: 20_000,
      },
    );
    // Twice for the bot: its token is known from the first time on.
    await sendBy(channels, noticeWith(''), 'b');
    bodies.length = 0;
    const outcomes = [];
    for (const { name } of channels.channels) outcomes.push(await sendBy(channels, noticeWith(words), name));
    expect(outcomes.map(({ kind }) => kind)).toEqual([...Array(7).fill('later'), 'delivered', 'delivered']);
    expect(bodies).toHaveLength(7 * 2 + 5);
    return [...bodies, readFileSync(seen, 'utf8'), JSON.stringify(outcomes)].join('\n');
  };

  test('stand in no notice, in no form, whatever the notice was made of', async () => {
    const everything = await told(secrets.flatMap(forms).join(' '));
    for (const form of secrets.flatMap(forms)) expect(everything.includes(form) ? form : '').toBe('');
    expect(everything).toContain('***');
  });

  test('are taken out before a long text is cut, so that none stands there by half', async () => {
    // The text of a line ends within the secret.
    expect(await told(`${'y'.repeat(1_980)}${crmSecret}`)).not.toContain('crm-secret');
  });

  test('stand by half in no ping, and in nothing that a program says', async () => {
    const server = await receiver({ status: 200 });
    const talker = join(folder, 'talker.sh');
    // So long that only the end of the line is kept, from within the secret on.
    writeFileSync(talker, `{ printf %s ${crmSecret}; head -c 1990 /dev/zero | tr '\\0' z; } >&2; exit 3`);
    const channels = await opened(
      `crm: { type: demo, secret: ${crmSecret} }
notify:
  - { name: p, type: ping, url: '${server.base}/p' }
  - { name: c, type: command, command: [/bin/sh, ${talker}] }`,
      { env: { PATH: process.env.PATH ?? '' } },
    );
    const { signal } = new AbortController();
    expect(await channels.pings[0]?.tell('fail', [`${'y'.repeat(9_990)}${crmSecret}`], signal)).toBeUndefined();
    expect(server.requests[0]?.body).toMatch(/^y{9990}\*/);
    const outcome = await sendBy(channels);
    expect(outcome).toMatchObject({ kind: 'refused', says: { en: expect.stringMatching(/ended with 3: z+$/) } });
  });
});
