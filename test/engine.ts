import type { AnyCheck } from '../src/model/check.ts';
import { defineCheck } from '../src/model/check.ts';
import type { Protocol } from '../src/model/config.ts';
import type { RunEvent } from '../src/model/event.ts';
import type { Service, Subject } from '../src/model/mailbox.ts';
import { subjectOf, targetOf } from '../src/model/mailbox.ts';
import { fail, ok } from '../src/model/outcome.ts';
import { verbatim } from '../src/model/text.ts';
import type { World } from '../src/model/world.ts';

/** A world that nobody may touch: the checks of these tests answer from the subject alone. */
export const noWorld: World = {
  clock: { now: () => new Date('2026-11-24T00:00:00Z') },
  dns: {
    lookup: () => Promise.reject(new Error('no DNS here')),
    query: () => Promise.reject(new Error('no DNS here')),
    hosts: () => Promise.reject(new Error('no hosts file here')),
  },
  mail: new Proxy({} as World['mail'], {
    get: () => () => Promise.reject(new Error('no mail here')),
  }),
  http: { ask: () => Promise.reject(new Error('no HTTP here')) },
  crm: {
    product: async () => undefined,
    ask: () => Promise.reject(new Error('no CRM here')),
    reach: () => Promise.reject(new Error('no CRM here')),
  },
  discovery: {
    autoconfig: () => Promise.reject(new Error('no discovery here')),
    autodiscover: () => Promise.reject(new Error('no discovery here')),
  },
  history: { lastGood: async () => undefined, last: async () => undefined },
  versions: { table: () => Promise.reject(new Error('no tables here')) },
  logs: {
    read: () => Promise.reject(new Error('no logs here')),
    sift: () => Promise.reject(new Error('no logs here')),
    causesOf: async (texts) => texts.map(() => null),
  },
  backups: { look: () => Promise.reject(new Error('no backups here')) },
  secrets: {
    shape: () => ({ empty: false, placeholder: false, outerBlanks: false, nonAscii: false, controlCharacters: false }),
  },
};

export const mailbox = (over: object = {}): Subject =>
  subjectOf(
    {
      address: 'sales@example.co.jp',
      password: { secret: 'mail.password' },
      smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls' },
      imap: { host: 'imap.example.co.jp', port: 993, security: 'tls' },
      ...over,
    },
    false,
  );

/** A check on one service that is good when `works` says so. */
export const serviceCheck = (
  id: string,
  protocol: Protocol,
  needs: readonly AnyCheck[],
  works: (service: Service, subject: Subject) => boolean | Promise<boolean>,
  more: { readonly costly?: boolean; readonly sends?: boolean } = {},
) =>
  defineCheck<{ readonly good: boolean }>({
    id,
    title: verbatim(id),
    needs,
    protocols: [protocol],
    ...more,
    present: (subject) => subject.services[protocol] !== undefined,
    target: (subject) => {
      const service = subject.services[protocol];
      return service ? targetOf(service) : '';
    },
    probe: async (subject) => {
      const service = subject.services[protocol];
      if (!service) throw new Error(`no ${protocol}`);
      return { good: await works(service, subject) };
    },
    judge: ({ good }) => (good ? ok : fail(verbatim(`${id} is bad`))),
  });

export const options = (over: Partial<Parameters<typeof import('../src/run/run.ts').run>[1]> = {}) => {
  const events: RunEvent[] = [];
  return {
    events,
    options: {
      world: noWorld,
      signal: new AbortController().signal,
      listener: (event: RunEvent) => {
        events.push(event);
      },
      probeMs: 10_000,
      ...over,
    },
  };
};
