import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../../checks/all-sync-causes.ts';
import type { Told } from '../../../../src/model/sync/cause.ts';
import type { ColumnType } from '../../../../src/model/sync/column.ts';
import type { ComparisonFact } from '../../../../src/model/sync/comparison.ts';
import { type Contact, contacts, explainedBy, viewOf, withFault, withHonestEdits } from '../../../sync/support/view.ts';
import { checkSentence } from '../../sound-text.ts';

const lists = ['電話', 'メール', '訪問', '展示会'];
/** With columns whose notation varies: flags, choices, times of a log, texts of several lines. */
const rows: readonly Contact[] = contacts(700).map((row, at) => ({
  ...row,
  name: `${['髙橋', '渡邉', '佐藤'][at % 3]} ${row.name}`,
  memo: `一行目${at}\n二行目`,
  code: `Ab-${at} 〜 ${(at * 7) % 13}`,
  active: at % 3 === 0 ? 'true' : 'false',
  choices: `${lists[at % 4]};${lists[(at + 1 + (at % 3)) % 4]};${at % 50}`,
  flags: ['A', 'A;B', 'B'][at % 3] ?? '',
  grade: `00${at % 2}`,
}));
const types: Readonly<Record<string, ColumnType>> = {
  active: 'boolean',
  choices: 'multi-picklist',
  flags: 'multi-picklist',
  grade: 'picklist',
};

const ofNotation = allSyncCauses.filter(({ hypotheses }) => hypotheses.some(({ effect }) => effect === 'notation'));

const change =
  (column: string, to: (value: string) => string) =>
  (row: Contact): Contact => ({ ...row, [column]: to(row[column] ?? '') });
const shifted = (value: string, pattern: RegExp, by: number): string =>
  value.replace(pattern, (sign) => String.fromCharCode(sign.charCodeAt(0) + by));

const halfKana = (value: string): string =>
  value.replaceAll('サ', 'ｻ').replaceAll('ト', 'ﾄ').replaceAll('カ', 'ｶ').replaceAll('マ', 'ﾏ').replaceAll('ヨ', 'ﾖ');
const kanaOf = (row: Contact): Contact => ({ ...row, kana: halfKana(row.kana ?? '') });

const faults: readonly (readonly [string, (row: Contact) => Contact])[] = [
  ['sync.width-fullwidth', change('phone', (value) => shifted(value, /\d/g, 0xfee0))],
  ['sync.width-fullwidth', change('phone', (value) => shifted(value, /[\d-]/g, 0xfee0))],
  ['sync.width-fullwidth', change('code', (value) => shifted(value, /[A-Za-z]/g, 0xfee0))],
  ['sync.width-halfwidth-kana', kanaOf],
  ['sync.kana-script', change('kana', (value) => shifted(value, /[ァ-ヶ]/g, -0x60))],
  ['sync.unicode-normalization', change('kana', (value) => `${value}ガ`.normalize('NFD').slice(0, -2))],
  ['sync.kanji-variant', change('name', (value) => value.replace('髙', '高').replace('邉', '辺'))],
  ['sync.cp932-dash-variants', change('code', (value) => value.replace('〜', '～'))],
  ['sync.cp932-dash-variants', change('phone', (value) => value.replaceAll('-', '−'))],
  ['sync.invisible-characters', change('company', (value) => `${value}\u200b`)],
  ['sync.invisible-characters', change('name', (value) => value.replaceAll(' ', '\u00a0'))],
  ['sync.invisible-characters', change('company', (value) => `="${value}"`)],
  // Of few values, in which a label stands for a value as well.
  ['sync.invisible-characters', change('grade', (value) => `'${value}`)],
  ['sync.whitespace', change('company', (value) => value.padEnd(20, ' '))],
  ['sync.whitespace', change('name', (value) => value.replaceAll(' ', '\u3000'))],
  ['sync.letter-case', change('email', (value) => value.toUpperCase())],
  ['sync.newline-form', change('memo', (value) => value.replace('\n', '\r\n'))],
  ['sync.newline-form', change('memo', (value) => value.replace('\n', ' '))],
  ['sync.name-separator', change('name', (value) => value.replaceAll(' ', ''))],
  ['sync.company-legal-form', change('company', (value) => value.replace('株式会社', '(株)'))],
  ['sync.company-legal-form', change('company', (value) => value.replace('株式会社', '㈱'))],
  [
    'sync.address-notation',
    change('address', (value) => value.replace('丁目', '-').replace('番', '-').replace('号', '')),
  ],
  [
    'sync.address-notation',
    change('address', (value) => value.replace(/^(?:東京都|大阪府|愛知県|福岡県|北海道|京都府)/, '')),
  ],
  ['sync.phone-format', change('phone', (value) => value.replaceAll('-', ''))],
  ['sync.phone-format', change('phone', (value) => value.replace(/^0/, '+81-'))],
  ['sync.postcode-format', change('postcode', (value) => `〒${value}`)],
  ['sync.number-format', change('amount', (value) => Number(value).toLocaleString('en-US'))],
  ['sync.number-format', change('amount', (value) => `${value}.00`)],
  [
    'sync.era-date',
    change('birthday', (value) => `S${Number(value.slice(0, 4)) - 1925}.${value.slice(5, 7)}.${value.slice(8)}`),
  ],
  ['sync.excel-serial-date', change('birthday', (value) => String(Date.parse(value) / 86_400_000 + 25_569))],
  ['sync.timestamp-representation', change('created_at', (value) => String(Date.parse(value) / 1000))],
  ['sync.timestamp-representation', change('created_at', (value) => value.replace('T', ' ').replace('Z', ''))],
  ['sync.timestamp-representation', change('birthday', (value) => value.replaceAll('-', '/'))],
  ['sync.boolean-form', change('active', (value) => (value === 'true' ? 'はい' : 'いいえ'))],
  ['sync.multi-select-order', change('choices', (value) => value.split(';').toReversed().join(';'))],
  // Only one set is of more than one option.
  ['sync.multi-select-order', change('flags', (value) => value.replace(';', ', '))],
];

