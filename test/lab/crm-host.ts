import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crmHost, type Network } from './network.ts';
import { listeningPorts, readIfThere, run, runQuietly, startServer, until } from './processes.ts';

/** The CRM's own host: an OpenSSH server that takes the client's key. */
export interface CrmHostSettings {
  /** `none`: no Node.js is found there. */
  readonly node?: 'none';
  /** The connection is cut from outside as soon as the tool lies there. */
  readonly cut?: true;
}

export interface CrmHost {
  /** What `--vantage` takes. */
  readonly url: string;
  /** Does to the host what the case says, while crm-doctor runs. */
  readonly meddle: () => Promise<void>;
  /** What lies in the host's temporary directory once nobody is at work there any more. */
  readonly left: () => Promise<readonly string[]>;
}

const port = 22;

/** The processes in the namespace of the host, without the server itself. */
const processesOn = (name: string, server: number | undefined): readonly number[] =>
  runQuietly('ip', ['netns', 'pids', name])
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== server);

/** What the no-Node.js host has beside the shell's own words. */
const tools = ['sh', 'bash', 'uname', 'mktemp', 'rm', 'head', 'env'];

/** Starts sshd in the foreground with a configuration, keys and known hosts of the lab's own. */
export const startCrmHost = async (network: Network, dir: string, settings: CrmHostSettings): Promise<CrmHost> => {
  const name = network.crm;
  if (name === undefined) throw new Error('this network has no host for the CRM');
  const at = (file: string): string => path.join(dir, file);
  for (const each of ['home', 'tmp', 'bin']) mkdirSync(at(each), { recursive: true });
  // sshd refuses to start without it; Debian makes it when the service starts.
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  for (const key of ['host-key', 'user-key']) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
  chmodSync(at('user-key'), 0o600);
  for (const tool of tools) {
    const found = ['/bin', '/usr/bin'].map((folder) => path.join(folder, tool)).find(existsSync);
    if (found) await run('ln', ['-s', found, at(`bin/${tool}`)]);
  }
  const searched = settings.node === 'none' ? at('bin') : process.env.PATH;
  writeFileSync(
    at('sshd_config'),
    [
      `Port ${port}`,
      `ListenAddress ${crmHost.address}`,
      `HostKey ${at('host-key')}`,
      `AuthorizedKeysFile ${at('user-key.pub')}`,
      'PidFile none',
      'UsePAM no',
      // The lab's directory belongs to root, but lies below a directory that others may write to.
      'StrictModes no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PrintMotd no',
      `SetEnv PATH=${searched} HOME=${at('home')} TMPDIR=${at('tmp')}`,
      '',
    ].join('\n'),
  );
  // `ip netns exec` lays /etc/netns/NAME over /etc: this is the client's own ssh configuration.
  const etc = `/etc/netns/${network.client}/ssh`;
  mkdirSync(etc, { recursive: true });
  writeFileSync(at('known_hosts'), `${crmHost.address} ${readIfThere(at('host-key.pub'))}`);
  writeFileSync(
    `${etc}/ssh_config`,
    [
      'Host *',
      `  IdentityFile ${at('user-key')}`,
      '  IdentitiesOnly yes',
      `  GlobalKnownHostsFile ${at('known_hosts')}`,
      '  UserKnownHostsFile /dev/null',
      '',
    ].join('\n'),
  );
  const log = at('sshd.log');
  const [command, ...args] = network.on('crm', ['/usr/sbin/sshd', '-D', '-e', '-f', at('sshd_config')]);
  const child = startServer(command, args, { log, env: { PATH: process.env.PATH } });
  await until('sshd', () => listeningPorts(child.pid ?? 0).has(port), { child, log: () => readIfThere(log) });
  const lying = (): readonly string[] => readdirSync(at('tmp'));
  const unpacked = (): boolean => lying().some((each) => existsSync(at(`tmp/${each}/dist/vantage.js`)));
  return {
    url: `ssh://root@${crmHost.address}`,
    meddle: async () => {
      if (!settings.cut) return;
      await until('The tool on the CRM host', unpacked, { log: () => readIfThere(log) });
      for (const pid of processesOn(name, child.pid)) {
        if (/^sshd/.test(readIfThere(`/proc/${pid}/comm`))) process.kill(pid, 'SIGKILL');
      }
    },
    left: async () => {
      await until('The end of the work on the CRM host', () => processesOn(name, child.pid).length === 0, {
        log: () => lying().join(', '),
      });
      return lying();
    },
  };
};
