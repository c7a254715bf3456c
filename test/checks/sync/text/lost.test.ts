import { describe, expect, test } from '@jest/globals';
import { charsetUnmappable } from '../../../../checks/sync/charset-unmappable.cause.ts';
import { excelSerialDateCause } from '../../../../checks/sync/excel-serial-date.cause.ts';
import { htmlEntityEscaped } from '../../../../checks/sync/html-entity-escaped.cause.ts';
import { leadingZeroLost } from '../../../../checks/sync/leading-zero-lost.cause.ts';
import { mojibakeLossyReplacement } from '../../../../checks/sync/mojibake-lossy-replacement.cause.ts';
import { richTextStripped } from '../../../../checks/sync/rich-text-stripped.cause.ts';
import { scientificNotation } from '../../../../checks/sync/scientific-notation.cause.ts';
import { textTruncatedBytes } from '../../../../checks/sync/text-truncated-bytes.cause.ts';
import { textTruncatedChars } from '../../../../checks/sync/text-truncated-chars.cause.ts';
import { utf8mb3FourByte } from '../../../../checks/sync/utf8mb3-four-byte.cause.ts';
import { encoded } from '../../../../src/reason/encoding/bytes.ts';
import { unescaped, visible } from '../../../../src/reason/encoding/markup.ts';
import { type Contact, contacts, explainedBy, seeded, withFault, withHonestEdits } from '../../../sync/support/view.ts';

const causes = [
  charsetUnmappable,
  excelSerialDateCause,
  htmlEntityEscaped,
  leadingZeroLost,
  mojibakeLossyReplacement,
  richTextStripped,
  scientificNotation,
  textTruncatedBytes,
  textTruncatedChars,
  utf8mb3FourByte,
];

const random = seeded(5);
const some = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
/** Records with rare characters, markup, codes, and texts of many lengths. */
const rows = contacts(2000).map((row, at) => ({
  ...row,
  memo: `${some(['髙橋', '渡邉', '佐藤', 'René', '鄧小'])}さん ${at} ${some(['中村', '草彅', '鷗外', '加藤'])}`,
  smile: `${some(['了解', 'OK', 'お願いします'])}${at}${some(['😀', '🍣🍣', '𠮷野'])}です`,
  html: `<p>${some(['予算', '納期'])} &amp; <b>${at}</b><br>${some(['至急', '通常'])}</p>`,
  maker: `${some(['A&B', "O'Neil", '"K" <本社>'])} ${at}`,
  code: `0${some(['', '0'])}${10_000 + at}`,
  house: `${1 + (at % 12)}-${1 + (at % 27)}${at % 3 === 0 ? `-${1 + (at % 19)}` : ''}`,
  number: String(1_000_000_000_000 + at * 7_919_317),
  story: Array.from({ length: 3 + Math.floor(random() * 12) }, () =>
    some(['ABC', '会社', '次回の訪問', 'の件', 'x1', '見積']),
  ).join(''),
}));

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const cutUtf8 = (text: string, bytes: number) => new TextDecoder().decode(Buffer.from(text).subarray(0, bytes));
const marked = (text: string, charset: 'cp932' | 'windows-1252', mark: string) =>
  [...text].map((one) => (encoded(one, charset) ? one : mark)).join('');

