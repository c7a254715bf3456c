import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { run, runQuietly } from './processes.ts';
import type { Undo } from './undo.ts';

/**
 * The addresses of the lab. They come from the documentation ranges (RFC 5737, RFC 3849): public in form, so that no
 * check takes them for private, and routed nowhere should one ever leak.
 */
export const places = {
  client: { v4: '203.0.113.1', v6: '2001:db8:77::1' },
  /** The mail server. */
  mail: { v4: '203.0.113.10', v6: '2001:db8:77::10' },
  /** Further hosts for what does not live on the mail server. */
  other: { v4: '203.0.113.11', v6: '2001:db8:77::11' },
  third: { v4: '203.0.113.12', v6: '2001:db8:77::12' },
  web: { v4: '203.0.113.80', v6: '2001:db8:77::80' },
  dns: { v4: '203.0.113.53', v6: '2001:db8:77::53' },
  /** The zone's own name server, where the resolver is another process. */
  authority: { v4: '203.0.113.54', v6: '2001:db8:77::54' },
  /** Where the real servers listen when a delaying proxy stands in front of them. */
  behind: { v4: '203.0.113.110', v6: '2001:db8:77::110' },
} as const;

/** The CRM's own host, where a case has one: behind a wire of its own, so that a firewall can tell it from the client. */
export const crmHost = { address: '198.51.100.2', gateway: '198.51.100.1' } as const;

export type Place = keyof typeof places;
export type Family = 'v4' | 'v6' | 'dual';

/** A client and a server namespace with a wire between them, and nothing else in the world. */
export interface Network {
  readonly client: string;
  readonly server: string;
  /** Only where the case has a host of the CRM. */
  readonly crm?: string;
  readonly families: Family;
  /** The command line that runs something on that side. */
  readonly on: (side: 'client' | 'server' | 'crm', command: readonly string[]) => readonly [string, ...string[]];
}

let made = 0;

const addressesOf = (side: 'client' | 'server', families: Family): readonly string[] => {
  const mine =
    side === 'client' ? [places.client] : Object.entries(places).flatMap(([k, p]) => (k === 'client' ? [] : [p]));
  return mine.flatMap(({ v4, v6 }) => [
    ...(families === 'v6' ? [] : [`addr add ${v4}/24 dev eth0`]),
    ...(families === 'v4' ? [] : [`addr add ${v6}/64 dev eth0 nodad`]),
  ]);
};

