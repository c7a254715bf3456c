import { describe, expect, test } from '@jest/globals';
import { amountScale } from '../../../../checks/sync/amount-scale.cause.ts';
import { amountTax } from '../../../../checks/sync/amount-tax.cause.ts';
import { currencyConversion } from '../../../../checks/sync/currency-conversion.cause.ts';
import { floatPrecision } from '../../../../checks/sync/float-precision.cause.ts';
import { formulaField } from '../../../../checks/sync/formula-field.cause.ts';
import { rounding } from '../../../../checks/sync/rounding.cause.ts';
import { decimalOf, rounded, toNumber } from '../../../../src/reason/decimals.ts';
import { type Contact, contacts, explainedBy, seeded, withFault, withHonestEdits } from '../../../sync/support/view.ts';

const causes = [amountScale, amountTax, currencyConversion, floatPrecision, formulaField, rounding];
const random = seeded(5);
/** Amounts with odd yen, and a price with three places of which many end on 5. */
const rows = contacts(2000).map((row): Contact => {
  const price = Math.floor(random() * 1e8);
  return {
    ...row,
    currency: random() < 0.5 ? 'USD' : 'EUR',
    amount: String(1000 + Math.floor(random() * 5e6)),
    price: `${Math.floor(price / 1000)}.${String(price % 1000)
      .padStart(3, '0')
      .slice(0, 2)}${random() < 0.5 ? 5 : 1 + (price % 9)}`,
  };
});
const options = { types: { price: 'number' as const, currency: 'picklist' as const } };
const fault =
  (column: string, change: (value: string, row: Contact) => string) =>
  (row: Contact): Contact => ({ ...row, [column]: change(row[column] ?? '', row) });
const half = (how: 'half-up' | 'half-even' | 'floor') => (value: string) => {
  const decimal = decimalOf(value);
  return decimal ? toNumber(rounded(decimal, 2, how)).toFixed(2) : value;
};
const rateOf: Readonly<Record<string, number>> = {
  'u-ishii': 0.00671,
  'u-mori': 0.00613,
  'u-abe': 0.0523,
  'u-ono': 0.00871,
};

const faults: readonly (readonly [string, object, (row: Contact) => Contact])[] = [
  ['sync.amount-scale', { power: 2 }, fault('amount', (value) => `${value}00`)],
  ['sync.amount-scale', { power: -4 }, fault('amount', (value) => String(Number(value) / 10_000))],
  [
    'sync.amount-scale',
    { power: -3, how: 'truncate' },
    fault('amount', (value) => String(Math.floor(Number(value) / 1000))),
  ],
  ['sync.amount-tax', { rate: 10, how: 'floor' }, fault('amount', (value) => String((BigInt(value) * 110n) / 100n))],
  [
    'sync.amount-tax',
    { rate: 8, how: 'ceil' },
    fault('amount', (value) => String((BigInt(value) * 108n + 99n) / 100n)),
  ],
  ['sync.currency-conversion', {}, fault('amount', (value) => (Number(value) * 0.006713).toFixed(2))],
  [
    'sync.currency-conversion',
    { name: 'owner' },
    fault('amount', (value, row) => (Number(value) * (rateOf[row.owner ?? ''] ?? 0.0089)).toFixed(2)),
  ],
  [
    'sync.currency-conversion',
    { name: 'created_at + currency', span: 'year' },
    // A rate of each currency and year.
    fault('amount', (value, { currency = '', created_at = '' }) =>
      (Number(value) * (currency === 'USD' ? 151.3 : 163.7) * (1 + (Number(created_at.slice(0, 4)) % 7) / 40)).toFixed(
        2,
      ),
    ),
  ],
  ['sync.rounding', { how: 'half-up', places: 2 }, fault('price', half('half-up'))],
  ['sync.rounding', { how: 'half-even', places: 2 }, fault('price', half('half-even'))],
  ['sync.rounding', { how: 'truncate', places: 2 }, fault('price', half('floor'))],
  ['sync.float-precision', { bits: 32 }, fault('price', (value) => String(Math.fround(Number(value))))],
  ['sync.float-precision', { bits: 64 }, fault('price', (value) => `${value}0000000000004`)],
];

