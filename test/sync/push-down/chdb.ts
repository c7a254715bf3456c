import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { freePort } from '../../lab/processes.ts';
import { ended } from '../databases/unpacked-server.ts';

const require = createRequire(import.meta.url);

const missing = (): string | undefined => {
  try {
    // Of its parts one a platform is installed, and none where there is none.
    require.resolve(`@chdb/lib-${process.platform}-${process.arch}-gnu`);
    require.resolve('chdb');
    return undefined;
  } catch {
    return `chdb has nothing for ${process.platform}-${process.arch}`;
  }
};

/** Why the current ClickHouse cannot be run within a process here. */
export const missingChdb = missing();

/** Statements come by HTTP as a server takes them, with the settings that restrict them; an error is told as it tells one. */
const program = `
const { query } = require(process.argv[2]);
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
  const child: ChildProcess = spawn(process.execPath, ['-e', program, String(port), require.resolve('chdb')], {
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
