import type { OAuthConfig, Protocol, Security } from '../../src/model/config.ts';
import { type Service, type Subject, subjectOf } from '../../src/model/mailbox.ts';
import type { Kit } from '../../src/world/kit.ts';
import { openSecrets } from '../../src/world/secrets.ts';
import { caFile, kitWith } from './login-kit.ts';

/** A kit whose secrets are these, by their ids. */
export const kitOf = async (secrets: Readonly<Record<string, string>>): Promise<Kit> => ({
  ...(await kitWith()),
  secrets: await openSecrets(
    new Map(Object.entries(secrets).map(([id, value]) => [id, { kind: 'value' as const, value }])),
  ),
});

export const givenToken: OAuthConfig = { accessToken: { secret: 'token' } };

/** A mailbox with one service that logs in by OAuth. */
export const oauthSubject = async (
  protocol: Protocol,
  {
    port,
    security,
    oauth = givenToken,
  }: { readonly port: number; readonly security: Security; readonly oauth?: OAuthConfig },
): Promise<{ readonly subject: Subject; readonly service: Service }> => {
  const subject = subjectOf(
    {
      address: 'sales@example.test',
      oauth,
      ca: await caFile(),
      [protocol]: { host: 'mail.example.test', port, security },
    },
    false,
  );
  const service = subject.services[protocol];
  if (!service) throw new Error('no service');
  return { subject, service };
};

/** Every way in which a token could show up in a fact: as it is, and at the three places of base64. */
export const tokenLeaks = (fact: unknown, token: string): boolean => {
  const text = JSON.stringify(fact);
  const inside = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${token}`).toString('base64').slice(8, 60));
  return [token, token.slice(0, 40), ...inside].some((form) => text.includes(form));
};
