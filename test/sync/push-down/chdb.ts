import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../lab/processes.ts';
import { ended } from '../databases/unpacked-server.ts';

/** Where npm's `chdb` is installed: the current ClickHouse in 540 MB, which is no dependency of ours. */
const home = process.env.CRM_DOCTOR_CHDB;

export const missingChdb =
  home !== undefined && existsSync(join(home, 'node_modules/chdb'))
    ? undefined
    : 'CRM_DOCTOR_CHDB names no directory with chdb in node_modules';

/** Statements come by HTTP as a server takes them, with the settings that restrict them; an error is told as it tells one. */
const program = `
const { query } = require('chdb');
require('node:http').createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    try {
      const asked = new URL(request.url, 'http://localhost').searchParams;
      const settings = [...asked].filter(([name]) => name === 'readonly' || name.endsWith('_mode'));
      const behind = settings.map(([name, value]) => name + " = '" + value + "'").join(', ');
      response.end(query(Buffer.concat(parts).toString('utf8') + (behind && ' SETTINGS ' + behind), 'TabSeparated'));
    } catch (error) {
      const code = /Code: (\\d+)/.exec(String(error))?.[1] ?? '1';
      response.writeHead(500, { 'X-ClickHouse-Exception-Code': code }).end(String(error.message));
    }
  });
}).listen(Number(process.argv[1]), '127.0.0.1');
`;

export interface Chdb {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export const startChdb = async (): Promise<Chdb> => {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['-e', program, String(port)], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'SELECT 1' }).then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`chdb ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url: `http://default@127.0.0.1:${port}`, stop: () => ended(child) };
};
