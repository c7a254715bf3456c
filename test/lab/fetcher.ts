import tls from 'node:tls';

/** Another program of the customer that fetches by POP3 again and again, and deletes what it has fetched. */
export interface Fetcher {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** Between two sessions. */
  readonly everyMs: number;
}

/** One session: a line is said when the one before is answered. Ends when the server closes. */
const fetchOnce = ({ address, user, password }: Fetcher): Promise<void> =>
  new Promise((resolve) => {
    const socket = tls.connect({ host: address, port: 995, rejectUnauthorized: false });
    const say = (line: string): void => {
      socket.write(`${line}\r\n`);
    };
    const lines = [`USER ${user}`, `PASS ${password}`, 'STAT'];
    let asked = '';
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.endsWith('\n')) return;
      const [, count = '0'] = asked === 'STAT' ? (/^\+OK (\d+)/.exec(text) ?? []) : [];
      for (let n = 1; n <= Number(count); n++) lines.push(`DELE ${n}`);
      if (asked === 'STAT') lines.push('QUIT');
      text = '';
      asked = lines.shift() ?? '';
      if (asked !== '') say(asked);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });

/** Resolves after the first session. */
export const startFetcher = async (fetcher: Fetcher): Promise<void> => {
  const again = (): void => {
    setTimeout(() => void fetchOnce(fetcher).then(again), fetcher.everyMs);
  };
  await fetchOnce(fetcher);
  again();
};
