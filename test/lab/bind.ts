import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Network, type Place, places } from './network.ts';
import { readIfThere, run, startServer, until } from './processes.ts';

/** What stands in the DNS; a healthy zone is the base, and a case says what differs from it. */
export interface DnsSettings {
  /**
   * served: as it should be; unloadable: the zone's file is broken, so every name in it is SERVFAIL; bogus: signatures
   * that expired, behind a validating resolver; signed: with good ones; off: nothing listens on port 53.
   */
  readonly kind?: 'served' | 'unloadable' | 'bogus' | 'signed' | 'off';
  /** Records to leave out of aozora.test, as `NAME` or `NAME TYPE`. */
  readonly without?: readonly string[];
  /** Records to add to aozora.test in zone file form, names relative to it. */
  readonly add?: readonly string[];
  /** Where the zone's own name server stands; default: the resolver itself. */
  readonly ns?: Place;
  /** Further zones, by name, each with an SOA and NS of its own added. */
  readonly zones?: Readonly<Record<string, readonly string[]>>;
}

export const domain = 'aozora.test';

const addressRecords = (network: Network, name: string, place: Place): readonly string[] => [
  ...(network.families === 'v6' ? [] : [`${name} A ${places[place].v4}`]),
  ...(network.families === 'v4' ? [] : [`${name} AAAA ${places[place].v6}`]),
];

const baseZone = (network: Network): readonly string[] => [
  ...addressRecords(network, 'mail', 'mail'),
  '@ MX 10 mail',
  '@ TXT "v=spf1 mx -all"',
  '_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:postmaster@aozora.test"',
];

// Each zone names a server inside itself: BIND does not load one whose name server has no address.
const zoneText = (network: Network, name: string, records: readonly string[], ns: Place = 'dns'): string =>
  [
    '$TTL 60',
    `$ORIGIN ${name === '.' ? '.' : `${name}.`}`,
    `@ SOA ns hostmaster.${domain}. 2026110101 3600 600 86400 60`,
    '@ NS ns',
    ...addressRecords(network, 'ns', ns),
    ...records,
    '',
  ].join('\n');

const matches = (record: string, selector: string): boolean => {
  const [name, type] = record.split(/\s+/);
  const [wantedName, wantedType] = selector.split(' ');
  return name === wantedName && (wantedType === undefined || wantedType === type);
};

const options = (dir: string, network: Network, place: Place, more: readonly string[]): string =>
  [
    'options {',
    `  directory "${dir}";`,
    '  pid-file none;',
    `  session-keyfile "${dir}/session.key";`,
    `  listen-on { ${network.families === 'v6' ? 'none' : places[place].v4}; };`,
    `  listen-on-v6 { ${network.families === 'v4' ? 'none' : places[place].v6}; };`,
    '  allow-query { any; };',
    '  allow-recursion { any; };',
    '  empty-zones-enable no;',
    '  minimal-responses yes;',
    ...more.map((line) => `  ${line}`),
    '};',
    'controls { };',
    'logging { channel err { stderr; severity info; }; category default { err; }; };',
    '',
  ].join('\n');

// Ubuntu's AppArmor profile lets named read its packaged directories only.
const unconfined: readonly string[] =
  existsSync('/sys/kernel/security/apparmor/profiles') && existsSync('/usr/bin/aa-exec')
    ? ['aa-exec', '-p', 'unconfined', '--']
    : [];

const startNamed = async (network: Network, dir: string, conf: string): Promise<void> => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'named.conf'), conf);
  const [command, ...args] = network.on('server', [
    ...unconfined,
    'named',
    '-g',
    '-n',
    '1',
    '-c',
    path.join(dir, 'named.conf'),
  ]);
  const log = path.join(dir, 'named.log');
  const child = startServer(command, args, { log });
  await until('BIND', () => /\brunning$/m.test(readIfThere(log)), { child, log: () => readIfThere(log) });
};

const primary = (name: string, file: string): string => `zone "${name}" { type primary; file "${file}"; };\n`;

