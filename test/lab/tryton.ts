import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import { listeningPorts, readIfThere, run, startServer, until } from './processes.ts';
import { editScript, prepareScript } from './tryton-scripts.ts';
import { cacheDir, ensureUnpacked, preparedAt, unpackedDir } from './unpacked.ts';

/** What differs from a healthy Tryton. */
export interface TrytonSettings {
  /** `[email] uri` of trytond.conf; `{login}` is the mailbox's with its password, as an URI writes it. */
  readonly mailUri?: string;
  /** `[email] from`; `false`: none. */
  readonly from?: string | false;
  /** trytond-cron as the rows of ir.cron show it: it runs, it ran ten days ago, it has never run. */
  readonly scheduler?: 'running' | 'stopped' | 'never';
  /** Methods of scheduled actions that are switched off. */
  readonly inactiveJobs?: readonly string[];
  /** Users without any group, with the case's password. */
  readonly plainUsers?: readonly string[];
  /** Models that only the group Administration may read. */
  readonly closedModels?: readonly string[];
  /** Of the one notification; `none`: it mails nobody, and nothing tells. */
  readonly recipients?: 'owner' | 'none';
  /** Wrong logins of the administrator in the last minute; trytond allows five. */
  readonly wrongLogins?: number;
  /** Further lines of trytond.conf, each with its section: `[session] timeout = 5`. */
  readonly conf?: readonly string[];
  /** A name of the case's certificates; default `crm`. */
  readonly certificate?: string;
}

/** A running Tryton. */
export interface Tryton {
  /** By the name of its certificate, where it has one. */
  readonly url: string;
  /** trytond.conf. */
  readonly settings: string;
  readonly log: string;
  readonly stop: () => void;
}

export const trytonDatabase = 'crm';
/** The administrator. */
export const trytonLogin = 'admin';

const password = 'prepared-Lab-1';
const modules = ['party', 'sale_opportunity', 'notification_email', 'marketing_automation'] as const;

const prepared = (): string => preparedAt('tryton', prepareScript, password, ...modules);

/** The unpacked packages in front of the machine's own; no bytecode is written beside them by a run that may not. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  HOME: '/nonexistent',
  PYTHONNOUSERSITE: '1',
  PYTHONPATH: path.join(unpackedDir('tryton'), 'usr/lib/python3/dist-packages'),
});

/** Debian's Python, for which its modules were built; another one may come first in PATH. */
const python = (): string => {
  const own = path.join(unpackedDir('tryton'), 'usr/bin/python3');
  return existsSync(own) ? own : '/usr/bin/python3';
};

const program = (name: string): string => path.join(unpackedDir('tryton'), 'usr/bin', name);

const confOf = (
  dir: string,
  options: { readonly listen: string; readonly email: readonly string[]; readonly more: readonly string[] },
): string => {
  const extra = options.more.map((line) => line.replace(/^(\[\w+\]) /, '$1\n'));
  return [
    '[database]',
    'uri = sqlite://',
    `path = ${dir}`,
    '[web]',
    `listen = ${options.listen}`,
    '[email]',
    ...options.email,
    ...extra,
    '',
  ].join('\n');
};

