import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Network, places } from './network.ts';
import { freePort, listeningPorts, readIfThere, run, startServer, until } from './processes.ts';
import { preparedData, preparedPassword } from './rt-data.ts';
import type { Undo } from './undo.ts';
import { ensureUnpacked, preparedAt, prepareUnpacked } from './unpacked.ts';

/** What differs from a healthy Request Tracker; its users are in rt-data.ts, all with the case's password. */
export interface RtSettings {
  /** Further lines of RT_SiteConfig.pm, the last of which counts. `{dir}` is RT's own directory. */
  readonly config?: readonly string[];
  /**
   * `/rt`: the path that RT believes to have. Its standalone server shows REST 2.0 without it all the same, unless it is
   * `mounted`: then everything is below it, as behind Apache.
   */
  readonly webPath?: '/rt';
  readonly mounted?: true;
  /** What the program ends with that stands in sendmail's place (sysexits.h); default 0. `missing`: there is none. */
  readonly sendmail?: number | 'missing';
  /** Further data as rt-setup-database(8) takes it: queues, rights, scrips. */
  readonly data?: string;
  /** So many tickets are made by root once it runs, each with a mail to its requestor. */
  readonly tickets?: number;
  /** The same, after sendmail has been repaired. */
  readonly ticketsAfterwards?: number;
}

/** A request below `/REST/2.0`. */
export interface RtRequest {
  readonly method: 'POST';
  readonly path: string;
  readonly body: unknown;
}

export interface Rt {
  /** As a person opens it. */
  readonly url: string;
  /** Where REST 2.0 is in fact. */
  readonly rest: string;
  readonly token: string;
  readonly log: string;
  /** RT_SiteConfig.pm. */
  readonly settings: string;
  /** How often a message was handed to sendmail. */
  readonly sent: () => number;
  /** Requests of root's, one after another: what a case needs that RT can only do while it runs. */
  readonly ask: (...requests: readonly RtRequest[]) => Promise<void>;
}

/** Why RT cannot be started on this machine, or nothing; downloads and unpacks it once. */
export const ensureRt = (): string | undefined => {
  if (process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'it needs root for a mount namespace';
  return ensureUnpacked('rt');
};

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;

const siteConfig = (dir: string, { url, webPath = '' }: { readonly url: URL; readonly webPath?: string }): string =>
  [
    `Set($rtname, 'aozora');`,
    `Set($Organization, 'aozora.test');`,
    `Set($Timezone, 'Asia/Tokyo');`,
    // Every request is a login, and this is no place where hashes have to be strong.
    `Set($BcryptCost, 4);`,
    `Set($CorrespondAddress, 'rt@aozora.test');`,
    `Set($CommentAddress, 'rt-comment@aozora.test');`,
    `Set($WebDomain, ${quoted(url.hostname)});`,
    `Set($WebPort, ${url.port});`,
    `Set($WebBaseURL, ${quoted(url.origin)});`,
    `Set($WebPath, ${quoted(webPath)});`,
    `Set($DatabaseType, 'SQLite');`,
    `Set($DatabaseName, ${quoted(path.join(dir, 'rt.sqlite'))});`,
    `Set($LogToFile, 'info');`,
    `Set($LogDir, ${quoted(dir)});`,
    `Set($LogToSyslog, undef);`,
    `Set($SendmailPath, ${quoted(path.join(dir, 'sendmail'))});`,
    '',
  ].join('\n');

// Takes the message, counts it, and ends as the case says; nothing leaves the directory.
const sendmail = '#!/bin/sh\ncat > /dev/null\necho >> {dir}/sent\nread code < {dir}/exit-code\nexit "$code"\n';

interface Place {
  readonly dir: string;
  readonly command: (command: readonly string[]) => readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
}

const placeIn = (dir: string, network: Network | undefined): Place => {
  for (const name of ['site.d', 'var/cache/request-tracker5/mason_data', 'var/cache/request-tracker5/session_data']) {
    mkdirSync(path.join(dir, name), { recursive: true });
  }
  return {
    dir,
    command: prepareUnpacked(network, 'rt', dir),
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      RT_SITE_CONFIG: path.join(dir, 'RT_SiteConfig.pm'),
      RT_SITE_CONFIG_DIR: path.join(dir, 'site.d'),
      RT_TOKEN_FILE: path.join(dir, 'token'),
    },
  };
};

const setupDatabase = async ({ command, env, dir }: Place, args: readonly string[]): Promise<void> => {
  const words = ['/usr/sbin/rt-setup-database-5', '--dba', 'root', '--skip-create', ...args];
  const [program, ...rest] = command(words);
  await run(program, rest, { env, cwd: dir });
};

/**
 * Gives every user this password. REST 2.0 cannot (500), and RT's own programs take seconds; RT still reads the MD5 that
 * version 3 stored, and writes its own form at the first login (RT::User::IsPassword).
 */
const setPasswords = async ({ command, env, dir }: Place, password: string): Promise<void> => {
  const program = `DBI->connect("dbi:SQLite:dbname=$ENV{DATABASE}", "", "", { RaiseError => 1 })
    ->do("UPDATE Users SET Password = ? WHERE Password LIKE '!%'", undef, md5_hex($ENV{PASSWORD}))`;
  const [perl, ...args] = command(['perl', '-MDBI', '-MDigest::MD5=md5_hex', '-e', program]);
  await run(perl, args, { env: { ...env, DATABASE: path.join(dir, 'rt.sqlite'), PASSWORD: password } });
};

