import { once } from 'node:events';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import type { MailConfig, Protocol, Security } from '../../src/model/config.ts';
import type { DnsReply, HostLookup } from '../../src/model/dns-facts.ts';
import { type Service, type Subject, subjectOf } from '../../src/model/mailbox.ts';
import { type Kit, type Limits, openLedger } from '../../src/world/kit.ts';

/** Limits for servers on the same machine: long enough for a slow one, short enough for a test of silence. */
export const limits: Limits = {
  connectMs: 2_000,
  greetingMs: 5_000,
  stepMs: 5_000,
  connectionsPerPort: 10,
  perHost: 4,
};

interface Wishes {
  readonly limits?: Partial<Limits>;
  readonly hosts?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: readonly string[];
  readonly ptr?: readonly string[];
  readonly now?: Date;
}

/** A kit whose names lead to the loopback; a host that is not listed does not exist. */
export const kitWith = (wishes: Wishes = {}): Kit & { readonly connections: Map<string, number> } => {
  const all = { ...limits, ...wishes.limits };
  const ledger = openLedger(all);
  const connections = new Map<string, number>();
  const hosts: Readonly<Record<string, readonly string[]>> = { localhost: ['127.0.0.1'], ...wishes.hosts };
  const lookup = async (host: string): Promise<HostLookup> => {
    const addresses = hosts[host];
    if (!addresses) return { kind: 'failed', code: 'ENOTFOUND', ms: 0 };
    return {
      kind: 'found',
      addresses: addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ms: 0,
    };
  };
  const query: Kit['dns']['query'] = async (name, type): Promise<DnsReply> => ({
    kind: 'answered',
    rcode: 'NOERROR',
    records:
      type === 'PTR'
        ? (wishes.ptr ?? []).map((data) => ({ type, name, ttl: 60, data }))
        : (wishes.mx ?? []).map((data, at) => ({ type: 'MX', name, ttl: 60, data, priority: at })),
    cnames: [],
    authenticated: false,
    server: '127.0.0.53',
    ms: 0,
  });
  return {
    clock: { now: () => wishes.now ?? new Date() },
    dns: { lookup, query, hosts: async () => [] },
    ledger: {
      ...ledger,
      admit: (host, port) => {
        const admitted = ledger.admit(host, port);
        const key = `${host}:${port}`;
        if (admitted) connections.set(key, (connections.get(key) ?? 0) + 1);
        return admitted;
      },
    },
    secrets: {
      shape: () => ({
        empty: false,
        placeholder: false,
        outerBlanks: false,
        nonAscii: false,
        controlCharacters: false,
      }),
      learn: () => undefined,
      reveal: () => {
        throw new Error('a look at a server needs no secret');
      },
      values: () => [],
    },
    limits: all,
    connections,
  };
};

interface Place {
  readonly protocol: Protocol;
  readonly port: number;
  readonly security: Security;
  readonly host?: string;
  readonly ca?: string;
  readonly ehlo?: string;
  readonly family?: 4 | 6;
  /** Further keys of the mailbox. */
  readonly mail?: Partial<MailConfig>;
}

/** A mailbox with one service, and that service. */
export const mailboxAt = ({
  protocol,
  ca,
  ehlo,
  family,
  mail = {},
  ...place
}: Place): { readonly subject: Subject; readonly service: Service } => {
  const subject = subjectOf(
    {
      address: 'sales@example.test',
      ...mail,
      ...(ca === undefined ? {} : { ca }),
      ...(ehlo === undefined ? {} : { ehlo }),
      ...(family === undefined ? {} : { family }),
      [protocol]: { host: 'localhost', ...place },
    },
    false,
  );
  const service = subject.services[protocol];
  if (!service) throw new Error('the mailbox has the service that it was given');
  return { subject, service };
};

/** A server of the test, closed with all its connections at the end of `use`. */
export interface Started {
  readonly port: number;
  /** Everything that clients have said, per connection. */
  readonly heard: readonly string[][];
  readonly sockets: ReadonlySet<Socket>;
}

const listening = async (server: Server, address: string): Promise<number> => {
  server.listen(0, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const opened: (() => Promise<void>)[] = [];

/** Ends the servers of a test; for afterEach. */
export const closeAll = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map((close) => close()));
};

const serve = async (
  server: Server,
  event: string,
  act: (socket: Socket, heard: string[]) => void,
  address: string,
): Promise<Started> => {
  const sockets = new Set<Socket>();
  const heard: string[][] = [];
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on(event, (socket: Socket) => {
    const said: string[] = [];
    heard.push(said);
    socket.on('error', () => undefined);
    act(socket, said);
  });
  const port = await listening(server, address);
  opened.push(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return { port, heard, sockets };
};

/** A TCP server that does with each connection what the test says. */
export const tcp = (act: (socket: Socket, heard: string[]) => void, address = '127.0.0.1'): Promise<Started> =>
  serve(createTcp(), 'connection', act, address);

/** The same behind implicit TLS. */
export const tls = (options: TlsOptions, act: (socket: Socket, heard: string[]) => void): Promise<Started> =>
  serve(createTls(options), 'secureConnection', act, '127.0.0.1');

/** Greets and answers line by line. */
export const says =
  (greeting: string, answer: (line: string, socket: Socket) => string | undefined = () => undefined) =>
  (socket: Socket, heard: string[]): void => {
    socket.write(greeting);
    let rest = '';
    const onData = (chunk: Buffer): void => {
      const lines = `${rest}${chunk.toString('latin1')}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        const words = answer(line, socket);
        if (words !== undefined && socket.writable) socket.write(words);
      }
    };
    socket.on('data', onData);
  };

export const never = new AbortController().signal;

/** A port on which nobody listens: one that was free a moment ago. */
export const closedPort = async (): Promise<number> => {
  const server = createTcp();
  const port = await listening(server, '127.0.0.1');
  server.close();
  await once(server, 'close');
  return port;
};
