import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateFor, type IssuedCertificate } from '../../fixtures/certificates.ts';
import { type Account, MailStore } from '../../fixtures/mail-store.ts';
import type { Mechanism, Protocol, Security } from '../../src/model/config.ts';
import type { HostAddress } from '../../src/model/dns-facts.ts';
import type { Waiting } from '../../src/model/login.ts';
import { type Service, type Subject, subjectOf } from '../../src/model/mailbox.ts';
import { defaultLimits, type Kit, type Limits, openLedger } from '../../src/world/kit.ts';
import { openSecrets } from '../../src/world/secrets.ts';

export const password = 'Geheim/パス+=1 "x"';

export const account: Account = { address: 'sales@example.test', password };

export const storeWith = (more: Partial<Account> = {}): MailStore => new MailStore([{ ...account, ...more }]);

export const certificate = (): Promise<IssuedCertificate> =>
  certificateFor({ names: ['mail.example.test', 'localhost', '127.0.0.1'] });

let caPath: string | undefined;

export const caFile = async (): Promise<string> => {
  if (caPath === undefined) {
    caPath = join(mkdtempSync(join(tmpdir(), 'crm-doctor-test-')), 'ca.pem');
    writeFileSync(caPath, (await certificate()).ca);
  }
  return caPath;
};

export const kitWith = async ({
  limits = {},
  hosts = {},
  secret = password,
  waiting,
}: {
  readonly limits?: Partial<Limits>;
  readonly hosts?: Readonly<Record<string, readonly HostAddress[]>>;
  readonly secret?: string;
  readonly waiting?: Waiting;
} = {}): Promise<Kit> => {
  const all = { ...defaultLimits, ...limits };
  return {
    clock: { now: () => new Date() },
    dns: {
      lookup: async (host) => {
        const addresses = hosts[host] ?? [{ address: '127.0.0.1', family: 4 as const }];
        return addresses.length > 0
          ? { kind: 'found', addresses, ms: 0 }
          : { kind: 'failed', code: 'ENOTFOUND', ms: 0 };
      },
      query: async () => ({ kind: 'silent', servers: [], ms: 0 }),
      hosts: async () => [],
    },
    ledger: openLedger(all, waiting),
    secrets: await openSecrets(new Map([['mail.password', { kind: 'value', value: secret }]])),
    limits: all,
  };
};

export const never = new AbortController().signal;

export interface Wanted {
  readonly port: number;
  readonly security: Security;
  readonly host?: string;
  readonly username?: string;
  readonly withoutPassword?: boolean;
  readonly folder?: string;
  readonly mechanism?: Mechanism;
  readonly address?: string;
  readonly from?: string;
}

/** A mailbox with one service. */
export const subjectWith = async (
  protocol: Protocol,
  wanted: Wanted,
): Promise<{ subject: Subject; service: Service }> => {
  const subject = subjectOf(
    {
      address: wanted.address ?? 'sales@example.test',
      username: wanted.username ?? 'sales@example.test',
      ...(wanted.from ? { from: wanted.from } : {}),
      ...(wanted.withoutPassword ? {} : { password: { secret: 'mail.password' } }),
      ca: await caFile(),
      [protocol]: {
        host: wanted.host ?? 'mail.example.test',
        port: wanted.port,
        security: wanted.security,
        ...(wanted.mechanism === undefined ? {} : { mechanism: wanted.mechanism }),
        ...(wanted.folder === undefined ? {} : { folder: wanted.folder }),
      },
    },
    false,
  );
  const service = subject.services[protocol];
  if (!service) throw new Error('no service');
  return { subject, service };
};

/** No form of the password may stand in a fact. */
export const leaks = (fact: unknown, secret = password): boolean => {
  const text = JSON.stringify(fact);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    ...[secret, `\0sales@example.test\0${secret}`].map((one) => Buffer.from(one).toString('base64')),
  ].some((form) => text.includes(form));
};
