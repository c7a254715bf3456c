import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AgentJob } from './agent.ts';
import { startBind } from './bind.ts';
import type { SiteSettings } from './case.ts';
import { type CertificateFiles, Certificates } from './certificates.ts';
import { startCourier } from './courier.ts';
import { type CrmHost, startCrmHost } from './crm-host.ts';
import { startCyrus } from './cyrus.ts';
import type { Delay } from './delay.ts';
import { type Dovecot, introspectionPort, startDovecot } from './dovecot.ts';
import { startExim } from './exim.ts';
import type { Logs } from './harmless.ts';
import type { Store } from './maildirs.ts';
import {
  addRoutes,
  makeNetwork,
  type Network,
  type Place,
  places,
  removeStaleNetworks,
  setFirewall,
} from './network.ts';
import { startOpensmtpd } from './opensmtpd.ts';
import { startPostfix } from './postfix.ts';
import { listeningPorts, readIfThere, run, startServer, until } from './processes.ts';
import { type Rt, startRt } from './rt.ts';
import { type Tokens, tokensFor } from './token.ts';
import { startTryton, type Tryton } from './tryton.ts';
import { Undo } from './undo.ts';

/** What all cases of one lab run share: its directory, its authorities, the bundled agent. */
export interface Lab {
  readonly dir: string;
  readonly root: string;
  readonly agent: string;
  readonly certificates: Certificates;
  readonly keep: boolean;
  readonly stop: () => void;
}

/** Directories of an earlier run that was killed without a chance to clean up. */
const removeStaleDirectories = (): void => {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = /^crmd-lab-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
    }
  }
};

/** `root` is the repository. */
export const startLab = async (root: string, options: { readonly keep?: boolean } = {}): Promise<Lab> => {
  removeStaleNetworks();
  removeStaleDirectories();
  const undo = new Undo();
  const dir = mkdtempSync(path.join(os.tmpdir(), `crmd-lab-${process.pid}-`));
  // The servers' own users have to get through.
  chmodSync(dir, 0o755);
  if (!options.keep) undo.add(() => rmSync(dir, { recursive: true, force: true }));
  const agent = path.join(dir, 'agent.mjs');
  await run(path.join(root, 'node_modules/.bin/esbuild'), [
    path.join(root, 'test/lab/agent.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--log-level=error',
    `--outfile=${agent}`,
  ]);
  return {
    dir,
    root,
    agent,
    certificates: new Certificates(path.join(dir, 'certificates')),
    keep: options.keep ?? false,
    stop: () => undo.run(),
  };
};

/** A running set-up: the two namespaces, the servers in one of them, and the files a client needs. */
export interface Site {
  readonly dir: string;
  /** The client's directory, for its configuration, home and output. */
  readonly clientDir: string;
  readonly network: Network;
  /** PEM file of the CA that signed the healthy certificates. */
  readonly ca: string;
  readonly password: string;
  /** Only in a case with OAuth. */
  readonly tokens?: Tokens;
  readonly crm?: CrmHost;
  readonly rt?: Rt;
  readonly tryton?: Tryton;
  readonly logs: Logs;
  /** Where messages lie, whatever server keeps them. */
  readonly stores: readonly string[];
  readonly stop: () => void;
}

/** Random, with characters that each encoding writes differently. */
export const randomPassword = (): string => {
  const letters = randomBytes(12)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, 'x');
  return `${letters.slice(0, 6)}+${letters.slice(6, 11)}/&${letters.slice(11)}9a`;
};

/** Where a hop that stands between Postfix and Dovecot passes mail on. */
const lmtpByTcp = ['service lmtp {', '  inet_listener lmtp {', '    address = 127.0.0.1', '    port = 24', '  }', '}'];

let numbered = 0;

const addressesAt = (network: Network, place: Place): readonly string[] => [
  ...(network.families === 'v6' ? [] : [places[place].v4]),
  ...(network.families === 'v4' ? [] : [places[place].v6]),
];

const addressRecord = (name: string, address: string): string =>
  `${name} ${address.includes(':') ? 'AAAA' : 'A'} ${address}`;

