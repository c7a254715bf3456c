import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { runbookDirectory } from '../../src/runbook/directory.ts';
import type { Files } from '../../src/runbook/files.ts';
import { realFiles } from '../../src/runbook/files.ts';
import type { RunbookRecord } from '../../src/runbook/record.ts';
import { finishedEvent } from '../../src/runbook/record.ts';
import { newRunId } from '../../src/runbook/run-id.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';
import { openRunbook } from '../../src/runbook/runbook.ts';
import { sample } from '../report/samples.ts';

let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'runbook-')), 'state', 'crm-doctor');
});
afterEach(async () => {
  await rm(join(directory, '..', '..'), { recursive: true, force: true });
});

const note = (text: string) => ({ kind: 'note', text }) as const;
const log = () => join(directory, 'runbook.jsonl');

const recordsOf = async (runbook: Runbook): Promise<{ records: readonly RunbookRecord[]; broken: number }> => {
  const records: RunbookRecord[] = [];
  const reading = runbook.read();
  for await (const record of reading) records.push(record);
  return { records, broken: reading.broken };
};

const textsOf = (records: readonly RunbookRecord[]) =>
  records.flatMap((one) => (one.kind === 'note' ? [one.text] : []));

const reportWith = (id: string): Report => {
  const report = sample('proven.ja');
  return { ...report, run: { ...report.run, id } };
};

describe('the log', () => {
  test('keeps when, who and what, one line a record', async () => {
    const who = { user: 'hanako', host: 'crm01' };
    const runbook = openRunbook(directory, { who, now: () => new Date('2026-11-24T02:05:12.345Z') });
    expect(await runbook.append(note('再起動しました\n二行目'))).toEqual({ kind: 'saved', path: log() });
    expect(await runbook.append(finishedEvent(sample('proven.en')))).toMatchObject({ kind: 'saved' });
    const lines = (await readFile(log(), 'utf8')).split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: '2026-11-24T02:05:12.345Z',
      id: expect.stringMatching(/^[a-z][a-z0-9]{9}$/),
      who,
      kind: 'note',
      text: '再起動しました\n二行目',
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      kind: 'run-finished',
      status: 'fail',
      exitCode: 1,
      causes: [{ cause: 'config.wrong-port', mailbox: 'sales@example.co.jp', proof: 'proven' }],
    });
  });

  test('is for its owner only, directory and files', async () => {
    const runbook = openRunbook(directory);
    await runbook.append(note('x'));
    await runbook.saveRun(reportWith('20261124T020512Z-ab12cd'), {});
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(directory)).toBe('700');
    expect(await modeOf(join(directory, 'runs'))).toBe('700');
    expect(await modeOf(log())).toBe('600');
    expect(await modeOf(join(directory, 'runs', '20261124T020512Z-ab12cd.json'))).toBe('600');
  });

  test('is empty before anything was written, and opening writes nothing', async () => {
    expect(await recordsOf(openRunbook(directory))).toEqual({ records: [], broken: 0 });
    await expect(stat(directory)).rejects.toThrow();
  });

  test('calls that are not waited for stay in their order', async () => {
    const runbook = openRunbook(directory);
    const texts = Array.from({ length: 30 }, (_, index) => `note ${index}`);
    await Promise.all(texts.map((text) => runbook.append(note(text))));
    expect(textsOf((await recordsOf(runbook)).records)).toEqual(texts);
  });

  test.each([
    ['in the middle of a record', '{"at":"2026-11-24T00:00:00Z","kind":"no'],
    [
      'in the middle of a character',
      Buffer.from('{"at":"2026-11-24T00:00:00Z","kind":"note","text":"証').subarray(0, -1),
    ],
    ['as NUL bytes, as after a power cut', Buffer.alloc(512)],
  ])('a line torn %s is ended, marked and passed over; nothing is lost', async (_, torn) => {
    const runbook = openRunbook(directory);
    await runbook.append(note('before'));
    await appendFile(log(), torn);
    expect(await recordsOf(runbook)).toMatchObject({ broken: torn.length === 512 ? 0 : 1 });
    const old = await readFile(log());
    await runbook.append(note('after'));
    const { records } = await recordsOf(runbook);
    expect(textsOf(records)).toEqual(['before', 'after']);
    expect(records.map(({ kind }) => kind)).toEqual(['note', 'repaired', 'note']);
    expect((await readFile(log())).subarray(0, old.length)).toEqual(old);
  });

  test('a whole record whose line end is missing counts', async () => {
    const runbook = openRunbook(directory);
    await runbook.append(note('first'));
    await writeFile(log(), (await readFile(log(), 'utf8')).trimEnd());
    await runbook.append(note('second'));
    const { records, broken } = await recordsOf(runbook);
    expect([textsOf(records), broken]).toEqual([['first', 'second'], 0]);
  });

  test('foreign lines are counted, blank ones are not', async () => {
    const runbook = openRunbook(directory);
    await runbook.append(note('mine'));
    await appendFile(log(), '\n  \nnot json\n[1]\n"text"\n{"kind":"note"}\nnull\n');
    await runbook.append(note('mine too'));
    const { records, broken } = await recordsOf(runbook);
    expect([textsOf(records), broken]).toEqual([['mine', 'mine too'], 5]);
  });

  test('a line without end is not kept in memory', async () => {
    await mkdir(directory, { recursive: true });
    await writeFile(log(), Buffer.alloc(64 * 1024 * 1024, 'x'));
    const runbook = openRunbook(directory);
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }, 1);
    expect(await recordsOf(runbook)).toEqual({ records: [], broken: 1 });
    clearInterval(watch);
    expect(peak).toBeLessThan(48 * 1024 * 1024);
  });

  test('a record larger than a buffer is whole', async () => {
    const runbook = openRunbook(directory);
    const text = '長い記録'.repeat(100_000);
    await runbook.append(note(text));
    await runbook.append(note('short'));
    expect(textsOf((await recordsOf(runbook)).records)).toEqual([text, 'short']);
  });
});

