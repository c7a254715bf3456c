import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../../checks/all-sync-causes.ts';
import { type Contact, contacts, explainedBy, type ViewOptions, withHonestEdits } from '../../../sync/support/view.ts';

const rows = contacts(1500, 23);

/** All causes that there are, so that each is held against all of its look-alikes. */
const found = (left: readonly Contact[], right: readonly Contact[], options: ViewOptions = {}) =>
  explainedBy(allSyncCauses, left, right, options);
const named = async (left: readonly Contact[], right: readonly Contact[], options: ViewOptions = {}) =>
  (await found(left, right, options)).map(({ cause }) => cause);

const renamed = (list: readonly Contact[], from: string, to: string) =>
  list.map(
    (row): Contact =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name === from ? to : name, value])),
  );
const without = (list: readonly Contact[], name: string) =>
  list.map((row): Contact => Object.fromEntries(Object.entries(row).filter(([one]) => one !== name)));
const fields = { name: {}, email: {}, phone: {} };

describe('a column under another name', () => {
  const right = renamed(withHonestEdits(rows), 'phone', 'tel');

  test('is told by its values', async () => {
    const [first, ...more] = await found(rows, right);
    expect(first).toMatchObject({
      cause: 'sync.column-renamed',
      population: 'facts',
      detail: { left: 'phone', right: 'tel', about: 'phone / tel' },
      proof: { kind: 'read' },
    });
    expect(first?.share.n).toBeGreaterThan(1450);
    expect(first?.examples.length).toBe(3);
    expect(more).toEqual([]);
  });

  test('and what the configuration looked for is said, on either side', async () => {
    const [first, ...more] = await found(rows, right, {
      config: { fields },
      absent: [{ side: 'right', name: 'phone', key: false }],
    });
    expect(first?.detail).toMatchObject({ left: 'phone', right: 'tel', wanted: 'phone', side: 'right' });
    expect(more).toEqual([]);
    const [other] = await found(right, rows, {
      config: { fields },
      absent: [{ side: 'left', name: 'phone', key: false }],
    });
    expect(other?.detail).toMatchObject({ left: 'tel', right: 'phone', wanted: 'phone', side: 'left' });
  });

  test('that nobody asked for is left alone', async () => {
    expect(await named(rows, right, { config: { fields: { name: {} } } })).toEqual([]);
  });

  test('other values, and two columns that agree by few values, are none', async () => {
    const others = right.map((row, at): Contact => ({ ...row, tel: rows[(at + 1) % rows.length]?.phone ?? '' }));
    expect(await named(rows, others)).toEqual([]);
    const flags = (name: string) => rows.map((row, at): Contact => ({ ...row, [name]: at % 30 === 0 ? 'yes' : 'no' }));
    expect(await named(flags('active'), flags('optin'))).toEqual([]);
  });
});

describe('a column that is not there', () => {
  const absent = [{ side: 'right', name: 'phone', key: false }] as const;

  test('is said with what the other side has in it', async () => {
    const [first, ...more] = await found(rows, without(rows, 'phone'), { config: { fields }, absent });
    expect(first).toMatchObject({
      cause: 'sync.column-missing',
      detail: { side: 'right', name: 'phone', other: 'phone' },
      share: { n: 1500, of: 1500 },
    });
    expect(more).toEqual([]);
  });

  test('without a configuration that names it nothing is missing', async () => {
    expect(await named(rows, without(rows, 'phone'))).toEqual([]);
  });
});

describe('a mark in the name of a column', () => {
  test.each(['\ufeffphone', 'ï»¿phone'])('%j is neither renamed nor missing', async (name) => {
    const right = renamed(withHonestEdits(rows), 'phone', name);
    const options: ViewOptions = { config: { fields }, absent: [{ side: 'right', name: 'phone', key: false }] };
    const [first, ...more] = await found(rows, right, options);
    expect(first).toMatchObject({ cause: 'sync.bom-in-header', detail: { side: 'right', name: 'phone' } });
    expect(more).toEqual([]);
    expect(await named(rows, right)).toEqual(['sync.bom-in-header']);
  });

  test('of a file from which it was taken off is no fault', async () => {
    const notes = [{ id: 'bom-in-header', says: { en: 'x', ja: 'x' } }] as const;
    expect(await named(rows, rows, { rightFacts: { notes } })).toEqual([]);
  });
});

describe('the encoding of a file', () => {
  test('that is stated and is not its own', async () => {
    const notes = [{ id: 'undecodable', encoding: 'shift_jis', says: { en: 'x', ja: 'x' } }] as const;
    const [first, ...more] = await found(rows, rows, { rightFacts: { notes, encoding: 'utf-8' } });
    expect(first).toMatchObject({
      cause: 'sync.file-encoding',
      detail: { side: 'right', declared: 'utf-8', found: 'shift_jis' },
    });
    expect(more).toEqual([]);
  });

  test('that was found by itself is no fault', async () => {
    const notes = [{ id: 'other-encoding', says: { en: 'x', ja: 'x' } }] as const;
    expect(await named(rows, rows, { rightFacts: { notes, encoding: 'shift_jis' } })).toEqual([]);
  });
});
