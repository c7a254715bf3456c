import type { Line } from './main.ts';
import { cpuMs, median } from './measure.ts';

/** `--version` and `--help` against a bare Node, in turn so that the machine's drift meets all alike. */
export const startup = async (root: string): Promise<readonly Line[]> => {
  const cli = `${root}bin/crm-doctor.js`;
  const rows = { bare: [] as number[], version: [] as number[], help: [] as number[] };
  for (let round = 0; round < 7; round += 1) {
    rows.bare.push(await cpuMs([process.execPath, '-e', '0'], 5));
    rows.version.push(await cpuMs([process.execPath, cli, '--version'], 5));
    rows.help.push(await cpuMs([process.execPath, cli, '--help'], 5));
  }
  const ratio = (kind: 'version' | 'help') =>
    median(rows[kind].map((value, index) => value / (rows.bare[index] ?? value)));
  const note = `node -e 0: ${median(rows.bare).toFixed(0)} ms CPU`;
  return [
    { name: 'CPU of --version / node -e 0', value: ratio('version'), limit: 1.3, note },
    { name: 'CPU of --help / node -e 0', value: ratio('help'), limit: 1.3, note },
  ];
};