/** GnuTLS's own test server, for what OpenSSL cannot be talked into; it says nothing by itself. */
const startGnutls = async (
  network: Network,
  dir: string,
  { port, priority }: NonNullable<SiteSettings['gnutls']>,
  { key, chain }: CertificateFiles,
): Promise<void> => {
  mkdirSync(dir, { recursive: true });
  const log = path.join(dir, 'gnutls.log');
  const words = [
    '--port',
    String(port),
    '--echo',
    '--x509certfile',
    chain,
    '--x509keyfile',
    key,
    '--priority',
    priority,
  ];
  const [command, ...args] = network.on('server', ['gnutls-serv', ...words]);
  const child = startServer(command, args, { log, env: { PATH: process.env.PATH } });
  await until('GnuTLS', () => listeningPorts(child.pid ?? 0).has(port), { child, log: () => readIfThere(log) });
};

const startAgent = async (
  lab: Lab,
  network: Network,
  side: 'client' | 'server',
  dir: string,
  job: Omit<AgentJob, 'readyFile' | 'countFile'>,
): Promise<string> => {
  mkdirSync(dir, { recursive: true });
  const at = (name: string): string => path.join(dir, name);
  const whole: AgentJob = { ...job, readyFile: at('ready'), countFile: at('counts.json') };
  writeFileSync(at('job.json'), JSON.stringify(whole));
  const openssl = `openssl_conf = o\n[o]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nCipherString = DEFAULT@SECLEVEL=0\n`;
  writeFileSync(at('openssl.cnf'), openssl);
  const [command, ...args] = network.on(side, [process.execPath, lab.agent, at('job.json')]);
  const child = startServer(command, args, { log: at('agent.log'), env: { PATH: process.env.PATH } });
  await until('The scripted servers', () => existsSync(whole.readyFile), {
    child,
    log: () => readIfThere(at('agent.log')),
  });
  return whole.countFile;
};

const issuerFor = async (
  lab: Lab,
  network: Network,
  settings: NonNullable<SiteSettings['issuer']>,
  { refreshToken, known }: Tokens,
): Promise<NonNullable<AgentJob['issuer']>> => {
  const files = await lab.certificates.leaf({ names: ['web.aozora.test'] });
  const [host = ''] = addressesAt(network, 'web');
  return {
    ...settings,
    host,
    port: 443,
    inClear: { port: introspectionPort },
    issuer: 'https://web.aozora.test',
    clientId: '11111111-2222-3333-4444-555555555555',
    claims: { aud: 'mail', scope: 'mail', upn: 'sales@aozora.test', username: 'sales@aozora.test' },
    refreshTokens: [refreshToken],
    accessTokens: known,
    chainFile: files.chain,
    keyFile: files.key,
  };
};

/** Half a round trip each way in front of every mail port and the resolver. */
const delaysFor = (network: Network, roundTripMs: number): readonly Delay[] => {
  const before = (place: Place, real: Place, transport: 'tcp' | 'udp', ports: readonly number[]): readonly Delay[] =>
    addressesAt(network, place).flatMap((address, n) =>
      ports.map((port) => ({
        transport,
        listen: { address, port },
        to: { address: addressesAt(network, real)[n] ?? '', port },
        oneWayMs: roundTripMs / 2,
      })),
    );
  return [
    ...before('mail', 'behind', 'tcp', [25, 465, 587, 143, 993, 110, 995]),
    ...before('dns', 'authority', 'tcp', [53]),
    ...before('dns', 'authority', 'udp', [53]),
  ];
};