describe('faults of numbers', () => {
  test.each(faults)('%s %j is named, alone (%#)', async (id, detail, change) => {
    for (const share of [0.06, 0.6]) {
      const right = withHonestEdits(withFault(rows, share, change));
      const found = await explainedBy(causes, rows, right, options);
      expect(found.map(({ cause }) => cause)).toEqual([id]);
      expect(found[0]?.detail).toMatchObject(detail);
    }
  });

  test('a fault in 2 % of the rows is enough', async () => {
    const right = withHonestEdits(
      withFault(
        rows,
        0.02,
        fault('amount', (value) => `${value}00`),
      ),
    );
    expect((await explainedBy(causes, rows, right, options)).map(({ cause }) => cause)).toEqual(['sync.amount-scale']);
  });

  test('edits by hand name nothing', async () => {
    expect(await explainedBy(causes, rows, withHonestEdits(rows), options)).toEqual([]);
    expect(await explainedBy(causes, rows, withHonestEdits(rows, 0.3), options)).toEqual([]);
  });

  test('amounts corrected by some hundreds are not rounded to thousands where they happen to be', async () => {
    const left = rows.map((row) => ({ ...row, amount: `${row.amount?.slice(0, -2)}00` }));
    const by = seeded(11);
    const corrected = left.map((row) =>
      fault('amount', (value) => String(Number(value) + Math.floor(by() * 400 - 200) * 100))(row),
    );
    expect(await explainedBy(causes, left, corrected, options)).toEqual([]);
    const thousands = fault('amount', (value) => String(Math.round(Number(value) / 1000) * 1000));
    const found = await explainedBy(causes, left, withHonestEdits(withFault(left, 0.06, thousands)), options);
    expect(found.map(({ cause, detail }) => [cause, detail.places])).toEqual([['sync.rounding', -3]]);
  });

  test('two rates of tax are both named', async () => {
    const right = rows.map((row, at) =>
      fault('amount', (value) => String((BigInt(value) * (at % 3 === 0 ? 108n : 110n)) / 100n))(row),
    );
    const found = await explainedBy(causes, rows, right, options);
    expect(found.map(({ detail }) => detail.rate)).toEqual([10, 8]);
  });

  test('a calculated field is expected to differ, but for a fault that tells it exactly', async () => {
    const calculated = { ...options, leftColumns: { amount: { calculated: true } } };
    const drifting = withFault(
      rows,
      0.4,
      fault('amount', (value, row) => String(Number(value) + Number(row.id?.slice(-3)) + 1)),
    );
    const [first, ...more] = await explainedBy(causes, rows, drifting, calculated);
    expect(first).toMatchObject({ cause: 'sync.formula-field', effect: 'expected' });
    expect(more).toEqual([]);
    expect(await explainedBy(causes, rows, drifting, options)).toEqual([]);
    const scaled = withFault(
      rows,
      0.4,
      fault('amount', (value) => `${value}000`),
    );
    expect((await explainedBy(causes, rows, scaled, calculated))[0]?.cause).toBe('sync.amount-scale');
  });

  test.each([
    ['1,234,567.50', '1234567.5'],
    ['¥1,200', '1200'],
    ['△300', '-300'],
    ['1.5E+3', '1500'],
    ['2.50e-1', '0.25'],
  ])('%s is read exactly', (text, value) => {
    const decimal = decimalOf(text);
    expect(decimal && toNumber(decimal)).toBe(Number(value));
  });

  test.each(['', '12,34', '1.2.3', '1e400', 'x', '--5', '9'.repeat(100)])('%s is no number', (text) => {
    expect(decimalOf(text)).toBeUndefined();
  });
});
