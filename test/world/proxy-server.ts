import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy that leads every name to one port of this machine, and answers what comes without TLS itself. */
export const startProxy = async (port: number, status = 200, body = '{"through":true}') => {
  const asked: string[] = [];
  const sockets = new Set<{ readonly destroy: () => unknown }>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end(body);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`);
    socket.write(`HTTP/1.1 ${status} s3cret\r\n\r\n`);
    if (status !== 200) return socket.end();
    const through = connect(port, '127.0.0.1');
    sockets.add(through);
    socket.pipe(through).pipe(socket);
    for (const one of [socket, through]) one.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo; // a server that listens on a port
  return {
    asked,
    address: `http://user:s3cret@127.0.0.1:${own}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