describe('the lock', () => {
  test.each([
    ['of a process that is gone', `4194305 ${hostname()}`],
    ['of another host that is too old', '1 elsewhere'],
  ])('%s is taken over', async (_, holder) => {
    await mkdir(directory, { recursive: true });
    await writeFile(`${log()}.lock`, holder);
    const long = new Date(Date.now() - 60_000);
    if (holder.endsWith('elsewhere')) await (await import('node:fs/promises')).utimes(`${log()}.lock`, long, long);
    const runbook = openRunbook(directory);
    expect(await runbook.append(note('x'))).toMatchObject({ kind: 'saved' });
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  });

  test.each(['EROFS', 'ENOTSUP', 'EACCES', 'EIO'])('that cannot be made at all (%s) is done without', async (code) => {
    const files: Files = {
      ...realFiles,
      claim: () => Promise.reject(Object.assign(new Error(`${code}: simulated`), { code })),
    };
    const runbook = openRunbook(directory, { files });
    expect(await runbook.append(note('first'))).toMatchObject({ kind: 'saved' });
    expect(await runbook.append(note('second'))).toMatchObject({ kind: 'saved' });
    expect(textsOf((await recordsOf(runbook)).records)).toEqual(['first', 'second']);
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  });

  test('where the file system knows no links is an ordinary file', async () => {
    const holders: string[] = [];
    const files: Files = {
      ...realFiles,
      claim: async (path, holder) => {
        await writeFile(path, holder, { flag: 'wx' });
        holders.push(await realFiles.holderOf(path));
        return true;
      },
    };
    expect(await openRunbook(directory, { files }).append(note('x'))).toMatchObject({ kind: 'saved' });
    expect(holders).toEqual([expect.stringMatching(new RegExp(`^${process.pid} ${hostname()}\\b`))]);
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  });

  test('that another process took over in the meantime is left to it', async () => {
    await mkdir(directory, { recursive: true });
    const lock = `${log()}.lock`;
    await symlink(`4194305 ${hostname()}`, lock);
    const fresh = `${process.pid} ${hostname()}`;
    let looked = 0;
    const files: Files = {
      ...realFiles,
      // After the last look at the stale mark somebody else has replaced it.
      rename: async (from, to) => {
        looked += 1;
        if (looked === 1) {
          await rm(from);
          await symlink(fresh, from);
        }
        await realFiles.rename(from, to);
        if (looked === 1) expect(await realFiles.holderOf(to)).toBe(fresh);
      },
    };
    expect(await openRunbook(directory, { files }).append(note('x'))).toMatchObject({ kind: 'saved' });
    expect(await realFiles.holderOf(lock)).toBe(fresh);
  });

  test('that is held for too long does not keep a record from being written, and stays with its holder', async () => {
    await mkdir(directory, { recursive: true });
    await writeFile(`${log()}.lock`, `${process.pid} ${hostname()}`);
    const runbook = openRunbook(directory);
    expect(await runbook.append(note('x'))).toMatchObject({ kind: 'saved' });
    expect(await readdir(directory)).toContain('runbook.jsonl.lock');
  });
});

