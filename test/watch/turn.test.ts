import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { lutimes } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { realFiles } from '../../src/runbook/files.ts';
import { holderIn, lifeOf, ownHolder } from '../../src/runbook/holder.ts';
import { takeTurn, turnHolder } from '../../src/watch/turn.ts';

const root = mkdtempSync(join(tmpdir(), 'crm-doctor-turn-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let places = 0;
const place = (): string => {
  places += 1;
  const directory = join(root, String(places));
  mkdirSync(directory);
  return directory;
};

const mark = (directory: string, holder: string, name = 'lock-0123456789abcdef'): string => {
  symlinkSync(holder, join(directory, name));
  return join(directory, name);
};

const [pid = '', host = '', machine = '', start = ''] = ownHolder().split(' ');

describe('a turn', () => {
  test('is one’s own until it is given back', async () => {
    const directory = place();
    const first = await takeTurn(realFiles, directory);
    expect(first.kind).toBe('mine');
    expect(await takeTurn(realFiles, directory)).toMatchObject({ kind: 'taken', holder: { pid: process.pid } });
    expect(await turnHolder(realFiles, directory)).toMatchObject({ pid: process.pid, host: hostname() });
    if (first.kind === 'mine') await first.release();
    expect(await turnHolder(realFiles, directory)).toBeUndefined();
    const second = await takeTurn(realFiles, directory);
    expect(second.kind).toBe('mine');
    if (second.kind === 'mine') await second.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('of many at once at most one has it at any time, and all get it in the end', async () => {
    const directory = place();
    let inside = 0;
    let most = 0;
    let done = 0;
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        for (let turn = await takeTurn(realFiles, directory); ; turn = await takeTurn(realFiles, directory)) {
          if (turn.kind === 'taken') continue;
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
          done += 1;
          await turn.release();
          return;
        }
      }),
    );
    expect({ most, done, left: readdirSync(directory) }).toEqual({ most: 1, done: 12, left: [] });
  });

  test.each([
    ['a process that is gone', `4194305 ${host} ${machine} 1 2026-11-24T00:00:00Z`],
    ['a process id that another process has now', `${pid} ${host} ${machine} 1 2026-11-24T00:00:00Z`],
    ['this process, which could not take it away', ownHolder()],
  ])('%s holds nothing', async (_name, holder) => {
    const directory = place();
    mark(directory, holder);
    const turn = await takeTurn(realFiles, directory);
    expect(turn.kind).toBe('mine');
    if (turn.kind === 'mine') await turn.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each([
    ['another machine', `1 elsewhere ${machine} 5 2026-11-24T00:00:00Z`],
    ['a start of this machine before', `1 ${host} 0-0/1 5 2026-11-24T00:00:00Z`],
    ['a name that is not written to its end', '12'],
  ])('%s holds it while it shows itself, and no longer', async (_name, holder) => {
    const directory = place();
    const path = mark(directory, holder);
    expect((await takeTurn(realFiles, directory)).kind).toBe('taken');
    const before = new Date(Date.now() - 6 * 60_000);
    await lutimes(path, before, before);
    const turn = await takeTurn(realFiles, directory);
    expect(turn.kind).toBe('mine');
    if (turn.kind === 'mine') await turn.release();
  });

  test('where marks cannot be made nobody looks alone, so it fails', async () => {
    const files = { ...realFiles, claim: () => Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' })) };
    await expect(takeTurn(files, place())).rejects.toMatchObject({ code: 'EROFS' });
  });
});

describe('a holder', () => {
  test('lives with its start, and not with another', () => {
    const own = holderIn(ownHolder());
    expect(own).toMatchObject({ pid: process.pid, host: hostname() });
    expect(own && lifeOf(own)).toBe('alive');
    expect(lifeOf({ pid: process.pid, host, machine, start: `${start}0` })).toBe('dead');
    expect(lifeOf({ pid: process.pid, host })).toBe('unknown');
    expect(lifeOf({ pid: 4_194_305, host })).toBe('dead');
  });

  test.each(['', 'x y', '-1 host', '12', '12345678901 host'])('%j is nobody', (text) => {
    expect(holderIn(text)).toBeUndefined();
  });
});
