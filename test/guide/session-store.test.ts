import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Entry, Session } from '../../src/guide/journal.ts';
import { openSessions } from '../../src/guide/session-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-sessions-'));

afterAll(() => rm(directory, { recursive: true, force: true }));

const answer: Entry = { kind: 'answer', id: 'area', value: 'mail' };

const session = (second: number, entries: readonly Entry[], finished = false): Session => ({
  schema: 'crm-doctor/guide/v1',
  id: `20260101T00000${second}Z-abc`,
  version: '0.1.0',
  at: `2026-01-01T00:00:0${second}Z`,
  finished,
  entries,
});

describe('the session to go on with', () => {
  test.each<[string, readonly Session[], number | undefined]>([
    ['is none where there was none', [], undefined],
    ['is the last one', [session(1, [answer]), session(2, [answer])], 2],
    ['is none where nothing was answered', [session(1, [])], undefined],
    ['is the one before where somebody left at the first question', [session(1, [answer]), session(2, [])], 1],
    ['is none after one that came to its end', [session(1, [answer]), session(2, [answer], true)], undefined],
  ])('%s', async (name, sessions, expected) => {
    const store = openSessions(join(directory, name));
    for (const one of sessions) await store.save(one);
    expect((await store.unfinished())?.id).toBe(expected && session(expected, []).id);
  });
});