export const startSite = async (
  lab: Lab,
  settings: SiteSettings,
  options: { readonly password?: string; readonly users?: readonly string[]; readonly roundTripMs?: number } = {},
): Promise<Site> => {
  const undo = new Undo();
  const dir = path.join(lab.dir, `site-${++numbered}`);
  const clientDir = path.join(dir, 'client');
  mkdirSync(clientDir, { recursive: true });
  if (!lab.keep) undo.add(() => rmSync(dir, { recursive: true, force: true }));
  try {
    const families = settings.families ?? 'v4';
    const network = await makeNetwork(undo, {
      families,
      ...(settings.crmHost ? { crm: true } : {}),
      hosts: [...(settings.hosts ?? []), ...(settings.issuer ? [`${places.web.v4} web.aozora.test`] : [])],
    });
    const password = options.password ?? randomPassword();
    const logins = (settings.courier ?? settings.cyrus ?? (settings.dovecot || settings))?.users ?? [
      'sales@aozora.test',
    ];
    const users = Object.fromEntries(logins.map((login) => [login, password]));
    const ca = await lab.certificates.authority('root');
    const files = new Map<string, CertificateFiles>();
    for (const [name, spec] of Object.entries({
      server: {},
      ...(settings.tryton ? { crm: { names: ['crm.aozora.test'] } } : {}),
      ...settings.certificates,
    })) {
      files.set(name, await lab.certificates.leaf(spec));
    }
    const certificate = (name = 'server'): CertificateFiles => {
      const found = files.get(name);
      if (!found) throw new Error(`no certificate named ${name}`);
      return found;
    };
    const place: Place | undefined = options.roundTripMs ? 'behind' : undefined;
    const crmName = settings.tryton ? addressesAt(network, 'web').map((address) => addressRecord('crm', address)) : [];
    const dns = { ...settings.dns, add: [...(settings.dns?.add ?? []), ...crmName] };
    const bindStarting = startBind(network, path.join(dir, 'bind'), dns, place ? 'authority' : 'dns');
    // Awaited further down; until then its failure must not count as unhandled.
    bindStarting.catch(() => undefined);
    if (settings.authorityDns) {
      await startBind(network, path.join(dir, 'authority-bind'), settings.authorityDns, 'authority');
    }
    const dovecotDir = path.join(dir, 'dovecot');
    const postfixDir = path.join(dir, 'postfix');
    let dovecot: Dovecot | undefined;
    let store: Store | undefined;
    const cyrusDir = path.join(dir, 'cyrus');
    const courierDir = path.join(dir, 'courier');
    if (settings.courier) {
      const made = { certificate: certificate(settings.courier.certificate), users };
      const { homes } = await startCourier(network, courierDir, settings.courier, made);
      store = { kind: 'homes', where: homes };
    } else if (settings.cyrus) {
      const made = { certificate: certificate(settings.cyrus.certificate), users, undo };
      store = { kind: 'lmtp', where: (await startCyrus(network, cyrusDir, settings.cyrus, made)).lmtpSocket };
    } else if (settings.dovecot !== false) {
      const { conf = [], ...others } = settings.dovecot ?? {};
      const differs = { ...others, conf: settings.delivery ? [...lmtpByTcp, ...conf] : conf };
      const made = { certificate: certificate(differs.certificate), ca, named: certificate, users };
      dovecot = await startDovecot(network, dovecotDir, { ...(place ? { at: place } : {}), ...differs }, made);
      store = { kind: 'lmtp', where: dovecot.lmtpSocket };
    }
    const opensmtpdDir = path.join(dir, 'opensmtpd');
    const eximDir = path.join(dir, 'exim');
    if (settings.exim) {
      const made = { certificate: certificate(settings.exim.certificate), ca, users };
      await startExim(
        network,
        eximDir,
        { ...(place ? { at: place } : {}), ...settings.exim },
        { ...made, ...(store ? { store } : {}) },
      );
    } else if (settings.opensmtpd) {
      const made = { certificate: certificate(settings.opensmtpd.certificate) };
      await startOpensmtpd(
        network,
        opensmtpdDir,
        { ...(place ? { at: place } : {}), ...settings.opensmtpd },
        { ...made, ...(store ? { store } : {}) },
      );
    } else if (settings.postfix !== false) {
      const differs = settings.postfix ?? {};
      const held = settings.delivery ? { virtual_transport: 'lmtp:inet:127.0.0.1:2424' } : {};
      await startPostfix(
        network,
        postfixDir,
        { ...(place ? { at: place } : {}), ...differs, main: { ...held, ...differs.main } },
        { certificate: certificate(differs.certificate), ca, ...(dovecot ? { dovecot } : {}) },
      );
    }
    const delays: readonly Delay[] = [
      ...(options.roundTripMs ? delaysFor(network, options.roundTripMs) : []),
      ...(settings.delivery
        ? [
            {
              transport: 'tcp' as const,
              listen: { address: '127.0.0.1', port: 2424 },
              to: { address: '127.0.0.1', port: 24 },
              oneWayMs: 0,
              ...settings.delivery,
            },
          ]
        : []),
    ];
    const scripted = (settings.scripted ?? []).map(({ at = 'mail', ...server }) => ({
      ...server,
      addresses: addressesAt(network, at),
      chainFile: certificate(server.certificate).chain,
      keyFile: certificate(server.certificate).key,
      caFile: ca,
      users,
    }));
    const tokens = settings.token || settings.issuer ? tokensFor(settings.token ?? {}) : undefined;
    let scriptedCounts = '';
    const gateways = (settings.gateways ?? []).map((gateway) => ({
      ...gateway,
      address: addressesAt(network, 'mail')[0] ?? '',
      chainFile: certificate(gateway.certificate).chain,
      keyFile: certificate(gateway.certificate).key,
    }));
    // Beside the servers: connections of the client's side would count as crm-doctor's.
    const fetchers =
      settings.fetchedEveryMs === undefined
        ? []
        : [
            {
              address: addressesAt(network, 'mail')[0] ?? '',
              user: logins[0] ?? '',
              password,
              everyMs: settings.fetchedEveryMs,
            },
          ];
    const between = gateways.length > 0 || fetchers.length > 0;
    const served = between || settings.web || settings.pages || settings.proxy || settings.dyingAuth || settings.issuer;
    if (scripted.length > 0 || delays.length > 0 || served) {
      const web = settings.web
        ? {
            addresses: addressesAt(network, 'web'),
            files: { '/intermediate.der': await lab.certificates.authorityDer('intermediate') },
          }
        : undefined;
      const shown = settings.pages;
      const pages = shown
        ? {
            addresses: addressesAt(network, 'web'),
            chainFile: certificate(shown.certificate).chain,
            keyFile: certificate(shown.certificate).key,
            https: shown.https ?? {},
            http: shown.http ?? {},
          }
        : undefined;
      const job = {
        scripted,
        delays,
        gateways,
        fetchers,
        holds: [],
        ...(web ? { web } : {}),
        ...(pages ? { pages } : {}),
        ...(settings.proxy ? { proxies: addressesAt(network, 'web') } : {}),
        ...(settings.dyingAuth ? { dyingAuth: 12_345 } : {}),
        ...(settings.issuer && tokens ? { issuer: await issuerFor(lab, network, settings.issuer, tokens) } : {}),
      };
      scriptedCounts = await startAgent(lab, network, 'server', path.join(dir, 'agent'), job);
    }
    if (settings.gnutls) {
      const { key, chain } = certificate();
      await startGnutls(network, path.join(dir, 'gnutls'), settings.gnutls, { key, chain });
    }
    await bindStarting;
    if (settings.holds) {
      const user = logins[0] ?? '';
      const fill = (line: string): string =>
        line
          .replaceAll('{user}', user)
          .replaceAll('{password}', password)
          .replaceAll('{plain}', Buffer.from(`\0${user}\0${password}`).toString('base64'));
      const holds = settings.holds.map(({ at = 'mail', ...one }) => ({
        ...one,
        address: addressesAt(network, at)[0] ?? '',
        lines: one.lines.map(fill),
      }));
      await startAgent(lab, network, 'client', path.join(dir, 'holder'), { scripted: [], delays: [], holds });
    }
    const rtDir = path.join(dir, 'rt');
    const rt = settings.rt ? await startRt(rtDir, settings.rt, { password, undo, network }) : undefined;
    const trytonDir = path.join(dir, 'tryton');
    const tryton = settings.tryton
      ? await startTryton(trytonDir, settings.tryton, {
          address: places.web.v4,
          port: 8000,
          password,
          certificate: certificate(settings.tryton.certificate ?? 'crm'),
          on: (command) => network.on('server', command),
        })
      : undefined;
    const crm = settings.crmHost ? await startCrmHost(network, path.join(dir, 'crm'), settings.crmHost) : undefined;
    if (settings.firewall) await setFirewall(network, settings.firewall);
    if (settings.routes) await addRoutes(network, settings.routes);
    return {
      dir,
      clientDir,
      network,
      ca,
      password,
      ...(tokens ? { tokens } : {}),
      ...(crm ? { crm } : {}),
      ...(rt ? { rt } : {}),
      ...(tryton ? { tryton } : {}),
      logs: {
        rt: path.join(rtDir, 'rt.log'),
        dovecot: path.join(dovecotDir, 'dovecot.log'),
        postfix: path.join(postfixDir, 'postfix.log'),
        courier: path.join(courierDir, 'courier.log'),
        cyrus: path.join(cyrusDir, 'syslog'),
        opensmtpd: path.join(opensmtpdDir, 'opensmtpd.log'),
        exim: path.join(eximDir, 'var/log/exim4/mainlog'),
        tryton: path.join(trytonDir, 'trytond.log'),
        scripted: scriptedCounts,
      },
      stores: [
        path.join(dovecotDir, 'mail'),
        path.join(courierDir, 'homes'),
        path.join(cyrusDir, 'var/spool/cyrus/mail'),
      ],
      stop: () => undo.run(),
    };
  } catch (error) {
    undo.run();
    throw error;
  }
};