export const makeNetwork = async (
  undo: Undo,
  options: {
    readonly families: Family;
    readonly resolver?: string;
    readonly hosts?: readonly string[];
    readonly crm?: boolean;
  },
): Promise<Network> => {
  const stem = `crmd-${process.pid}-${++made}`;
  const [client, server, crm] = [`${stem}-c`, `${stem}-s`, `${stem}-v`];
  const names = options.crm ? [client, server, crm] : [client, server];
  for (const name of names) undo.add(() => removeNamespace(name));
  const resolver = options.resolver ?? (options.families === 'v6' ? places.dns.v6 : places.dns.v4);
  for (const name of names) {
    mkdirSync(`/etc/netns/${name}`, { recursive: true });
    writeFileSync(`/etc/netns/${name}/resolv.conf`, `nameserver ${resolver}\n`);
    const hosts = ['127.0.0.1 localhost', '::1 localhost', ...(name === client ? (options.hosts ?? []) : [])];
    writeFileSync(`/etc/netns/${name}/hosts`, `${hosts.join('\n')}\n`);
  }
  await Promise.all(names.map((name) => run('ip', ['netns', 'add', name])));
  await run('ip', ['link', 'add', 'eth0', 'netns', client, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', server]);
  await Promise.all(
    (['client', 'server'] as const).map((side) =>
      run('ip', ['-n', side === 'client' ? client : server, '-batch', '-'], {
        input: `${['link set lo up', 'link set eth0 up', ...addressesOf(side, options.families)].join('\n')}\n`,
      }),
    ),
  );
  if (options.crm) await joinCrm(crm, { client, server });
  return {
    client,
    server,
    ...(options.crm ? { crm } : {}),
    families: options.families,
    on: (side, command) => ['ip', 'netns', 'exec', { client, server, crm }[side], ...command],
  };
};

/** A second wire to the servers, which pass on what goes between the client and the CRM's host. */
const joinCrm = async (
  crm: string,
  { client, server }: { readonly client: string; readonly server: string },
): Promise<void> => {
  const { address, gateway } = crmHost;
  await run('ip', ['link', 'add', 'eth0', 'netns', crm, 'type', 'veth', 'peer', 'name', 'eth1', 'netns', server]);
  const inside = (name: string, lines: readonly string[]): Promise<string> =>
    run('ip', ['-n', name, '-batch', '-'], { input: `${lines.join('\n')}\n` });
  await inside(server, [`addr add ${gateway}/24 dev eth1`, 'link set eth1 up']);
  await inside(crm, [
    'link set lo up',
    `addr add ${address}/24 dev eth0`,
    'link set eth0 up',
    `route add default via ${gateway}`,
  ]);
  await inside(client, [`route add ${address}/32 via ${places.mail.v4}`]);
  await run('ip', ['netns', 'exec', server, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
};

const removeNamespace = (name: string): void => {
  for (const pid of runQuietly('ip', ['netns', 'pids', name]).split('\n')) {
    if (/^\d+$/.test(pid)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // Already gone.
      }
    }
  }
  runQuietly('ip', ['netns', 'del', name]);
  rmSync(`/etc/netns/${name}`, { recursive: true, force: true });
};

/** Removes what an earlier run left behind that was killed without a chance to clean up. */
export const removeStaleNetworks = (): void => {
  const listed = runQuietly('ip', ['netns', 'list'])
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  // The directory is made before its namespace, and removed after it.
  const configured = existsSync('/etc/netns') ? readdirSync('/etc/netns') : [];
  for (const name of new Set([...listed, ...configured])) {
    const pid = /^crmd-(\d+)-\d+-[csv]$/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch {
      removeNamespace(name);
    }
  }
};

/** Rules of nftables on each side: what reaches the servers, what leaves the client, what comes back to it. */
export interface Firewall {
  readonly server?: readonly string[];
  readonly client?: readonly string[];
  readonly clientInput?: readonly string[];
}

const chain = (name: string, hook: string, rules: readonly string[]): string =>
  `  chain ${name} {\n    type filter hook ${hook} priority 0; policy accept;\n${rules.map((r) => `    ${r}\n`).join('')}  }\n`;

export const setFirewall = async (network: Network, firewall: Firewall): Promise<void> => {
  if (firewall.server?.length) {
    await run('ip', ['netns', 'exec', network.server, 'nft', '-f', '-'], {
      input: `table inet lab {\n${chain('arriving', 'input', firewall.server)}}\n`,
    });
  }
  if (firewall.client?.length || firewall.clientInput?.length) {
    await run('ip', ['netns', 'exec', network.client, 'nft', '-f', '-'], {
      input: `table inet lab {\n${chain('leaving', 'output', firewall.client ?? [])}${chain('arriving', 'input', firewall.clientInput ?? [])}}\n`,
    });
  }
};

/** Further routes of the client. */
export const addRoutes = async (network: Network, routes: readonly string[]): Promise<void> => {
  for (const route of routes) await run('ip', ['-n', network.client, 'route', 'add', ...route.split(' ')]);
};

/**
 * Counts what the client tries from now on: one element a connection attempt. The source port is part of the key, so a
 * SYN that is sent again because a firewall swallowed it is still one attempt.
 */
export const countConnections = async (network: Network): Promise<void> => {
  for (const name of callers(network)) await countIn(name);
};

/** Who makes connections that count: the client, and the CRM's host where there is one. */
const callers = ({ client, crm }: Network): readonly string[] => (crm === undefined ? [client] : [client, crm]);

const countIn = async (name: string): Promise<void> => {
  const set = (name: string, type: string): string =>
    `  set ${name} { type ${type} . inet_service . inet_service; flags dynamic; size 65535; }\n`;
  await run('ip', ['netns', 'exec', name, 'nft', '-f', '-'], {
    input:
      `table inet count {\n${set('tries4', 'ipv4_addr')}${set('tries6', 'ipv6_addr')}` +
      '  chain leaving {\n    type filter hook output priority -300; policy accept;\n' +
      '    tcp flags & (fin | syn | rst | ack) == syn add @tries4 { ip daddr . tcp dport . tcp sport }\n' +
      '    tcp flags & (fin | syn | rst | ack) == syn add @tries6 { ip6 daddr . tcp dport . tcp sport }\n  }\n}\n',
  });
};

const placeOf = (address: string): string =>
  Object.entries(places).find(([, { v4, v6 }]) => v4 === address || v6 === address)?.[0] ?? address;

/** Connection attempts of the client by place and port since `countConnections`; both families of a place together. */
export const connectionsMade = async (network: Network): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  const sets = callers(network).flatMap((name) => ['tries4', 'tries6'].map((set) => [name, set] as const));
  for (const [name, set] of sets) {
    const text = await run('ip', ['netns', 'exec', name, 'nft', '-j', 'list', 'set', 'inet', 'count', set]);
    for (const [, address, port] of text.matchAll(/\{"concat": \["([^"]+)", (\d+), \d+\]\}/g)) {
      const key = `${placeOf(address ?? '')}:${port}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
};
