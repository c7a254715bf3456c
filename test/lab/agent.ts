import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { type OAuthOptions, startOAuth } from '../../fixtures/oauth.server.ts';
import { type Delay, startDelay } from './delay.ts';
import { type Fetcher, startFetcher } from './fetcher.ts';
import { type GatewayAt, startGateway } from './gateway.ts';
import { type ScriptedServerAt, startScripted } from './scripted.ts';

/** A connection that is made from the client's side and then kept, as another program of the customer would. */
export interface Hold {
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** Connections like this one. */
  readonly count: number;
  /** Said one after the other, each when the server has answered the one before. */
  readonly lines: readonly string[];
}

/** What the lab's process inside a namespace does. It is JSON, written by the lab. */
export interface AgentJob {
  readonly scripted: readonly ScriptedServerAt[];
  readonly delays: readonly Delay[];
  readonly gateways?: readonly GatewayAt[];
  readonly fetchers?: readonly Fetcher[];
  /** Files to serve over HTTP, by path. */
  readonly web?: { readonly addresses: readonly string[]; readonly files: Readonly<Record<string, string>> };
  /** Texts to serve, by path. */
  readonly pages?: {
    readonly addresses: readonly string[];
    readonly chainFile: string;
    readonly keyFile: string;
    readonly https: Readonly<Record<string, string>>;
    readonly http: Readonly<Record<string, string>>;
  };
  /** An authorization server; its certificate comes from the two files. */
  readonly issuer?: Omit<OAuthOptions, 'certificate'> & { readonly chainFile: string; readonly keyFile: string };
  readonly holds: readonly Hold[];
  /** Addresses on which an HTTP proxy takes CONNECT, on port 3128. */
  readonly proxies?: readonly string[];
  /** Port of a Dovecot auth service that hangs up whenever it is asked for a password. */
  readonly dyingAuth?: number;
  /** Written when everything runs. */
  readonly readyFile: string;
  /** Counts of the scripted servers, written four times a second while they change. */
  readonly countFile: string;
}

const hold = ({ address, port, tls: secure, lines }: Hold): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = secure
      ? tls.connect({ host: address, port, rejectUnauthorized: false })
      : net.connect({ host: address, port });
    const rest = [...lines];
    let quiet: NodeJS.Timeout | undefined;
    const next = (): void => {
      const line = rest.shift();
      if (line === undefined) resolve();
      else socket.write(`${line}\r\n`);
    };
    socket.on('data', () => {
      clearTimeout(quiet);
      quiet = setTimeout(next, 30);
    });
    socket.on('error', reject);
  });

const serveFiles = async (web: NonNullable<AgentJob['web']>): Promise<void> => {
  for (const address of web.addresses) {
    await new Promise<void>((resolve, reject) => {
      http
        .createServer((request, response) => {
          const file = web.files[request.url ?? ''];
          if (file === undefined) response.writeHead(404).end();
          else response.writeHead(200, { 'content-type': 'application/pkix-cert' }).end(readFileSync(file));
        })
        .on('error', reject)
        .listen(80, address, () => resolve());
    });
  }
};

const servePages = async (pages: NonNullable<AgentJob['pages']>): Promise<void> => {
  const answer =
    (texts: Readonly<Record<string, string>>): http.RequestListener =>
    (request, response) => {
      const text = texts[(request.url ?? '').replace(/\?.*$/, '')];
      if (text === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/xml' }).end(text);
    };
  const tlsFiles = { cert: readFileSync(pages.chainFile), key: readFileSync(pages.keyFile) };
  const servers = pages.addresses.flatMap((address) => [
    { server: https.createServer(tlsFiles, answer(pages.https)), port: 443, address },
    ...(Object.keys(pages.http).length > 0
      ? [{ server: http.createServer(answer(pages.http)), port: 80, address }]
      : []),
  ]);
  for (const { server, port, address } of servers) {
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject).listen(port, address, () => resolve());
    });
  }
};

// Dovecot's auth protocol (doc/wiki/Design.AuthProtocol): the handshake is right, the first request ends it.
const startDyingAuth = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const handshake = [
      'VERSION\t1\t1',
      'MECH\tPLAIN\tplaintext',
      'SPID\t1',
      'CUID\t1',
      `COOKIE\t${'0'.repeat(32)}`,
      'DONE',
    ];
    net
      .createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write(`${handshake.join('\n')}\n`);
        socket.on('data', (chunk) => {
          if (chunk.toString('latin1').includes('AUTH\t')) socket.destroy();
        });
      })
      .on('error', reject)
      .listen(port, '127.0.0.1', () => resolve());
  });

/** CONNECT (RFC 9110 9.3.6) to wherever it is asked for, and nothing else. */
const startProxy = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    http
      .createServer((_request, response) => void response.writeHead(405).end())
      .on('connect', (request, socket) => {
        const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(request.url ?? '') ?? [];
        const onward = net.connect({ host, port: Number(port) });
        socket.on('error', () => onward.destroy());
        onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
        onward.once('connect', () => {
          socket.write('HTTP/1.1 200 Connection established\r\nVia: lab\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
      })
      .on('error', reject)
      .listen(3128, address, () => resolve());
  });

const main = async (jobFile: string): Promise<void> => {
  // The job is written by `startAgent`, of the same type.
  const job = JSON.parse(readFileSync(jobFile, 'utf8')) as AgentJob;
  const counts = await Promise.all(job.scripted.map(startScripted));
  await Promise.all(job.delays.map(startDelay));
  await Promise.all((job.gateways ?? []).map(startGateway));
  await Promise.all((job.fetchers ?? []).map(startFetcher));
  if (job.dyingAuth) await startDyingAuth(job.dyingAuth);
  if (job.issuer) {
    const { chainFile, keyFile, ...options } = job.issuer;
    const certificate = { chain: readFileSync(chainFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    await startOAuth({ ...options, certificate });
  }
  if (job.web) await serveFiles(job.web);
  if (job.pages) await servePages(job.pages);
  await Promise.all((job.proxies ?? []).map(startProxy));
  await Promise.all(job.holds.flatMap((one) => Array.from({ length: one.count }, () => hold(one))));
  let written = '';
  const write = (): void => {
    const text = JSON.stringify(counts);
    if (text !== written) writeFileSync(job.countFile, text);
    written = text;
  };
  write();
  writeFileSync(job.readyFile, 'ready');
  setInterval(write, 50);
  process.on('SIGTERM', () => {
    write();
    process.exit(0);
  });
};

process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
});
void main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
