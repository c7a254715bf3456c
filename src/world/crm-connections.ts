import { Agent, type AgentOptions, type ClientRequestArgs, request } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Ledger } from './kit.ts';
import type { WebProxy } from './web-proxy.ts';

/** Why no connection was made, beside what the system says. */
export class ConnectionFault extends Error {
  override readonly name = 'ConnectionFault';
  readonly code: 'LIMIT' | 'PROXY';

  constructor(code: 'LIMIT' | 'PROXY', says: string) {
    super(says);
    this.code = code;
  }
}

/** Counts connections at the ledger. */
interface Door {
  readonly admit: (host: string, port: number) => boolean;
}

type Callback = (error: Error | null, stream: Duplex) => void;

const limit = (): ConnectionFault =>
  new ConnectionFault('LIMIT', 'the limit of connections to this host in one run is reached');

const placeOf = ({ host, port }: ClientRequestArgs): readonly [string, number] => [host ?? '', Number(port)];

/** Node's types want a stream in every callback; where there is an error it looks at nothing else. */
const fail = (callback: Callback | undefined, error: Error): undefined => {
  const failed: ((error: Error) => void) | undefined = callback as ((error: Error) => void) | undefined;
  failed?.(error);
};

class PlainConnections extends Agent {
  readonly #door: Door;

  constructor(options: AgentOptions, door: Door) {
    super(options);
    this.#door = door;
  }

  override createConnection(options: ClientRequestArgs, callback?: Callback): Duplex | null | undefined {
    if (!this.#door.admit(...placeOf(options))) return fail(callback, limit());
    return super.createConnection(options, callback);
  }
}

/** Asks the proxy for a way to the host (RFC 9110 section 9.3.6). */
const tunnel = (proxy: WebProxy, to: string, withinMs: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const at = `the proxy ${proxy.host}:${proxy.port}`;
    const asking = request({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: to,
      agent: false,
      maxHeaderSize: 16 * 1024,
      signal: AbortSignal.timeout(withinMs),
      headers: {
        host: to,
        ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
      },
    });
    asking.once('connect', ({ statusCode = 0 }, socket, head) => {
      // The proxy's own words are left out: they may hold the login that it was given.
      if (statusCode >= 200 && statusCode < 300 && head.length === 0) resolve(socket);
      else {
        socket.destroy();
        reject(new ConnectionFault('PROXY', `${at} does not lead there: it answers ${statusCode}`));
      }
    });
    asking.once('error', () => reject(new ConnectionFault('PROXY', `${at} does not answer`)));
    asking.end();
  });

class SecureConnections extends SecureAgent {
  readonly #door: Door;
  readonly #proxyMs: number;

  constructor(options: AgentOptions, door: Door, proxyMs: number) {
    super(options);
    this.#door = door;
    this.#proxyMs = proxyMs;
  }

  override createConnection(
    options: ClientRequestArgs & { readonly proxy?: WebProxy | undefined },
    callback?: Callback,
  ): Duplex | null | undefined {
    const [host, port] = placeOf(options);
    if (!this.#door.admit(host, port)) return fail(callback, limit());
    if (!options.proxy) return super.createConnection(options, callback);
    const to = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    tunnel(options.proxy, to, this.#proxyMs).then(
      (socket) => {
        // Node passes `socket` on to tls.connect, which its types do not know.
        const through = super.createConnection({ ...options, socket } as ClientRequestArgs);
        if (through) callback?.(null, through);
      },
      (error: Error) => fail(callback, error),
    );
    return undefined;
  }
}

/** The connections to one CRM: kept, few, and counted. */
export interface Connections {
  readonly plain: Agent;
  readonly secure: SecureAgent;
  /** A whole answer, after which the server ends the connection as it always does: the next one takes its place. */
  readonly ended: () => void;
  readonly close: () => void;
}

/** Shorter than the 5 seconds after which Apache and Node end an idle connection, or a request would meet its end. */
const idleMs = 4_000;

export const openConnections = (ledger: Pick<Ledger, 'admit'>, kept: number, proxyMs: number): Connections => {
  let inherited = 0;
  const door: Door = {
    admit: (host, port) => {
      if (inherited === 0) return ledger.admit(host, port);
      inherited -= 1;
      return true;
    },
  };
  const options: AgentOptions = { keepAlive: true, maxFreeSockets: kept, timeout: idleMs, scheduling: 'lifo' };
  const plain = new PlainConnections(options, door);
  const secure = new SecureConnections(options, door, proxyMs);
  return {
    plain,
    secure,
    ended: () => {
      inherited += 1;
    },
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
};
