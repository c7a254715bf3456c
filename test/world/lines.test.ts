import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Lines, open } from '../../src/world/lines.ts';
import { closeAll, never, tcp } from './contact-kit.ts';

afterEach(closeAll);

const soon = (): number => performance.now() + 5_000;

const reading = async (act: (socket: Socket) => void): Promise<{ readonly lines: Lines; readonly socket: Socket }> => {
  const { port } = await tcp(act);
  const socket = connect(port, '127.0.0.1');
  // A reset may come before 'connect' is told.
  await once(socket, 'connect').catch(() => undefined);
  return { lines: open(socket), socket };
};

const words = async (lines: Lines): Promise<string> => {
  const result = await lines.line(soon(), never);
  return result.kind === 'line' ? result.text : result.kind;
};

describe('lines', () => {
  test('are split at CRLF and at a bare LF, wherever the packets end', async () => {
    const { lines, socket } = await reading((server) => {
      server.write('one\r');
      server.write('\ntwo\nthr');
      server.end('ee\r\n\r\n');
    });
    expect(await words(lines)).toBe('one');
    expect(await words(lines)).toBe('two');
    expect(await words(lines)).toBe('three');
    expect(await words(lines)).toBe('');
    expect(await words(lines)).toBe('closed');
    expect(await words(lines)).toBe('closed');
    socket.destroy();
  });

  test('last words without a line end are a line', async () => {
    const { lines } = await reading((server) => server.end('554 go away'));
    expect(await words(lines)).toBe('554 go away');
    expect(await words(lines)).toBe('closed');
  });

  test('the bytes are given as they came beside the printable text', async () => {
    const { lines, socket } = await reading((server) => server.write(Buffer.from([0x1b, 0xff, 0x0a])));
    expect(await lines.line(soon(), never)).toEqual({ kind: 'line', text: '\\x1bÿ', bytes: Buffer.from([0x1b, 0xff]) });
    socket.destroy();
  });

  test('a reset says so', async () => {
    const { lines } = await reading((server) => server.resetAndDestroy());
    expect(await lines.line(soon(), never)).toMatchObject({ kind: 'reset', code: 'ECONNRESET' });
  });

  test('a connection that ended before anyone listened says so', async () => {
    const { port } = await tcp((server) => server.resetAndDestroy());
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    expect(await open(socket).line(soon(), never)).toMatchObject({ kind: 'reset' });
  });

  test('silence ends at the deadline, and a drip does not prolong it', async () => {
    const { lines, socket } = await reading((server) => {
      const timer = setInterval(() => server.write('x'), 5);
      server.once('close', () => clearInterval(timer));
    });
    const start = performance.now();
    expect(await lines.line(start + 60, never)).toEqual({ kind: 'silent' });
    socket.destroy();
  });

  test('a line without end is a flood after 64 KiB, and the connection is cut', async () => {
    const { lines, socket } = await reading((server) => {
      const more = (): void => {
        while (server.writable && server.write(Buffer.alloc(16_384, 'x')));
        server.once('drain', more);
      };
      more();
    });
    const result = await lines.line(soon(), never);
    expect(result.kind).toBe('flood');
    expect(result.kind === 'flood' && result.bytes).toBeLessThan(300_000);
    expect(socket.destroyed).toBe(true);
  });

  test('while nobody asks, the socket is paused and the memory bounded', async () => {
    let written = 0;
    const { lines, socket } = await reading((server) => {
      const chunk = Buffer.from(`${'y'.repeat(1_000)}\r\n`.repeat(16));
      const more = (): void => {
        while (written < 50_000_000 && server.writable && server.write(chunk)) written += chunk.length;
        server.once('drain', more);
      };
      more();
    });
    expect(await words(lines)).toBe('y'.repeat(1_000));
    expect(socket.isPaused()).toBe(true);
    expect(await words(lines)).toBe('y'.repeat(1_000));
    expect(socket.readableLength).toBeLessThan(300_000);
    socket.destroy();
  });

  test('an abort rejects with its reason at once and destroys the socket', async () => {
    const { lines, socket } = await reading(() => undefined);
    const controller = new AbortController();
    const waiting = lines.line(soon(), controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(socket.destroyed).toBe(true);
    await expect(lines.line(soon(), controller.signal)).rejects.toThrow('enough');
  });

  test('release hands the socket over with what was read ahead', async () => {
    const { lines, socket } = await reading((server) => {
      server.write('220 ready\r\n250 injected\r\n');
      server.on('data', (chunk) => server.write(chunk));
    });
    expect(await words(lines)).toBe('220 ready');
    expect(lines.release().toString()).toBe('250 injected\r\n');
    const next = once(socket, 'data');
    socket.resume();
    socket.write('hello');
    expect(String(await next)).toBe('hello');
    socket.destroy();
  });

  test('close says farewell and ends the connection without being waited for', async () => {
    const said: string[] = [];
    const ended = new Promise<void>((resolve) => {
      void reading((server) => {
        server.on('data', (chunk) => said.push(String(chunk)));
        server.once('end', resolve);
      }).then(({ lines }) => lines.close('QUIT\r\n'));
    });
    await ended;
    expect(said.join('')).toBe('QUIT\r\n');
  });
});