const faults: readonly (readonly [string, string, string, (text: string) => string])[] = [
  ['sync.charset-unmappable', 'CP932', 'memo', (text) => marked(text, 'cp932', '?')],
  ['sync.charset-unmappable', 'CP932, geta', 'memo', (text) => marked(text, 'cp932', '〓')],
  ['sync.charset-unmappable', 'JIS X 0208', 'memo', (text) => text.replaceAll(/[髙彅鄧鷗é]/g, '?')],
  ['sync.charset-unmappable', 'Latin-1', 'company', (text) => marked(text, 'windows-1252', '?')],
  ['sync.utf8mb3-four-byte', 'cut', 'smile', (text) => text.slice(0, text.search(/[\u{10000}-\u{10ffff}]/u))],
  ['sync.utf8mb3-four-byte', 'dropped', 'smile', (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '')],
  ['sync.utf8mb3-four-byte', 'one mark', 'smile', (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')],
  ['sync.utf8mb3-four-byte', 'four marks', 'smile', (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '????')],
  ['sync.utf8mb3-four-byte', 'U+FFFD', 'smile', (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\uFFFD')],
  ['sync.html-entity-escaped', 'once', 'maker', escaped],
  ['sync.html-entity-escaped', 'twice', 'maker', (text) => escaped(escaped(text))],
  ['sync.rich-text-stripped', 'stripped', 'html', (text) => text.replaceAll(/<[^<>]*>/g, '').replace('&amp;', '&')],
  ['sync.leading-zero-lost', 'number', 'code', (text) => String(Number(text))],
  ['sync.leading-zero-lost', 'of a telephone', 'phone', (text) => String(Number(text.replaceAll('-', '')))],
  ['sync.leading-zero-lost', 'floating', 'code', (text) => `${Number(text)}.0`],
  ['sync.excel-serial-date', 'in Japanese', 'house', (text) => text.replace(/^(\d+)-(\d+)$/, '$1月$2日')],
  ['sync.excel-serial-date', 'with the year', 'house', (text) => text.replace(/^(\d+)-(\d+)$/, '2026/$1/$2')],
  ['sync.scientific-notation', 'Excel', 'number', (text) => Number(text).toExponential(5).toUpperCase()],
];

const column = (id: string, name: string, fault: (text: string) => string) => async (share: number) => {
  const bad = withFault(withHonestEdits(rows), share, (row) => ({
    ...row,
    [name]: fault((row as Contact)[name] ?? ''),
  }));
  for (const [left, right, side] of [
    [rows, bad, 'right'],
    [bad, rows, 'left'],
  ] as const) {
    const found = await explainedBy(causes, left, right);
    expect(found.map(({ cause }) => cause)).toEqual([id]);
    expect(found[0]?.detail).toMatchObject({ side });
    expect(found[0]?.share.n).toBeGreaterThan((found[0]?.share.of ?? 0) * 0.6);
  }
};

describe('text that is lost on the way', () => {
  for (const [id, how, name, fault] of faults) {
    for (const share of [0.02, 0.6]) {
      test(`${id} (${how}) in ${share * 100} % of the rows, on either side`, () => column(id, name, fault)(share));
    }
  }

  test('honest edits name nothing', async () => {
    expect(await explainedBy(causes, rows, withHonestEdits(rows, 0.1))).toEqual([]);
  });

  test('four-byte characters alone: a file of a narrow charset lost them itself, a table of Unicode is too narrow', async () => {
    const bad = rows.map((row, at) => ({ ...row, smile: at < 3 ? marked(row.smile, 'cp932', '?') : row.smile }));
    const named = async (encoding: string) =>
      (await explainedBy(causes, rows, bad, { rightFacts: { encoding } })).map(({ cause, detail }) => [
        cause,
        detail.own ?? false,
      ]);
    expect(await named('shift_jis')).toEqual([['sync.charset-unmappable', true]]);
    expect(await named('utf-8')).toEqual([['sync.utf8mb3-four-byte', false]]);
    // The other side is of that charset, and has them: there it was not lost.
    const [found] = await explainedBy(causes, rows, bad, { leftFacts: { encoding: 'shift_jis' } });
    expect(found?.cause).toBe('sync.utf8mb3-four-byte');
  });

  test('a cut at characters, in few rows and in many', async () => {
    for (const limit of [12, 34]) {
      const bad = withHonestEdits(rows.map((row) => ({ ...row, story: [...row.story].slice(0, limit).join('') })));
      const found = await explainedBy(causes, rows, bad);
      expect(found.map(({ cause }) => cause)).toEqual(['sync.text-truncated-chars']);
      expect(found[0]?.detail).toEqual({ unit: 'characters', limit, side: 'right' });
    }
  });

  test('a cut at characters of three bytes each may as well be one at bytes, which is said', async () => {
    const kanji = rows.map((row, at) => ({ ...row, story: '見積書送付済電話連絡'.repeat(2 + (at % 5)) }));
    const bad = withHonestEdits(kanji.map((row) => ({ ...row, story: [...row.story].slice(0, 33).join('') })));
    const [first] = await explainedBy(causes, kanji, bad);
    expect(first).toMatchObject({ cause: 'sync.text-truncated-chars', detail: { limit: 33, bytes: 99 } });
  });

  test('a cut of those that were written by one of two ways, and not a word to which many append', async () => {
    const bad = withFault(rows, 0.3, (row) => ({ ...row, story: [...(row.story ?? '')].slice(0, 20).join('') }));
    const [first, ...more] = await explainedBy(causes, rows, withHonestEdits(bad));
    expect(first).toMatchObject({ cause: 'sync.text-truncated-chars', detail: { unit: 'characters', limit: 20 } });
    expect(more).toEqual([]);
    // Others were edited elsewhere, so that few unrelated records have that word.
    const plain = rows.map((row, at) => ({ ...row, notes: at % 10 === 0 ? '要フォロー' : `次回訪問は来月${at}` }));
    const appended = withHonestEdits(plain, 0.5).map((row, at) =>
      at % 10 === 0 ? { ...plain[at], notes: '要フォロー済み' } : { ...row, notes: plain[at]?.notes ?? '' },
    ) as readonly Contact[];
    expect(await explainedBy(causes, appended, plain)).toEqual([]);
  });

  test('a cut at bytes, of UTF-8 with a broken last character and of Shift_JIS', async () => {
    const utf8 = rows.map((row) => ({ ...row, story: cutUtf8(row.story, 60) }));
    const [first, ...more] = await explainedBy(causes, rows, withHonestEdits(utf8));
    expect(first).toMatchObject({ cause: 'sync.text-truncated-bytes', detail: { unit: 'utf-8', limit: 60 } });
    expect(more).toEqual([]);
    const sjis = rows.map((row) => {
      let [story, bytes] = ['', 0];
      for (const one of row.story) {
        bytes += encoded(one, 'cp932')?.length ?? 1;
        if (bytes > 40) break;
        story += one;
      }
      return { ...row, story };
    });
    expect((await explainedBy(causes, rows, sjis))[0]).toMatchObject({
      cause: 'sync.text-truncated-bytes',
      detail: { unit: 'cp932', limit: 40 },
    });
  });

  test('what is cut at a comma, or by hand at any place, is not cut at a length', async () => {
    const comma = withFault(rows, 0.5, (row) => ({ ...row, notes: (row.notes ?? '').split(',')[0] ?? '' }));
    expect(await explainedBy(causes, rows, comma)).toEqual([]);
    const byHand = withFault(rows, 0.3, (row, at) => ({ ...row, story: (row.story ?? '').slice(0, 5 + (at % 17)) }));
    expect(await explainedBy(causes, rows, byHand)).toEqual([]);
  });

  test('question marks that people type are no lost characters', async () => {
    const asked = withFault(rows, 0.3, (row) => ({
      ...row,
      memo: `${row.memo}?`,
      company: (row.company ?? '').replace('株', '?'),
    }));
    expect(await explainedBy(causes, rows, asked)).toEqual([]);
  });

  test('a decimal below one and a time keep their zero', async () => {
    const left = rows.map((row, at) => ({ ...row, code: `0.${at + 1}` }));
    const right = rows.map((row, at) => ({ ...row, code: `.${at + 1}` }));
    expect(await explainedBy(causes, left, right)).toEqual([]);
  });
});

describe('markup', () => {
  test('entities are read once, unknown ones stay', () => {
    expect(unescaped('A &amp;amp; B &#x27;&#39; &nope; &#0; &#xD800; &constructor;')).toBe(
      "A &amp; B '' &nope; &#0; &#xD800; &constructor;",
    );
  });

  test('what is visible of HTML', () => {
    expect(visible('<p class="a">3 &lt; 5<br/>良い</p>')).toBe('3<5良い');
    expect(visible('a < b と c > d')).toBe('a<bとc>d');
    expect(visible('<'.repeat(100_000))).toHaveLength(100_000);
  });
});
