import type { AnySubject } from '../model/check.ts';
import type { SecretSource } from '../model/config.ts';
import type { Waiting } from '../model/login.ts';
import type { Backups, Discovery, Dns, History, Http, Logs, World } from '../model/world.ts';
import { createContacts } from '../world/contacts.ts';
import type { OpenCrm } from '../world/crm.ts';
import type { DnsOptions } from '../world/dns.ts';
import { createDns } from '../world/dns.ts';
import { createHttp } from '../world/http.ts';
import type { Kit } from '../world/kit.ts';
import { defaultLimits, openLedger } from '../world/kit.ts';
import { createLogins } from '../world/logins.ts';
import { createTokens, type Tokens } from '../world/oauth-tokens.ts';
import type { OpenSecrets } from '../world/secrets.ts';
import { openSecrets } from '../world/secrets.ts';
import { caFile, namedStore } from '../world/trust.ts';

export interface OpenWorld {
  readonly world: World;
  readonly secrets: OpenSecrets;
  /** For a sign-in before the run. */
  readonly kit: Kit;
  readonly tokens: Tokens;
  readonly crm: OpenCrm;
}

/** All that a few mailboxes ask of a host, side by side. */
const fewAtOnce = 12;

/** Between the beginnings of two sessions with one host, where there are many. */
const spacingMs = 20;

const noHistory: History = { lastGood: async () => undefined, last: async () => undefined };

/** Read when it is first asked, which most runs never do. */
const lazyDiscovery = (parts: { readonly dns: Dns; readonly http: Http }): Discovery => {
  let opened: Promise<Discovery> | undefined;
  const open = (): Promise<Discovery> => {
    opened ??= import('../world/discovery.ts').then(({ createDiscovery }) => createDiscovery(parts));
    return opened;
  };
  return {
    autoconfig: async (...asked) => (await open()).autoconfig(...asked),
    autodiscover: async (...asked) => (await open()).autodiscover(...asked),
  };
};

/** The same for CRMs: neither connectors nor the client are read for a run without one. */
const lazyCrm = (kit: Kit): OpenCrm => {
  let opened: Promise<OpenCrm> | undefined;
  let known: OpenCrm | undefined;
  const open = (): Promise<OpenCrm> => {
    opened ??= (async () => {
      const [{ createCrm }, { connectors }, { createCrmClient }] = await Promise.all([
        import('../world/crm.ts'),
        import('../crm/connectors.generated.ts'),
        import('../world/crm-client.ts'),
      ]);
      known = createCrm(kit, connectors, async ({ config: { url, ca } }) =>
        createCrmClient(kit, { url, ...(ca === undefined ? {} : { ca }) }),
      );
      return known;
    })();
    return opened;
  };
  return {
    product: async (type) => (await open()).product(type),
    ask: async (...asked) => (await open()).ask(...asked),
    reach: async (...asked) => (await open()).reach(...asked),
    records: async function* (...asked) {
      yield* (await open()).records(...asked);
    },
    traffic: (subject) => known?.traffic(subject),
    write: async (...asked) => (await open()).write(...asked),
    close: async () => (await opened)?.close(),
  };
};

/** The same for backups, whose archives few runs look into. */
const lazyBackups = (clock: World['clock']): Backups => {
  let opened: Promise<Backups> | undefined;
  return {
    look: async (...asked) => {
      opened ??= import('../world/backups.ts').then(({ createBackups }) => createBackups(clock));
      return (await opened).look(...asked);
    },
  };
};

/** The same for logs, whose reader knows hundreds of patterns. */
const lazyLogs = (clock: World['clock']): Logs => {
  let opened: Promise<Logs['read']> | undefined;
  return {
    read: async (...asked) => {
      opened ??= import('../logs/log-reader.ts').then(({ createLogReader }) => createLogReader(clock.now));
      return (await opened)(...asked);
    },
    sift: async (lines, since) => (await import('../logs/sift.ts')).siftLines(lines, since, clock.now()),
    causesOf: async (texts) => (await import('../logs/sift.ts')).causesOfTexts(texts),
  };
};

/**
 * The one place where the real world is put together. What cannot be read (a secret, a `ca` file, a table of versions) is an error of the
 * configuration and ends it here, before anything is contacted.
 */
export const openWorld = async (
  sources: ReadonlyMap<string, SecretSource>,
  {
    dns = {},
    subjects = [],
    mailboxes = 1,
    connectionsPerPort = defaultLimits.connectionsPerPort,
    history = noHistory,
    waiting,
    perHost = mailboxes > 4 ? defaultLimits.perHost : fewAtOnce,
    now = () => new Date(),
  }: {
    readonly dns?: DnsOptions;
    /** Whose files are read before the run. */
    readonly subjects?: readonly AnySubject[];
    readonly mailboxes?: number;
    readonly connectionsPerPort?: number;
    readonly history?: History;
    /** Logins that an earlier run's refusal keeps from being tried yet. */
    readonly waiting?: Waiting;
    /** How many sessions one host is given at a time. */
    readonly perHost?: number;
    readonly now?: () => Date;
  } = {},
): Promise<OpenWorld> => {
  const caFiles = [...new Set(subjects.flatMap(({ config }) => config.ca ?? []))];
  const stores = [...new Set(subjects.flatMap((one) => (one.kind === 'mail' ? (one.config.trust ?? []) : [])))];
  const versionsFiles = [...new Set(subjects.flatMap(({ config }) => config.versionsFile ?? []))];
  const tables = versionsFiles.map(async (file) => {
    const { readVersionsFile } = await import('../world/versions-file.ts');
    return [file, await readVersionsFile(file)] as const;
  });
  const [secrets] = await Promise.all([
    openSecrets(sources),
    ...caFiles.map(caFile),
    ...tables,
    ...stores.map(namedStore),
  ]);
  const versions = new Map(await Promise.all(tables));
  const clock = { now };
  // The limit is a mailbox's: many of them on one server need a login each.
  const limits = {
    ...defaultLimits,
    connectionsPerPort: connectionsPerPort * Math.max(1, mailboxes),
    perHost,
    ...(mailboxes > 4 ? { spacingMs } : {}),
  };
  const kit: Kit = {
    clock,
    dns: createDns(dns),
    ledger: openLedger(limits, waiting),
    secrets,
    limits,
    env: process.env,
  };
  const http = createHttp(kit);
  const tokens = createTokens(kit);
  const crm = lazyCrm(kit);
  return {
    world: {
      clock,
      dns: kit.dns,
      mail: { ...createContacts(kit), ...createLogins(kit, tokens) },
      http,
      crm: { product: crm.product, ask: crm.ask, reach: crm.reach },
      discovery: lazyDiscovery({ dns: kit.dns, http }),
      history,
      logs: lazyLogs(clock),
      backups: lazyBackups(clock),
      versions: {
        table: async (file) => {
          const table = versions.get(file);
          if (!table) throw new Error('a table that was not opened');
          return table;
        },
      },
      secrets: { shape: secrets.shape },
    },
    secrets,
    kit,
    tokens,
    crm,
  };
};
