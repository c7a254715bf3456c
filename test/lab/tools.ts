import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What is needed on the machine, and the Debian package that brings it. */
type Tools = readonly (readonly [string, string])[];

const tools: Tools = [
  ['/usr/sbin/dovecot', 'dovecot-core'],
  ['/usr/lib/dovecot/imap', 'dovecot-imapd'],
  ['/usr/lib/dovecot/pop3', 'dovecot-pop3d'],
  ['/usr/lib/dovecot/lmtp', 'dovecot-lmtpd'],
  ['/usr/lib/postfix/sbin/master', 'postfix'],
  ['/usr/sbin/named', 'bind9'],
  ['/usr/bin/dnssec-signzone', 'bind9-dnsutils bind9-utils'],
  ['/usr/sbin/nft', 'nftables'],
  ['ip', 'iproute2'],
  ['openssl', 'openssl'],
  ['gnutls-serv', 'gnutls-bin'],
  ['faketime', 'faketime'],
  ['ssh', 'openssh-client'],
  ['/usr/sbin/sshd', 'openssh-server'],
];

const there = (tool: string): boolean =>
  tool.startsWith('/')
    ? existsSync(tool)
    : (process.env.PATH ?? '').split(':').some((dir) => existsSync(`${dir}/${tool}`)) ||
      existsSync(`/usr/sbin/${tool}`);

const missingOf = (wanted: Tools): Tools => wanted.filter(([tool]) => !there(tool));

const policy = '/usr/sbin/policy-rc.d';

// Debian packages start their daemons when they are installed; exit 101 of this script forbids it (invoke-rc.d(8)).
const withoutDaemons = (act: () => void): void => {
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    act();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
};

const apt = (args: readonly string[]): boolean =>
  // Two test files may want something at once.
  spawnSync('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  }).status === 0;

const isDebian = (): boolean =>
  existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Why these cannot be had here, or nothing; installs what is missing where it may. */
export const ensureInstalled = (wanted: Tools): string | undefined => {
  const missing = missingOf(wanted);
  if (missing.length > 0 && process.getuid?.() === 0 && isDebian()) {
    const packages = missing.flatMap(([, names]) => names.split(' '));
    withoutDaemons(() => {
      // Postfix asks what kind of site this is; noninteractive takes the answer from here.
      spawnSync('debconf-set-selections', [], {
        input: 'postfix postfix/main_mailer_type select No configuration\n',
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      const install = ['--no-install-recommends', 'install', ...packages];
      if (!apt(install)) {
        apt(['update']);
        apt(install);
      }
    });
  }
  const still = missingOf(wanted);
  return still.length > 0 ? `these are missing: ${still.map(([, name]) => name).join(', ')}` : undefined;
};

/** Why the lab cannot run here, or nothing; installs what is missing where it may. */
export const ensureTools = (): string | undefined => {
  if (process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'it needs root for network namespaces and standard ports';
  const missing = ensureInstalled(tools);
  if (missing !== undefined) return missing;
  // 2.4 reads another configuration language.
  const dovecot = spawnSync('/usr/sbin/dovecot', ['--version'], { encoding: 'utf8' }).stdout.trim();
  if (!dovecot.startsWith('2.3.')) return `it is written for Dovecot 2.3 (Debian 12), this is ${dovecot}`;
  const probe = `crmd-${process.pid}-probe`;
  const made = spawnSync('ip', ['netns', 'add', probe], { encoding: 'utf8' });
  spawnSync('ip', ['netns', 'del', probe], { stdio: 'ignore' });
  return made.status === 0 ? undefined : `network namespaces are not allowed here: ${made.stderr.trim()}`;
};