/** Creates the database once: half a minute to a minute, most of it the modules that sale_opportunity brings. */
const prepare = (): string | undefined => {
  mkdirSync(cacheDir(), { recursive: true });
  const dir = mkdtempSync(path.join(cacheDir(), '.tryton-db-'));
  try {
    const conf = path.join(dir, 'trytond.conf');
    writeFileSync(conf, confOf(dir, { listen: '127.0.0.1:0', email: ['uri = smtp://127.0.0.1:9'], more: [] }));
    writeFileSync(path.join(dir, 'password'), password);
    // Without an empty file, there is no such database for it.
    writeFileSync(path.join(dir, `${trytonDatabase}.sqlite`), '');
    const env = { ...environment(), TRYTONPASSFILE: path.join(dir, 'password') };
    const admin = [program('trytond-admin'), '-c', conf, '-d', trytonDatabase];
    const steps = [
      [...admin, '--all', '--email', 'admin@aozora.test'],
      [...admin, '-u', ...modules, '--activate-dependencies'],
      ['-c', prepareScript, conf],
    ];
    for (const step of steps) {
      const ended = spawnSync(python(), step, { env, encoding: 'utf8' });
      if (ended.status !== 0) return (ended.stderr ?? String(ended.error)).trim().split('\n').slice(-3).join(' ');
    }
    mkdirSync(path.dirname(prepared()), { recursive: true });
    // Whole or not at all, also when two runs do this at once.
    renameSync(path.join(dir, `${trytonDatabase}.sqlite`), prepared());
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

let known: { readonly reason: string | undefined } | undefined;

/** Why Tryton cannot be had here, or nothing; downloads it and makes its database once. */
export const ensureTryton = (): string | undefined => {
  known ??= { reason: ensureUnpacked('tryton') ?? (existsSync(prepared()) ? undefined : prepare()) };
  return known.reason === undefined ? undefined : `Tryton: ${known.reason}`;
};

const enc = encodeURIComponent;

/** Starts trytond over a copy of the prepared database. */
export const startTryton = async (
  dir: string,
  settings: TrytonSettings,
  made: {
    readonly address: string;
    readonly port: number;
    readonly password: string;
    /** Default mailbox of `{login}`. */
    readonly mailbox?: string;
    readonly certificate?: CertificateFiles;
    /** The command line that runs something where the server is; default: here. */
    readonly on?: (command: readonly string[]) => readonly [string, ...string[]];
  },
): Promise<Tryton> => {
  mkdirSync(dir, { recursive: true });
  const at = (name: string): string => path.join(dir, name);
  copyFileSync(prepared(), at(`${trytonDatabase}.sqlite`));
  const { certificate, address, port, mailbox = 'sales@aozora.test' } = made;
  const login = `${enc(mailbox)}:${enc(made.password)}`;
  const uri = (settings.mailUri ?? 'smtp+tls://{login}@mail.aozora.test:587').replaceAll('{login}', login);
  const from = settings.from ?? mailbox;
  const conf = at('trytond.conf');
  writeFileSync(
    conf,
    confOf(dir, {
      listen: `${address}:${port}`,
      email: [`uri = ${uri}`, ...(from === false ? [] : [`from = ${from}`])],
      more: [
        ...(settings.conf ?? []),
        ...(certificate ? [`[ssl] certificate = ${certificate.chain}`, `privatekey = ${certificate.key}`] : []),
      ],
    }),
  );
  const env = environment();
  await run(python(), ['-c', editScript, at(`${trytonDatabase}.sqlite`)], {
    env,
    input: JSON.stringify({
      login: trytonLogin,
      password: made.password,
      plainUsers: settings.plainUsers ?? [],
      scheduler: settings.scheduler ?? 'running',
      inactiveJobs: settings.inactiveJobs ?? [],
      closedModels: settings.closedModels ?? [],
      recipients: settings.recipients ?? 'owner',
      wrongLogins: settings.wrongLogins ?? 0,
    }),
  });
  const log = at('trytond.log');
  // `-d` loads the modules now, and no client waits for it.
  const words = [python(), program('trytond'), '-c', conf, '-d', trytonDatabase];
  const [command, ...args] = made.on ? made.on(words) : (words as [string, ...string[]]); // python comes first
  const child = startServer(command, args, { log, env });
  await until('Tryton', () => listeningPorts(child.pid ?? 0).has(port), {
    child,
    log: () => readIfThere(log),
    timeoutMs: 60_000,
  });
  const url = certificate ? `https://crm.aozora.test:${port}` : `http://${address}:${port}`;
  return { url, settings: conf, log, stop: () => child.kill('SIGKILL') };
};
