import { describe, expect, test } from '@jest/globals';
import { readConfigText } from '../../src/config/read.ts';
import { rulesOf } from '../../src/notify/rules.ts';

const read = (text: string, env: Readonly<Record<string, string>> = {}) =>
  readConfigText(`version: 1\n${text}`, '/etc/crm/crm-doctor.yaml', env);

const mail = 'mail: { address: a@example.jp, smtp: { host: smtp.example.jp } }\n';

const wrong = (text: string) => {
  try {
    read(text);
  } catch (error) {
    return error as {
      readonly text: { readonly en: string; readonly ja: string };
      readonly line: number;
      readonly column: number;
      readonly path: string;
    };
  }
  throw new Error('it was read');
};

describe('notify:', () => {
  test('is one channel, with its defaults', () => {
    expect(read('notify: { type: slack, url: https://hooks.example/x }').notify).toEqual([
      { name: 'slack', path: 'notify', type: 'slack', atLeast: 'warning', url: { secret: 'notify.url' } },
    ]);
  });

  test('is a list of channels with names', () => {
    const { notify, secrets } = read(
      `${mail}notify:
  - { name: ops, type: teams, url: '\${HOOK}', atLeast: critical, language: en, kinds: [problem, recovered] }
  - { name: mail, type: email, to: admin@example.jp, else: ops, mailboxes: 'sales*' }
  - { name: own, type: email, to: [admin@example.jp], from: watch@example.jp, smtp: { host: relay.example.jp, password: geheim } }
  - { name: room, type: chatwork, room: '123', tokenFile: token.txt }
  - { name: dead, type: ping, urlCommand: pass show ping }
  - { name: run, type: command, command: notify-send 'a b' }`,
      { HOOK: 'https://hooks.example/secret' },
    );
    expect(notify).toMatchObject([
      { name: 'ops', type: 'teams', atLeast: 'critical', language: 'en', kinds: ['problem', 'recovered'] },
      { name: 'mail', type: 'email', to: ['admin@example.jp'], instead: 'ops', mailboxes: ['sales*'] },
      { name: 'own', own: { address: 'watch@example.jp', smtp: { host: 'relay.example.jp' } } },
      { name: 'room', room: '123' },
      { name: 'dead', type: 'ping' },
      { name: 'run', argv: ['notify-send', 'a b'], timeoutMs: 30_000 },
    ]);
    expect(JSON.stringify(notify)).not.toContain('hooks.example');
    expect([...secrets.values()]).toContainEqual({ kind: 'file', file: '/etc/crm/token.txt' });
  });

  test.each([
    ['notify: { type: slack }', 'notify', 'the key url is missing'],
    ['notify: { type: slak, url: https://h.example }', 'notify.type', 'did you mean slack?'],
    ['notify: { type: slack, url: https://h.example, room: "1" }', 'notify.room', 'does not belong to the type slack'],
    ['notify: { type: chatwork, room: abc, token: t }', 'notify.room', 'the digits behind #!rid'],
    ['notify: { type: line-works, bot: "1", channel: c, user: u }', 'notify', 'exactly one of channel, user'],
    ['notify: { type: line-works, bot: "1", channel: c }', 'notify', 'the key clientId is missing'],
    [`${mail}notify: { type: email, to: "not one" }`, 'notify.to', 'this is no e-mail address'],
    [
      `${mail}notify: { type: email, to: "a@b.example\\r\\nBcc: c@d.example" }`,
      'notify.to',
      'this is no e-mail address',
    ],
    [`${mail}notify: { type: email, to: a@b.example, account: other }`, 'notify.account', 'there are a@example.jp'],
    ['notify: { type: email, to: a@b.example }', 'notify', 'there is no mailbox with smtp:'],
    ['notify: { type: email, to: a@b.example, smtp: { host: h } }', 'notify', 'the key from is missing'],
    ['notify: { type: command, command: "echo \'open" }', 'notify.command', 'its quotes are not closed'],
    ['notify: { type: ping, url: https://h.example, else: nobody }', 'notify.else', 'no other channel called nobody'],
    ['notify: { type: slack, url: https://h.example, kinds: [problems] }', 'notify.kinds[0]', 'did you mean problem?'],
    ['notify: { type: slack, url: "http://h.example/planted" }', 'notify.url', 'http:// is used on this machine only'],
    ['notify: { type: ping, url: h.example/planted }', 'notify.url', 'begins with https:// is needed'],
    ['notify: { type: webhook, url: "https://planted@h.example/" }', 'notify.url', 'with a user name or password'],
    ['watch: { confirm: 0 }', 'watch.confirm', 'allowed: 1 to 20'],
    ['watch: { flapping: { changes: 2 } }', 'watch.flapping.changes', 'allowed: 3 to 50'],
  ])('%s is told with its place', (text, path, words) => {
    const error = wrong(text);
    expect(error.path).toBe(path);
    expect(error.text.en).toContain(words);
    expect(error.text.ja).not.toBe(error.text.en);
    expect(error.line).toBeGreaterThan(1);
    expect(error.column).toBeGreaterThan(0);
  });

  test('a secret of a wrong section is in no message', () => {
    expect(
      JSON.stringify(wrong('notify: { type: slack, url: https://hooks.example/topsecret, bot: "1" }')),
    ).not.toContain('topsecret');
  });
});

test('watch: gives the rules of notifications', () => {
  expect(rulesOf(undefined)).toEqual({ confirm: 2, remind: 86_400_000, flapping: { changes: 4, within: 3_600_000 } });
  const { watch } = read(
    "watch: { remind: 0s, confirm: 3, flapping: { changes: 6, within: 2h }, quietHours: { from: '22:00', to: '07:00', except: critical } }",
  );
  expect(rulesOf(watch)).toEqual({ confirm: 3, flapping: { changes: 6, within: 7_200_000 }, quietExcept: 'critical' });
});
