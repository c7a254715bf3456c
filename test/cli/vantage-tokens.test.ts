import { afterEach, expect, test } from '@jest/globals';
import { startOAuth } from '../../fixtures/oauth.server.ts';
import type { Task } from '../../src/cli/task.ts';
import { withTokens } from '../../src/cli/vantage/tokens.ts';
import { isMailbox } from '../../src/model/check.ts';
import type { OAuthConfig, SecretSource } from '../../src/model/config.ts';
import { subjectOf } from '../../src/model/mailbox.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const taskWith = (oauth: OAuthConfig, secrets: Readonly<Record<string, string>>): Task => ({
  command: 'mail',
  target: 'sales@example.test',
  subjects: [subjectOf({ address: 'sales@example.test', oauth, imap: { host: 'imap.example.test' } }, false)],
  sources: new Map(
    Object.entries(secrets).map(([id, value]): [string, SecretSource] => [id, { kind: 'value', value }]),
  ),
  offline: false,
  keep: false,
});

// Nothing of flags and context is used where nobody signs in.
const none = [{} as never, {} as never] as const;

test("the CRM's host gets an access token, and nothing that another could be fetched with", async () => {
  const server = await startOAuth({ clientId: 'crm', clientSecret: 'Q~8secret', refreshTokens: ['refresh'] });
  stops.push(server.stop);
  const oauth: OAuthConfig = {
    issuer: server.issuer,
    clientId: 'crm',
    clientSecret: { secret: 'client' },
    refreshToken: { secret: 'refresh' },
    tokenFile: '/nowhere/token.json',
  };
  const { subjects, sources } = await withTokens(taskWith(oauth, { client: 'Q~8secret', refresh: 'refresh' }), ...none);
  expect(subjects.filter(isMailbox)[0]?.config.oauth).toEqual({ accessToken: { secret: 'mail.oauth.accessToken' } });
  expect([...sources.keys()]).toEqual(['mail.oauth.accessToken']);
  expect(server.log.grants).toHaveLength(1);
});

test('where none can be had it says so itself, without the file', async () => {
  const server = await startOAuth({ clientId: 'crm', fail: { token: 'revoked' } });
  stops.push(server.stop);
  const oauth: OAuthConfig = {
    issuer: server.issuer,
    clientId: 'crm',
    refreshToken: { secret: 'refresh' },
    tokenFile: '/nowhere/token.json',
  };
  const { subjects, sources } = await withTokens(taskWith(oauth, { refresh: 'refresh' }), ...none);
  const { tokenFile: _gone, ...rest } = oauth;
  expect(subjects.filter(isMailbox)[0]?.config.oauth).toEqual(rest);
  expect([...sources.keys()]).toEqual(['refresh']);
});

test('a given token is left as it is', async () => {
  const task = taskWith({ accessToken: { secret: 'token' } }, { token: 'abc' });
  expect(await withTokens(task, ...none)).toBe(task);
});
