import { describe, expect, test } from '@jest/globals';
import type { PatchChange } from '../../../src/sync/patch/change.ts';
import { writePatch } from '../../../src/sync/patch/patch.ts';
import { opened, place, readAll } from '../files/kit.ts';
import { cause, changed, columnsOf, crmSide, garbled, hostile, sidesOf, written } from './sides.ts';

const columns = columnsOf({ side: { key: true }, branch: { key: true, right: 'shop' }, name: { right: 'label' } });

describe('CSV', () => {
  test('is read again as it was written, for both sides, formulas and line ends in it', async () => {
    const onLeft = cause('sync.mojibake-utf8-as-sjis', { side: 'left' });
    const changes: readonly PatchChange[] = [
      ...hostile.map((text, at) => changed([`${at}`, text, text], [`${at}`, text, `${text}?`], garbled)),
      changed(['9', 'b', '邱'], ['9', 'b', '緑'], onLeft),
      { kind: 'missing', values: ['7', '', '新'], by: cause('sync.outage-window') },
    ];
    const { text, summary } = await written(changes, { kind: 'csv' }, sidesOf(columns));
    const at = await place();
    const source = await opened(at, await at.write('patch.csv', text));
    expect(source.facts.columns.map(({ name }) => name)).toEqual([
      'side',
      'action',
      'key:side',
      'key:branch',
      'column',
      'old',
      'new',
      'reason',
    ]);
    expect(await readAll(source)).toEqual({
      rejected: [],
      rows: [
        ...hostile.map((value, at) => ['right', 'update', `${at}`, value, 'label', `${value}?`, value, garbled.cause]),
        ['left', 'update', '9', 'b', 'name', '邱', '緑', garbled.cause],
        ['right', 'insert', '7', '', 'label', '', '新', 'sync.outage-window'],
      ],
    });
    await at.remove();
    expect(summary.notes.map(({ en }) => en).join()).toMatch(/4 values begin with a sign/);
  });

  test('memory does not grow with the differences: the sink is waited for', async () => {
    let [most, waiting, total] = [0, 0, 0];
    const sink = {
      write: async (text: string) => {
        waiting += text.length;
        total += text.length;
        most = Math.max(most, waiting);
        await Promise.resolve();
        waiting -= text.length;
      },
    };
    const many = async function* () {
      for (let at = 0; at < 20_000; at += 1)
        yield changed([`${at}`, 'b', '緑'.repeat(20)], [`${at}`, 'b', '邱'], garbled);
    };
    const summary = await writePatch(many(), { kind: 'csv' }, sink, sidesOf(columns));
    expect(summary.rows).toBe(20_000);
    expect(total).toBeGreaterThan(1_000_000);
    expect(most).toBeLessThan(200_000);
  });

  test('a file for one side counts what is for the other', async () => {
    const onLeft = cause('sync.mojibake-utf8-as-sjis', { side: 'left' });
    const changes = [changed(['9', 'b', '邱'], ['9', 'b', '緑'], onLeft), changed(['1', 'b', 'x'], ['1', 'b', 'y'])];
    const format = { kind: 'sql', side: 'right', dialect: 'sqlite', table: 't' } as const;
    const { summary } = await written(changes, format, sidesOf(columns, crmSide('demo', 'contacts')));
    expect(summary).toMatchObject({ rows: 0, values: 0, leftOut: { 'other-side': 1, unexplained: 1 }, notes: [] });
  });
});