const told = (fact: Pick<ComparisonFact, 'left' | 'right'>, explained: Told['main']): Told => ({
  explained: [explained],
  main: explained,
  // Texts of notation read the names of the sides and nothing else.
  fact: fact as ComparisonFact,
  columns: 'phone',
  field: () => undefined,
  share: { en: '10 of 20 (30-70 %)', ja: '20 件中 10 件（30～70 %）' },
  shareOf: () => ({ en: '', ja: '' }),
});
const side = (name: string): ComparisonFact['left'] => ({ format: 'csv', name, columns: [], notes: [] });

describe('differences of notation', () => {
  test.each(faults)('%s is named first, by itself, at three rates', async (id, fault) => {
    for (const share of [0.1, 0.4, 1]) {
      const right = withHonestEdits(withFault(rows, share, fault));
      // At one rate all causes are tried, at the others those of notation: that is most of the time.
      const found = await explainedBy(share === 0.1 ? allSyncCauses : ofNotation, rows, right, { types });
      expect(found.map(({ cause }) => cause)).toEqual([id]);
      const [first] = found;
      const cause = allSyncCauses.find((one) => one.id === id);
      if (!first || !cause) throw new Error(id);
      expect(first.effect).toBe('notation');
      const telling = told({ left: side('left.csv'), right: side('right.csv') }, first);
      for (const text of [cause.title, cause.about, ...cause.steps(telling)]) checkSentence(text);
      expect(cause.because(telling).ja).toMatch(/20 件中/);
      expect(cause.because(telling).en).not.toMatch(/undefined|\[object/);
    }
  });

  test('a column of type CHAR is told, and the side of it', async () => {
    const right = rows.map(change('company', (value) => value.padEnd(20, ' ')));
    const [first] = await explainedBy(allSyncCauses, rows, right, { types });
    expect(first?.detail).toMatchObject({ side: 'right', padded: 'right', length: 20 });
  });

  describe('an offset that one side leaves out', () => {
    const bare = (value: string): string => value.slice(0, 19).replace('T', ' ');
    const tokyo = (value: string): string =>
      new Date(Date.parse(value) + 9 * 3_600_000).toISOString().replace('.000Z', '+09:00');
    const left = rows.map(change('created_at', tokyo));
    const inUtc = rows.map(change('created_at', bare));
    const onTheClock = left.map(change('created_at', bare));

    test.each([
      ['in UTC', 'utc', inUtc, /timeZone: UTC.*takes it for UTC/],
      ['with the same clock', 'clock', onTheClock, /timeZone.*the time of that zone/],
    ] as const)('%s is no shift of time, and what to make sure of is said', async (_, means, right, says) => {
      const found = await explainedBy(allSyncCauses, left, right, { types });
      expect(found.map(({ cause, effect }) => [cause, effect])).toEqual([
        ['sync.timestamp-representation', 'notation'],
      ]);
      const [first] = found;
      const cause = allSyncCauses.find(({ id }) => id === 'sync.timestamp-representation');
      if (!first || !cause) throw new Error('none');
      expect(first.detail).toMatchObject({ without: 'zone', means });
      expect(cause.because(told({ left: side('left.csv'), right: side('right.csv') }, first)).en).toMatch(says);
    });

    test.each([
      ['JST', left.map(change('created_at', (value) => `${bare(value)} JST`))],
      ['seconds since 1970', rows.map(change('created_at', (value) => String(Date.parse(value) / 1000)))],
      ['milliseconds since 1970', rows.map(change('created_at', (value) => String(Date.parse(value))))],
    ])('may be written as %s', async (_, told) => {
      for (const [one, other] of [
        [told, inUtc],
        [inUtc, told],
      ] as const) {
        const [first, ...more] = await explainedBy(allSyncCauses, one, other, { types });
        expect([first?.cause, first?.detail.means, more]).toEqual(['sync.timestamp-representation', 'utc', []]);
      }
      const [local, ...more] = await explainedBy(allSyncCauses, told, onTheClock, { types });
      expect([local?.cause, more]).toEqual([
        local?.detail.means === 'clock' ? 'sync.timestamp-representation' : 'sync.timezone-offset',
        [],
      ]);
    });

    test('is a shift where the configuration says which zone the times without one are of', async () => {
      const { config } = viewOf(left, onTheClock, { types });
      const said = { types, config: { ...config, right: { ...config.right, timeZone: 'UTC' } } };
      const found = await explainedBy(allSyncCauses, left, onTheClock, said);
      expect(found.map(({ cause }) => cause)).toEqual(['sync.timezone-offset']);
    });
  });

  test('forms of both sides are told without their digits', async () => {
    const right = rows.map(change('phone', (value) => value.replaceAll('-', '')));
    const [first] = await explainedBy(allSyncCauses, rows, right, { types });
    expect(first?.detail).toMatchObject({ leftForm: '99-9999-9999', rightForm: '9999999999' });
  });

  test('a number as a spreadsheet saves long ones says where that comes from', async () => {
    const long = rows.map(change('amount', (value) => `${Number(value)}00000`));
    const right = long.map(change('amount', (value) => Number(value).toExponential().replace('e+', 'E+')));
    const [first] = await explainedBy(ofNotation, long, right, { types });
    const cause = allSyncCauses.find(({ id }) => id === first?.cause);
    expect([first?.cause, first?.detail.spreadsheet]).toEqual(['sync.number-format', true]);
    if (!first || !cause) throw new Error('not named');
    const telling = told({ left: side('left.csv'), right: side('right.csv') }, first);
    expect(cause.because(telling).en).toContain('E+ is how a spreadsheet writes');
    checkSentence(cause.because(telling));
  });

  test('a legal form that is left out is told with its side, and is none of notation', async () => {
    const right = withHonestEdits(
      withFault(
        rows,
        0.1,
        change('company', (value) => value.replace('株式会社', '')),
      ),
    );
    const found = await explainedBy(allSyncCauses, rows, right, { types });
    expect(found.map(({ cause, effect, detail }) => [cause, effect, detail])).toEqual([
      ['sync.company-legal-form', 'wrong', { leftOut: true, side: 'right' }],
    ]);
    const [first] = found;
    const cause = allSyncCauses.find(({ id }) => id === 'sync.company-legal-form');
    if (!first || !cause) throw new Error('not named');
    const telling = told({ left: side('left.csv'), right: side('right.csv') }, first);
    expect(cause.because(telling).en).toContain('from which right.csv has left out the legal form');
    expect(cause.because(telling).ja).toContain('right.csv の側で法人格');
  });

  // Each looks like a notation and is another value.
  test.each<[string, (row: Contact, at: number) => Contact]>([
    [
      'the form of a company at its other end',
      change('company', (value) => `${value.replace('株式会社', '')}株式会社`),
    ],
    ['another phone number', change('phone', (value) => `${value.slice(0, -1)}${(Number(value.slice(-1)) + 1) % 10}`)],
    ['another block', change('address', (value) => value.replace('丁目', '0丁目'))],
    ['yes for no', change('active', (value) => (value === 'true' ? 'いいえ' : 'はい'))],
    ['one choice more', change('choices', (value) => `${value};来社`)],
  ])('%s is none', async (_, fault) => {
    const found = await explainedBy(allSyncCauses, rows, withFault(rows, 0.2, fault), { types });
    expect(found.filter(({ effect }) => effect === 'notation')).toEqual([]);
  });
});
