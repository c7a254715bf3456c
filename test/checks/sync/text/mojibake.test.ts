import { describe, expect, test } from '@jest/globals';
import { mojibakeDoubleUtf8 } from '../../../../checks/sync/mojibake-double-utf8.cause.ts';
import { mojibakeEuc } from '../../../../checks/sync/mojibake-euc.cause.ts';
import { mojibakeLossyReplacement } from '../../../../checks/sync/mojibake-lossy-replacement.cause.ts';
import { mojibakeSjisAsLatin1 } from '../../../../checks/sync/mojibake-sjis-as-latin1.cause.ts';
import { mojibakeUtf8AsLatin1 } from '../../../../checks/sync/mojibake-utf8-as-latin1.cause.ts';
import { mojibakeUtf8AsSjis } from '../../../../checks/sync/mojibake-utf8-as-sjis.cause.ts';
import { encoded } from '../../../../src/reason/encoding/bytes.ts';
import { garbled, isLossy } from '../../../../src/reason/encoding/garbled.ts';
import { contacts, explainedBy, withFault, withHonestEdits } from '../../../sync/support/view.ts';

const causes = [
  mojibakeSjisAsLatin1,
  mojibakeUtf8AsLatin1,
  mojibakeUtf8AsSjis,
  mojibakeEuc,
  mojibakeDoubleUtf8,
  mojibakeLossyReplacement,
];
const rows = contacts(1000);
const latin1 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');
const written = (text: string, charset: 'cp932' | 'euc-jp') => encoded(text, charset) ?? new Uint8Array();
// In a stream: some releases of Node take the text for Latin-1 otherwise.
const as1252 = (bytes: Uint8Array) => new TextDecoder('windows-1252').decode(bytes, { stream: true });
const utf8AsLatin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const faults: readonly (readonly [string, string, (text: string) => string])[] = [
  ['sync.mojibake-sjis-as-latin1', 'latin1', (text) => latin1(encoded(text, 'cp932'))],
  ['sync.mojibake-sjis-as-latin1', '1252', (text) => as1252(written(text, 'cp932'))],
  ['sync.mojibake-utf8-as-latin1', 'latin1', utf8AsLatin1],
  ['sync.mojibake-utf8-as-latin1', '1252', (text) => as1252(Buffer.from(text))],
  ['sync.mojibake-utf8-as-latin1', 'controls left out', (text) => utf8AsLatin1(text).replaceAll(/[\x80-\x9f]/g, '')],
  ['sync.mojibake-utf8-as-sjis', 'WHATWG', (text) => new TextDecoder('shift_jis').decode(Buffer.from(text))],
  [
    'sync.mojibake-utf8-as-sjis',
    'question marks',
    (text) => new TextDecoder('shift_jis').decode(Buffer.from(text)).replaceAll('\uFFFD', '?'),
  ],
  ['sync.mojibake-euc', 'utf-8 as EUC', (text) => new TextDecoder('euc-jp').decode(Buffer.from(text))],
  ['sync.mojibake-euc', 'EUC as CP932', (text) => new TextDecoder('shift_jis').decode(written(text, 'euc-jp'))],
  ['sync.mojibake-euc', 'utf-8 as GBK', (text) => new TextDecoder('gbk').decode(Buffer.from(text))],
  ['sync.mojibake-double-utf8', 'twice', (text) => utf8AsLatin1(utf8AsLatin1(text))],
  ['sync.mojibake-double-utf8', 'twice as 1252', (text) => as1252(Buffer.from(as1252(Buffer.from(text))))],
  ['sync.mojibake-lossy-replacement', 'CP932 as utf-8', (text) => new TextDecoder().decode(written(text, 'cp932'))],
  ['sync.mojibake-lossy-replacement', 'replaced', (text) => text.replaceAll(/[^\x20-\x7e]+/g, '\uFFFD')],
];

describe('mojibake', () => {
  for (const [id, how, fault] of faults) {
    for (const share of [0.02, 0.6]) {
      test(`${id} (${how}) in ${share * 100} % of the rows, on either side`, async () => {
        const bad = withFault(withHonestEdits(rows), share, (row) => ({ ...row, company: fault(row.company ?? '') }));
        for (const [left, right, side] of [
          [rows, bad, 'right'],
          [bad, rows, 'left'],
        ] as const) {
          const found = await explainedBy(causes, left, right);
          expect(found.map(({ cause }) => cause)).toEqual([id]);
          expect(found[0]?.detail).toMatchObject({ side });
          expect(found[0]?.share.n).toBeGreaterThan((found[0]?.share.of ?? 0) * 0.8);
        }
      });
    }
  }

  test('one value is enough, and honest edits name nothing', async () => {
    const one = rows.map((row, at) => (at === 9 ? { ...row, name: utf8AsLatin1(row.name ?? '') } : row));
    expect((await explainedBy(causes, rows, one)).map(({ cause }) => cause)).toEqual(['sync.mojibake-utf8-as-latin1']);
    expect(await explainedBy(causes, rows, withHonestEdits(rows, 0.1))).toEqual([]);
  });

  test('a value that ends in U+FFFD was cut, and is not taken for a replacement', () => {
    expect(isLossy('港区芝公園', '港区\uFFFD')).toBe(false);
    expect(isLossy('港区芝', '港\uFFFD芝')).toBe(true);
    expect(isLossy('A社の担当', 'A\uFFFD\uFFFD担当')).toBe(true);
    expect(isLossy('A社の担当', 'B\uFFFD担当')).toBe(false);
    expect(isLossy('abc', 'a\uFFFDc')).toBe(false);
  });
});

describe('bytes of Japanese encodings', () => {
  test.each([
    ['㈱', [0x87, 0x8a]],
    ['髙', [0xfb, 0xfc]],
    ['～', [0x81, 0x60]],
    ['〜', [0x81, 0x60]],
    ['−', [0x81, 0x7c]],
    ['ｱ', [0xb1]],
    ['表', [0x95, 0x5c]],
    ['A\n', [0x41, 0x0a]],
  ])('CP932 writes %s as Windows does', (text, bytes) => {
    expect([...(encoded(text, 'cp932') ?? [])]).toEqual(bytes);
  });

  test('what a charset does not have is not written', () => {
    expect(encoded('𠮷野', 'cp932')).toBeUndefined();
    expect(encoded('é', 'cp932')).toBeUndefined();
    expect(encoded('é', 'latin1')).toEqual(Uint8Array.from([0xe9]));
    expect([...(encoded('あｱ', 'euc-jp') ?? [])]).toEqual([0xa4, 0xa2, 0x8e, 0xb1]);
    expect(garbled('x'.repeat(20_001), [{ written: 'utf-8', read: 'cp932' }])).toBeUndefined();
  });
});