const insert = (place: Place, data: string): Promise<void> => {
  const file = path.join(place.dir, 'initialdata');
  writeFileSync(file, data);
  return setupDatabase(place, ['--action', 'insert', '--datafile', file]);
};

/** The database with its data, made once a machine: RT's own setup takes three seconds. */
const preparedDatabase = async (): Promise<string> => {
  const wanted = preparedAt('rt', preparedData, siteConfig('/', { url: new URL('http://127.0.0.1:8080') }));
  if (existsSync(wanted)) return wanted;
  const dir = mkdtempSync(path.join(os.tmpdir(), 'crmd-rt-'));
  try {
    const place = placeIn(dir, undefined);
    writeFileSync(path.join(dir, 'RT_SiteConfig.pm'), siteConfig(dir, { url: new URL('http://127.0.0.1:8080') }));
    writeFileSync(path.join(dir, 'root-password'), `${preparedPassword}\n`);
    await setupDatabase(place, ['--action', 'init', '--root-password-file', path.join(dir, 'root-password')]);
    await insert(place, preparedData);
    mkdirSync(path.dirname(wanted), { recursive: true });
    // Whole or not at all, also when two runs do this at once.
    const own = mkdtempSync(`${wanted}-`);
    for (const file of ['rt.sqlite', 'token']) cpSync(path.join(dir, file), path.join(own, file));
    try {
      renameSync(own, wanted);
    } catch {
      rmSync(own, { recursive: true, force: true });
    }
    return wanted;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const ticket = {
  Queue: 'Sales',
  Subject: 'private subject',
  Requestor: 'buyer@partner.test',
  Content: 'private words',
  CustomFields: { Tier: 'Gold' },
};

/** Takes where and what from its standard input. */
const asking = `
let text = '';
for await (const chunk of process.stdin) text += chunk;
const { at, token, requests } = JSON.parse(text);
for (const { method, path, body } of requests) {
  const headers = { authorization: 'token ' + token, 'content-type': 'application/json' };
  const response = await fetch(at + path, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(method + ' ' + path + ': ' + response.status + ' ' + (await response.text()));
}
`;

/** Starts it on loopback, or in the lab's network at the place `web`, port 8080. */
export const startRt = async (
  dir: string,
  settings: RtSettings,
  made: { readonly password: string; readonly undo: Undo; readonly network?: Network },
): Promise<Rt> => {
  const { network, undo } = made;
  const at = (name: string): string => path.join(dir, name);
  const host = network ? places.web.v4 : '127.0.0.1';
  const port = network ? 8080 : await freePort();
  const origin = new URL(`http://${host}:${port}`);
  const prepared = await preparedDatabase();
  const place = placeIn(dir, network);
  for (const file of ['rt.sqlite', 'token']) cpSync(path.join(prepared, file), at(file));
  const more = (settings.config ?? []).map((line) => `${line.replaceAll('{dir}', dir)}\n`).join('');
  const base = siteConfig(dir, { url: origin, ...(settings.webPath ? { webPath: settings.webPath } : {}) });
  writeFileSync(at('RT_SiteConfig.pm'), `${base}${more}1;\n`);
  const ends = (code: number): void => writeFileSync(at('exit-code'), `${code}\n`);
  ends(typeof settings.sendmail === 'number' ? settings.sendmail : 0);
  if (settings.sendmail !== 'missing') {
    writeFileSync(at('sendmail'), sendmail.replaceAll('{dir}', dir), { mode: 0o755 });
  }
  await setPasswords(place, made.password);
  if (settings.data) await insert(place, settings.data);
  const serve = [
    '/usr/share/request-tracker5/libexec/rt-server',
    '--host',
    host,
    '--port',
    String(port),
    '--workers',
    '2',
  ];
  const [program, ...args] = place.command([...serve, ...(settings.mounted ? ['--webpath', '/rt'] : [])]);
  const output = at('server.log');
  const child = startServer(program, args, { log: output, env: place.env, cwd: dir });
  undo.add(() => child.kill('SIGTERM'));
  // Its end is not waited for: the workers take a second.
  child.unref();
  await until('Request Tracker', () => listeningPorts(child.pid ?? 0).has(port), {
    child,
    log: () => readIfThere(output),
    timeoutMs: 60_000,
  });
  const rest = `${origin.origin}${settings.mounted ? '/rt' : ''}`;
  const token = readFileSync(at('token'), 'utf8');
  const ask: Rt['ask'] = async (...requests) => {
    // Within the lab's network only what stands in it gets through.
    const words = [process.execPath, '--input-type=module', '-e', asking];
    const [node = '', ...others] = network ? network.on('server', words) : words;
    await run(node, others, { input: JSON.stringify({ at: `${rest}/REST/2.0`, token, requests }) });
  };
  const tickets = (number: number): readonly RtRequest[] =>
    Array.from({ length: number }, () => ({ method: 'POST', path: '/ticket', body: ticket }));
  await ask(...tickets(settings.tickets ?? 0));
  if (settings.ticketsAfterwards) {
    ends(0);
    await ask(...tickets(settings.ticketsAfterwards));
  }
  return {
    url: `${origin.origin}${settings.webPath ?? ''}`,
    rest,
    token,
    log: at('rt.log'),
    settings: at('RT_SiteConfig.pm'),
    sent: () => readIfThere(at('sent')).length,
    ask,
  };
};