describe('runs', () => {
  const ids = ['20261123T010000Z-000001', '20261124T020512Z-ab12cd', '20261124T020512Z-ab99ff'];
  const filled = async () => {
    const runbook = openRunbook(directory);
    for (const id of ids) await runbook.saveRun(reportWith(id), { facts: [id] });
    return runbook;
  };

  test('are found by id, by a beginning, and as the last one', async () => {
    const runbook = await filled();
    expect(await runbook.run(ids[0] ?? '')).toMatchObject({ kind: 'found', id: ids[0], evidence: { facts: [ids[0]] } });
    expect(await runbook.run('20261123')).toMatchObject({
      kind: 'found',
      id: ids[0],
      report: reportWith(ids[0] ?? ''),
    });
    expect(await runbook.run('last')).toMatchObject({ kind: 'found', id: ids[2] });
  });

  test('a beginning of several runs is refused with their names', async () => {
    const runbook = await filled();
    expect(await runbook.run('20261124T020512Z')).toEqual({ kind: 'ambiguous', ids: ids.slice(1) });
  });

  test.each(['', 'nothing', '../../etc/passwd', '.'])('%j is no run', async (wanted) => {
    expect(await (await filled()).run(wanted)).toEqual({ kind: 'none' });
    expect(await openRunbook(join(directory, 'empty')).run(wanted)).toEqual({ kind: 'none' });
  });

  test('saved again, a run is replaced, and no temporary file stays', async () => {
    const runbook = await filled();
    await runbook.saveRun(reportWith(ids[0] ?? ''), 'again');
    expect(await runbook.run(ids[0] ?? '')).toMatchObject({ evidence: 'again' });
    expect((await readdir(join(directory, 'runs'))).toSorted()).toEqual(ids.map((id) => `${id}.json`));
  });

  test('a file that is no run is named', async () => {
    const runbook = await filled();
    const path = join(directory, 'runs', `${ids[1]}.json`);
    await writeFile(path, '{"rep');
    expect(await runbook.run('20261124T020512Z-ab12cd')).toEqual({ kind: 'unreadable', id: ids[1], path });
  });

  test('an id that is a path is not written', async () => {
    expect(await openRunbook(directory).saveRun(reportWith('../evil'), {})).toMatchObject({ kind: 'failed' });
    expect(await readdir(join(directory, 'runs'))).toEqual([]);
  });

  test('ids sort by time and differ within a second', () => {
    const id = newRunId(new Date('2026-11-24T02:05:12.345Z'));
    expect(id).toMatch(/^20261124T020512Z-[0-9a-f]{9}$/);
    expect(newRunId(new Date('2026-11-24T02:05:13Z')) > id).toBe(true);
    // Of two runs in one second the later one is the last.
    expect(newRunId(new Date('2026-11-24T02:05:12.346Z')) > id).toBe(true);
    expect(newRunId(new Date('2026-11-24T02:05:12.099Z')) < id).toBe(true);
    expect(new Set(Array.from({ length: 50 }, () => newRunId(new Date(0)))).size).toBe(50);
  });
});

