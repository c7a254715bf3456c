import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { HostsEntry } from '../model/dns-facts.ts';

/** A hosts file is a few lines; what is longer than this is no hosts file, or one that blocks advertisements. */
const mostBytes = 4 * 1024 * 1024;

const place = (): string =>
  process.platform === 'win32'
    ? `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts';

/** The lines of a hosts(5) file that name a host. */
export const entriesFor = (host: string, text: string, file: string): readonly HostsEntry[] => {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  return text.split('\n').flatMap((line, at): readonly HostsEntry[] => {
    const [address = '', ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
    const named = names.some((name) => name.toLowerCase() === wanted);
    return named && isIP(address.replace(/%.*$/, '')) !== 0 ? [{ file, line: at + 1, address }] : [];
  });
};

/** What the system's hosts file says of a name; nothing where it cannot be read. */
export const hostsEntries = async (host: string, file = place()): Promise<readonly HostsEntry[]> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  return entriesFor(host, text.slice(0, mostBytes), file);
};
