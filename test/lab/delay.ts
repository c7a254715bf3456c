import dgram from 'node:dgram';
import net from 'node:net';

/** Where a delaying proxy listens and what stands behind it. */
export interface Delay {
  readonly transport: 'tcp' | 'udp';
  readonly listen: { readonly address: string; readonly port: number };
  readonly to: { readonly address: string; readonly port: number };
  readonly oneWayMs: number;
  /** Holds the connection so long before anything passes: a hop that is slow to take mail. */
  readonly holdMs?: number;
  /** What it does to all that passes to the server. */
  readonly damages?: keyof typeof damages;
}

const damages = {
  'strips the eighth bit': (chunk: Buffer) => Buffer.from(chunk.map((byte) => byte & 0x7f)),
  'strips escapes': (chunk: Buffer) => Buffer.from(chunk.filter((byte) => byte !== 0x1b)),
  'encodes again': (chunk: Buffer) => Buffer.from(chunk.toString('latin1')),
  'writes question marks': (chunk: Buffer) => Buffer.from(chunk.map((byte) => (byte > 0x7f ? 0x3f : byte))),
} as const;

const passed = (chunk: Buffer, how: Delay['damages']): Buffer => (how ? damages[how](chunk) : chunk);

/**
 * The kernel here accepts at once, where a far host would answer the SYN one round trip later. So what the client sends
 * counts as sent one round trip after the connection at the earliest, and the server sees the connection after one and a
 * half. Each chunk has a timer of its own, so that a flight of many chunks is late once and not once a chunk.
 */
const delayTcp = ({ listen, to, oneWayMs, holdMs = 0, damages: how }: Delay): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      const usable = Date.now() + 2 * oneWayMs + holdMs;
      const far = new net.Socket({ allowHalfOpen: true });
      let opened = false;
      const open = (): void => {
        if (opened) return;
        opened = true;
        far.setNoDelay(true);
        far.connect({ host: to.address, port: to.port });
      };
      const toServer = (act: () => void): void => {
        setTimeout(
          () => {
            open();
            act();
          },
          Math.max(0, usable - Date.now()) + oneWayMs,
        );
      };
      const toClient = (act: () => void): void => {
        setTimeout(act, oneWayMs);
      };
      toServer(() => undefined);
      near.on('data', (chunk) => toServer(() => far.destroyed || far.write(passed(chunk, how))));
      near.on('end', () => toServer(() => far.destroyed || far.end()));
      near.on('error', () => toServer(() => far.destroyed || far.resetAndDestroy()));
      far.on('data', (chunk) => toClient(() => near.destroyed || near.write(chunk)));
      far.on('end', () => toClient(() => near.destroyed || near.end()));
      far.on('error', () => toClient(() => near.destroyed || near.resetAndDestroy()));
    });
    server.on('error', reject);
    server.listen({ host: listen.address, port: listen.port, ipv6Only: listen.address.includes(':') }, () => resolve());
  });

const delayUdp = ({ listen, to, oneWayMs }: Delay): Promise<void> =>
  new Promise((resolve, reject) => {
    const family = listen.address.includes(':') ? 'udp6' : 'udp4';
    const near = dgram.createSocket(family);
    near.on('error', reject);
    near.on('message', (question, client) => {
      const far = dgram.createSocket(family);
      far.on('message', (answer) => {
        far.close();
        setTimeout(() => near.send(answer, client.port, client.address), oneWayMs);
      });
      setTimeout(() => far.send(question, to.port, to.address), oneWayMs);
    });
    near.bind(listen.port, listen.address, () => resolve());
  });

export const startDelay = (delay: Delay): Promise<void> =>
  delay.transport === 'tcp' ? delayTcp(delay) : delayUdp(delay);
