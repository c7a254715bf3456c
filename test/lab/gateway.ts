import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

/** A hop with TLS in front of a server that stands in clear behind it, as hosting companies have for IMAP. */
export interface Gateway {
  readonly port: number;
  /** The server's own port, at the same address. */
  readonly to: number;
  /** Name of one of the case's certificates; default `server`. */
  readonly certificate?: string;
  /** What it answers itself: a pattern for the client's line, and the answer, without the command's tag. */
  readonly answers?: readonly { readonly line: string; readonly say: string }[];
  /** How long each line of the client is on its way. */
  readonly delayMs?: number;
}

/** A gateway with everything that only the lab knows at run time. */
export interface GatewayAt extends Gateway {
  readonly address: string;
  readonly chainFile: string;
  readonly keyFile: string;
}

export const startGateway = ({ address, port, to, answers = [], delayMs = 0, ...files }: GatewayAt): Promise<void> =>
  new Promise((resolve, reject) => {
    const rules = answers.map(({ line, say }) => ({ pattern: new RegExp(line, 'i'), say }));
    const serve = (near: tls.TLSSocket): void => {
      const far = net.connect({ host: address, port: to });
      let buffer = '';
      /** Bytes of a literal, and the end of its line, that belong to an answered command (RFC 7888). */
      let swallow = 0;
      const take = (line: string): void => {
        const rule = rules.find(({ pattern }) => pattern.test(line));
        if (!rule) {
          setTimeout(() => far.destroyed || far.write(line, 'latin1'), delayMs);
          return;
        }
        const literal = /\{(\d+)\+\}\r\n$/.exec(line)?.[1];
        if (literal !== undefined) swallow = Number(literal) + 2;
        near.write(`${line.split(' ')[0] ?? ''} ${rule.say}\r\n`);
      };
      near.on('data', (chunk: Buffer) => {
        buffer += chunk.toString('latin1');
        for (;;) {
          const dropped = Math.min(swallow, buffer.length);
          buffer = buffer.slice(dropped);
          swallow -= dropped;
          const end = buffer.indexOf('\n');
          if (end < 0) return;
          const line = buffer.slice(0, end + 1);
          buffer = buffer.slice(end + 1);
          take(line);
        }
      });
      far.on('data', (chunk) => near.destroyed || near.write(chunk));
      far.on('end', () => near.end());
      far.on('error', () => near.destroy());
      near.on('end', () => setTimeout(() => far.end(), delayMs));
      near.on('error', () => far.destroy());
    };
    tls
      .createServer({ cert: readFileSync(files.chainFile), key: readFileSync(files.keyFile) }, serve)
      .on('error', reject)
      .listen(port, address, () => resolve());
  });
