import { expect, test } from '@jest/globals';
import { holdInterrupts } from '../../src/cli/guide/held-interrupts.ts';
import { processIo } from '../../src/cli/io.ts';

const conversation = () => {
  let send: (signal: 'SIGINT' | 'SIGTERM') => void = () => {};
  let stops = 0;
  const exits: number[] = [];
  const onInterrupt = (hear: typeof send) => {
    send = hear;
    return () => {
      stops += 1;
    };
  };
  const { io, deaf } = holdInterrupts({ ...processIo(), onInterrupt }, (code) => exits.push(code));
  return { io, deaf, send: (signal: 'SIGINT' | 'SIGTERM') => send(signal), exits, stops: () => stops };
};

test('a signal between two questions is heard at the next one, once', async () => {
  const { io, send, exits } = conversation();
  io.onInterrupt(() => {})();
  send('SIGINT');
  const heard: string[] = [];
  const deaf = io.onInterrupt((signal) => heard.push(signal));
  await Promise.resolve();
  expect(heard).toEqual(['SIGINT']);
  send('SIGTERM');
  expect(heard).toEqual(['SIGINT', 'SIGTERM']);
  deaf();
  io.onInterrupt((signal) => heard.push(signal));
  await Promise.resolve();
  expect(heard).toHaveLength(2);
  expect(exits).toEqual([]);
});

test('a second one that nobody hears ends the process', () => {
  const { send, exits, deaf, stops } = conversation();
  send('SIGINT');
  expect(exits).toEqual([]);
  send('SIGTERM');
  expect(exits).toEqual([143]);
  deaf();
  expect(stops()).toBe(1);
});