/** Starts BIND as resolver and name server of the lab's small world, which has its own root. */
export const startBind = async (
  network: Network,
  dir: string,
  settings: DnsSettings,
  place: Place = 'dns',
): Promise<void> => {
  const kind = settings.kind ?? 'served';
  if (kind === 'off') return;
  const resolver = path.join(dir, 'resolver');
  mkdirSync(resolver, { recursive: true });
  const main = [
    ...baseZone(network).filter((record) => !(settings.without ?? []).some((selector) => matches(record, selector))),
    ...(settings.add ?? []),
  ];
  const zones: Record<string, readonly string[]> = {
    '.': [],
    test: [],
    '113.0.203.in-addr.arpa': ['10 PTR mail.aozora.test.', '1 PTR crm.aozora.test.'],
    ...settings.zones,
    ...(kind === 'served' ? { [domain]: main } : {}),
  };
  let conf = options(resolver, network, place, [
    'recursion yes;',
    kind === 'bogus' || kind === 'signed' ? 'dnssec-validation yes;' : 'dnssec-validation no;',
  ]);
  for (const [name, records] of Object.entries(zones)) {
    // A resolver that validates must not be the zone's own server: data that it serves itself it takes as proven.
    const file = `${name === '.' ? 'root' : name}.zone`;
    writeFileSync(
      path.join(resolver, file),
      zoneText(network, name, records, name === domain ? settings.ns : undefined),
    );
    conf += primary(name, file);
  }
  if (kind === 'unloadable') {
    writeFileSync(path.join(resolver, 'broken.zone'), `${zoneText(network, domain, main)}mail 60 IN A 203.0.113.ten\n`);
    conf += primary(domain, 'broken.zone');
  }
  if (kind === 'bogus' || kind === 'signed') {
    const days = kind === 'signed' ? ([-1, 30] as const) : ([-60, -30] as const);
    conf += await startSignedZone(network, path.join(dir, 'authority'), main, days);
  }
  await startNamed(network, resolver, conf);
};

// YYYYMMDDHHMMSS, so many days from now.
const signedAt = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

/** A zone whose signatures hold from one day to another, on a server of its own; returns what the resolver must know of it. */
const startSignedZone = async (
  network: Network,
  dir: string,
  records: readonly string[],
  [from, until]: readonly [number, number],
): Promise<string> => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'zone'), zoneText(network, domain, records));
  await run('dnssec-keygen', ['-q', '-K', dir, '-a', 'ECDSAP256SHA256', '-f', 'KSK', domain], { cwd: dir });
  await run('dnssec-keygen', ['-q', '-K', dir, '-a', 'ECDSAP256SHA256', domain], { cwd: dir });
  // -P: the signer would check its work and refuse it where it has run out.
  await run(
    'dnssec-signzone',
    [
      '-q',
      '-P',
      '-S',
      '-K',
      dir,
      '-o',
      domain,
      '-s',
      signedAt(from),
      '-e',
      signedAt(until),
      '-f',
      'zone.signed',
      'zone',
    ],
    { cwd: dir },
  );
  await startNamed(
    network,
    dir,
    `${options(dir, network, 'authority', ['recursion no;', 'dnssec-validation no;'])}${primary(domain, 'zone.signed')}`,
  );
  const keys = readdirSync(dir).filter((file) => file.endsWith('.key'));
  const ksk = keys.map((file) => readFileSync(path.join(dir, file), 'utf8')).find((text) => / DNSKEY 257 /.test(text));
  const [, algorithm, key] = / DNSKEY 257 3 (\d+) (.+)$/m.exec(ksk ?? '') ?? [];
  const server = network.families === 'v6' ? places.authority.v6 : places.authority.v4;
  return (
    `trust-anchors { ${domain}. static-key 257 3 ${algorithm} "${(key ?? '').replaceAll(' ', '')}"; };\n` +
    `zone "${domain}" { type static-stub; server-addresses { ${server}; }; };\n`
  );
};
