import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/cli/command.ts';
import { testNotification } from '../../src/cli/notify/test-notification.ts';
import { commandLine } from '../cli/command-line.ts';
import { type Answer, startReceiver } from './receiver.ts';

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const start = async (answer: Answer) => {
  const server = await startReceiver(() => answer);
  running.push(server);
  return server;
};

const ask = async (config: string, name: string | undefined, flags: { readonly yes?: boolean } = { yes: true }) => {
  const cwd = mkdtempSync(join(tmpdir(), 'crm-doctor-test-notification-'));
  writeFileSync(join(cwd, 'crm-doctor.yaml'), `version: 1\n${config}`);
  const written = { out: '', err: '' };
  const stream = (to: 'out' | 'err') => ({
    write: (text: string) => {
      written[to] += text;
    },
    isTTY: false,
    columns: 80,
  });
  const io = { out: stream('out'), err: stream('err'), env: { HOME: cwd }, cwd, onInterrupt: () => () => {} };
  const code = await testNotification(name, flags, { io, language: 'ja', version: '0.0.0' }).catch(
    (error: unknown) => error,
  );
  return { code, ...written };
};

describe('watch --test-notification', () => {
  test('shows what is sent and where, sends it, and says what came of it', async () => {
    const [good, bad] = [await start({ status: 200, body: 'ok' }), await start({ status: 404, body: 'no_service' })];
    const config = `notify:
  - { name: ops, type: slack, url: '${good.base}/services/verysecretpath1' }
  - { name: old, type: slack, url: '${bad.base}/services/verysecretpath2', language: en }
  - { name: alive, type: ping, url: '${good.base}/ping' }`;
    const { code, out, err } = await ask(config, undefined);
    expect(code).toBe(1);
    expect(err).toContain('ops (slack, localhost)');
    expect(err).toContain('[crm-doctor] テスト通知: これはテスト通知です。');
    expect(err).toContain('[crm-doctor] TEST: This is a test.');
    expect(out.split('\n').toSorted()).toEqual([
      '',
      '失敗  old: 送信先の応答は 404 でした: no_service',
      '成功  alive',
      '成功  ops',
    ]);
    expect(good.requests.map(({ path }) => path).toSorted()).toEqual([
      '/ping',
      '/ping/start',
      '/services/verysecretpath1',
    ]);
    expect(out + err).not.toContain('verysecret');
  });

  test('says of one that may have it or not that this is not known', async () => {
    const [good, other] = [await start({ status: 200, body: 'ok' }), await start({ status: 200, body: '<html>' })];
    const config = `notify:
  - { name: ops, type: slack, url: '${good.base}/1' }
  - { name: page, type: slack, url: '${other.base}/1' }`;
    expect(await ask(config, undefined)).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^不明 {2}page: .*200/m),
    });
  });

  test('sends to the named one only', async () => {
    const server = await start({ status: 200, body: 'ok' });
    const config = `notify:
  - { name: one, type: slack, url: '${server.base}/1' }
  - { name: two, type: slack, url: '${server.base}/2' }`;
    expect(await ask(config, 'two')).toMatchObject({ code: 0, out: '成功  two\n' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/2']);
    const { code } = await ask(config, 'tow');
    expect(code).toBeInstanceOf(UsageError);
    expect(code).toMatchObject({ text: { ja: expect.stringContaining('two') } });
  });

  test('sends nothing where nobody was asked', async () => {
    const server = await start({ status: 200, body: 'ok' });
    const { code } = await ask(`notify: { type: slack, url: '${server.base}/1' }`, undefined, {});
    expect(code).toMatchObject({ text: { en: expect.stringContaining('--yes') } });
    expect(server.requests).toEqual([]);
  });

  test('is a flag of the command, which looks at nothing then', async () => {
    const server = await start({ status: 200, body: 'ok' });
    const cwd = mkdtempSync(join(tmpdir(), 'crm-doctor-test-notification-'));
    writeFileSync(
      join(cwd, 'crm-doctor.yaml'),
      `version: 1\nnotify: { name: ops, type: slack, url: '${server.base}/1' }\n`,
    );
    const words = ['watch', '--test-notification', 'ops', '--yes', '--lang', 'en'];
    expect(await commandLine(words, { cwd })).toMatchObject({ code: 0, out: 'OK      ops\n' });
    expect(await commandLine([...words, '--once'], { cwd })).toMatchObject({ code: 2 });
    expect(server.requests).toHaveLength(1);
  });

  test('says where nobody would be told', async () => {
    expect((await ask('mail: { address: a@example.jp }', undefined)).code).toMatchObject({
      text: { en: expect.stringContaining('no notify:') },
    });
  });
});
