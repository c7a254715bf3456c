import { describe, expect, jest, test } from '@jest/globals';
import { lineWithin, openProgress, progressOf } from '../../src/cli/progress.ts';
import { width } from '../../src/i18n/width.ts';
import type { RunEvent } from '../../src/model/event.ts';

const started = (title: { en: string; ja: string }, id = 'mail.port', target = 'imap h:143'): RunEvent =>
  ({ kind: 'check-started', id, target, title }) as RunEvent;

const finished = (ms: number, id = 'mail.port', target = 'imap h:143\u001b[31m'): RunEvent =>
  ({
    kind: 'check-finished',
    id,
    target,
    ms,
    outcome: { kind: 'observed', fact: {}, verdict: { grade: 'fail', says: { en: 'x', ja: 'x' } } },
  }) as unknown as RunEvent;

describe('the line that is written over again', () => {
  test('says how many are done, what is waited for, and since when', () => {
    let clock = 0;
    const { listener, parts } = progressOf('ja', () => clock);
    listener({ kind: 'planned', checks: 14 } as RunEvent);
    listener(started({ en: 'The IMAP port answers', ja: 'IMAP のポートが応答する' }));
    clock = 12_400;
    expect(parts()).toEqual({ count: '0/14', words: 'IMAP のポートが応答する', seconds: '12 s' });
    listener(finished(31));
    expect(parts().count).toBe('1/14');
  });

  test('what was begun as one and ends by side is no longer waited for', () => {
    const { listener, parts } = progressOf('en', () => 0);
    listener(started({ en: 'sources', ja: '' }, 'sync.sources', 'sync'));
    for (const target of ['left', 'right']) listener(finished(3, 'sync.sources', target));
    listener(started({ en: 'compare', ja: '' }, 'sync.compare', 'sync'));
    expect(parts()).toMatchObject({ count: '2/0', words: 'compare' });
  });

  test('says that a fix is tried for as long as one is', () => {
    const { listener, parts } = progressOf('en', () => 0);
    const trial = { cause: 'config.security-mismatch', change: [] };
    listener({ kind: 'planned', checks: 2, ids: [] });
    listener(started({ en: 'The IMAP port answers', ja: '' }));
    listener({ kind: 'trial-started', ...trial });
    listener({ kind: 'trial-started', ...trial });
    listener({ kind: 'trial-finished', ...trial, works: false });
    expect(parts()).toMatchObject({ count: '0/2', words: 'trying the fix on a copy of the configuration' });
    listener({ kind: 'trial-finished', ...trial, works: true });
    // That of another mailbox goes on.
    expect(parts()).toMatchObject({ count: '0/2', words: 'The IMAP port answers' });
  });

  test.each(['The IMAP port answers', 'IMAP のポートが応答する', '暗号化'.repeat(80), '👩‍👩‍👧‍👦'.repeat(30), ''])(
    'never wraps, however narrow the terminal: %s',
    (words) => {
      for (let columns = 0; columns <= 160; columns += 1) {
        const line = lineWithin({ count: '3/14', words, seconds: '12 s' }, columns);
        expect(width(line)).toBeLessThanOrEqual(columns);
        if (columns >= width(words) + 16) expect(line).toContain(words);
      }
    },
  );
});

describe('what goes to stderr', () => {
  const told = async (
    look: Parameters<typeof openProgress>[2],
    env: Readonly<Record<string, string>>,
    isTTY: boolean,
    events: readonly RunEvent[] = [started({ en: 'a', ja: 'あ' }), finished(312)],
  ) => {
    let err = '';
    const stream = {
      isTTY,
      columns: 80,
      write: (text: string) => {
        err += text;
      },
    };
    const io = { out: stream, err: stream, env, cwd: '.', onInterrupt: () => () => {} };
    const { listener, stop } = await openProgress(io, 'ja', look);
    for (const event of events) listener(event);
    stop();
    return err;
  };

  test('in CI one line a finished check with its time, also at a terminal', async () => {
    const line = 'mail.port imap h:143\\x1b[31m: fail (0.3 秒)\n';
    expect(await told({}, { CI: 'true' }, false)).toBe(line);
    expect(await told({}, { CI: 'true' }, true)).toBe(line);
    expect(await told({ verbose: true }, {}, false)).toBe(line);
    expect(await told({ verbose: true }, { TERM: 'dumb' }, true)).toBe(line);
  });

  test('nothing in a pipe, nothing when it is to be quiet, nothing at once with --plain', async () => {
    expect(await told({}, {}, false)).toBe('');
    expect(await told({ quiet: true }, { CI: 'true' }, true)).toBe('');
    expect(await told({ plain: true }, {}, true)).toBe('');
  });

  test('what is about to be done stays on the screen', async () => {
    const says = { en: 'about 5 records come over', ja: '転送量は約 5 件の見込みです' };
    const announced: RunEvent = { kind: 'check-announced', id: 'sync.sources', target: 'left contacts', says };
    const line = `sync.sources left contacts: ${says.ja}\n`;
    const spun = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await told({}, {}, true, [announced])).toBe(line);
    spun.mockRestore();
    expect(await told({ plain: true }, {}, true, [announced])).toBe(line);
    expect(await told({}, { CI: 'true' }, false, [announced])).toBe(line);
    expect(await told({ quiet: true }, {}, true, [announced])).toBe('');
    expect(await told({}, {}, false, [announced])).toBe('');
  });
});