describe('a disk that cannot be written', () => {
  const failing = (code: string, at: keyof Files): Files => ({
    ...realFiles,
    [at]: () => Promise.reject(Object.assign(new Error(`${code}: simulated`), { code })),
  });

  test.each([
    ['ENOSPC', 'open'],
    ['EROFS', 'mkdir'],
    ['EACCES', 'open'],
    ['EIO', 'rename'],
  ] as const)('%s at %s is a result, not an exception', async (code, at) => {
    const runbook = openRunbook(directory, { files: failing(code, at) });
    const saved = await runbook.saveRun(reportWith('20261124T020512Z-ab12cd'), {});
    expect(saved).toMatchObject({ kind: 'failed', code });
    if (saved.kind !== 'failed') return;
    for (const text of [saved.text.en, saved.text.ja]) {
      expect(text).toContain(code);
      expect(text).toContain(directory);
      expect(text).not.toContain('\n');
    }
    if (at !== 'rename') expect(await runbook.append(note('x'))).toMatchObject({ kind: 'failed', code });
  });

  test('after a failure the next record is written', async () => {
    let full = true;
    const files: Files = {
      ...realFiles,
      open: (path, flags, mode) =>
        full && path.endsWith('.jsonl')
          ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
          : realFiles.open(path, flags, mode),
    };
    const runbook = openRunbook(directory, { files });
    expect(await runbook.append(note('lost'))).toMatchObject({ kind: 'failed' });
    full = false;
    expect(await runbook.append(note('kept'))).toMatchObject({ kind: 'saved' });
    expect(textsOf((await recordsOf(runbook)).records)).toEqual(['kept']);
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  });

  test('a failed save leaves no temporary file and the old run as it was', async () => {
    const id = '20261124T020512Z-ab12cd';
    await openRunbook(directory).saveRun(reportWith(id), 'old');
    const runbook = openRunbook(directory, { files: failing('EIO', 'rename') });
    expect(await runbook.saveRun(reportWith(id), 'new')).toMatchObject({ kind: 'failed', code: 'EIO' });
    expect(await readdir(join(directory, 'runs'))).toEqual([`${id}.json`]);
    expect(await runbook.run(id)).toMatchObject({ evidence: 'old' });
  });

  test('a file where the directory should be', async () => {
    await mkdir(join(directory, '..'), { recursive: true });
    await writeFile(directory, '');
    expect(await openRunbook(directory).append(note('x'))).toMatchObject({ kind: 'failed' });
  });

  // Only Linux has /dev/full; a full disk is simulated above for the others.
  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('a folder that can never be made', async () => {
    const nowhere = openRunbook('/proc/crm-doctor/state/deep');
    expect(await nowhere.append(note('x'))).toMatchObject({ kind: 'failed' });
  });

  onLinux('a disk that is really full', async () => {
    await mkdir(directory, { recursive: true });
    await symlink('/dev/full', log());
    expect(await openRunbook(directory).append(note('x'))).toMatchObject({ kind: 'failed', code: 'ENOSPC' });
  });

  // Permissions do not hold for root; the read-only directory is then the simulated one above.
  const asUser = process.getuid?.() === 0 ? test.skip : test;
  asUser('a read-only directory', async () => {
    await mkdir(directory, { recursive: true });
    await chmod(directory, 0o500);
    expect(await openRunbook(directory).append(note('x'))).toMatchObject({ kind: 'failed', code: 'EACCES' });
    await chmod(directory, 0o700);
  });
});

describe('where the runbook lies', () => {
  const home = '/home/hanako';
  test.each([
    ['the flag', { flag: '/a', config: '/b', env: { XDG_STATE_HOME: '/c' }, home }, '/a'],
    ['the configuration', { config: '/b', env: { XDG_STATE_HOME: '/c' }, home }, '/b'],
    ['XDG', { env: { XDG_STATE_HOME: '/c' }, home }, '/c/crm-doctor'],
    ['the home directory', { env: {}, home }, '/home/hanako/.local/state/crm-doctor'],
    ['not a relative XDG path', { env: { XDG_STATE_HOME: 'c' }, home }, '/home/hanako/.local/state/crm-doctor'],
  ])('%s', (_, given, path) => {
    expect(runbookDirectory({ platform: 'linux', ...given })).toBe(path);
  });
});
