import {
  createServer as createPlain,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { Socket } from 'node:net';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Says nothing. */
  | 'hang'
  /** Ends the connection within the answer. */
  | 'drop'
  /** Ends it before anything was said. */
  | 'reset'
  /** 30 MB, and no end. */
  | 'flood';

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const give = (answer: Answer, response: ServerResponse, socket: Socket): void => {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    socket.destroy();
    return;
  }
  if (answer === 'drop') {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half of it', () => socket.destroy());
    return;
  }
  if (answer === 'flood') {
    response.writeHead(200);
    const part = 'x'.repeat(65_536);
    let left = 500;
    const pour = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(part)) {
          response.once('drain', pour);
          return;
        }
      }
    };
    pour();
    return;
  }
  response.writeHead(answer.status, answer.headers ?? {});
  response.end(answer.body ?? '');
};

/** A receiver that keeps what it was sent, and answers as it is told. */
export const startReceiver = async (
  answer: (request: Request) => Answer,
  tls?: { readonly key: string; readonly cert: string },
) => {
  const requests: Request[] = [];
  const sockets = new Set<Socket>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    void bodyOf(request)
      .then((body) => {
        const { method = '', url = '', headers } = request;
        const one = { method, path: url, headers, body };
        requests.push(one);
        give(answer(one), response, request.socket);
      })
      .catch(() => undefined);
  };
  const server = tls ? createSecure(tls, handle) : createPlain(handle);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    requests,
    port,
    base: `${tls ? 'https' : 'http'}://localhost:${port}`,
    stop: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
