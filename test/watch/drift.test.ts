import { describe, expect, test } from '@jest/globals';
import { driftNotices } from '../../src/notify/drift.ts';
import { freshIn, noDrift, tellDrift } from '../../src/watch/drift.ts';

const change = (where: string, after: string, mailbox = 'sales@example.co.jp') => ({
  aspect: 'capability',
  mailbox,
  where,
  after,
  severity: 'warning' as const,
  says: { en: `${where} now has ${after}`, ja: `${where} は ${after} になりました` },
});

const at = '2026-11-26T00:00:00.000Z';

describe('what changed is told', () => {
  test('once, however often it is seen against the same baseline', () => {
    const changes = [change('imap', 'IDLE')];
    const first = tellDrift(noDrift, freshIn(noDrift, changes), driftNotices(changes, 'r1', at), false);
    expect(first.notices).toHaveLength(1);
    expect(freshIn(first.memory, changes)).toEqual([]);
    // The next change of the same thing is news again.
    expect(freshIn(first.memory, [change('imap', 'QUOTA')])).toHaveLength(1);
    expect(freshIn(first.memory, [change('smtp', 'IDLE')])).toHaveLength(1);
  });

  test('after quiet hours, and not in them', () => {
    const changes = [change('imap', 'IDLE')];
    const quiet = tellDrift(noDrift, changes, driftNotices(changes, 'r1', at), true);
    expect(quiet.notices).toEqual([]);
    expect(freshIn(quiet.memory, changes)).toEqual([]);
    const later = tellDrift(quiet.memory, [], [], false);
    expect(later.notices.map(({ id }) => id)).toEqual(['r1.drift.0']);
    expect(tellDrift(later.memory, [], [], false).notices).toEqual([]);
  });

  test('of each mailbox by itself, so that nobody reads of others', () => {
    const [first, second] = driftNotices([change('imap', 'A'), change('imap', 'B', 'info@example.co.jp')], 'r1', at);
    expect(first).toMatchObject({ kind: 'drift', mailbox: 'sales@example.co.jp', more: 0 });
    expect(second).toMatchObject({ mailbox: 'info@example.co.jp', verify: 'crm-doctor runbook accept r1' });
    expect(first?.id).not.toBe(second?.id);
  });

  test('and what is remembered of it stays small', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => change(`imap ${at}`, 'A', `m${at}`));
    const notices = driftNotices(many, 'r1', at);
    expect(notices.length).toBeLessThanOrEqual(20);
    const { memory } = tellDrift({ told: {}, held: notices }, many, notices, true);
    expect(Object.keys(memory.told).length).toBeLessThanOrEqual(2_000);
    expect(memory.held.length).toBeLessThanOrEqual(20);
  });
});
