import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ColumnRole } from '../../src/model/sync/column.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { both } from '../auth/words.ts';
import { openColumns, presentIn } from './column-values.ts';
import { exampleOf } from './either-side.ts';
import { isFallback } from './fallback-words.ts';
import { outcomesIn } from './value-map.ts';

interface Renamed extends Readonly<Record<string, unknown>> {
  /** Left value to right value; no right value twice. */
  readonly map: Readonly<Record<string, string>>;
  /** They are users: one side has their names, the other their ids. */
  readonly people?: true;
}

const fewestOfValue = 5;
/** Forms of yes and no have a cause of their own. */
const yesOrNo = new Set([
  'true',
  'false',
  '1',
  '0',
  'y',
  'n',
  'yes',
  'no',
  'はい',
  'いいえ',
  '有',
  '無',
  '○',
  '×',
  'on',
  'off',
  't',
  'f',
]);

const isPerson = (role: ColumnRole): boolean => role === 'owner' || role === 'created-by';

export const picklistLabelVsValue = defineSyncCause({
  id: 'sync.picklist-label-vs-value',
  title: both(
    'One side stores the label, the other the value of a picklist',
    '一方は選択リストの表示名、もう一方は内部の値を保存しています',
  ),
  about: both(
    'A picklist option has a label that people see, in their language, and a value that is stored. One side of the sync uses labels where the other uses values, or labels of another language. Each label stands for exactly one value, so nothing is lost yet, but filters and automations do not match.',
    '選択リストの選択肢には、画面に表示される名前（言語ごと）と、保存される値があります。一方が表示名（または別の言語の表示名）を、もう一方が値を使っています。1 対 1 に対応しているため情報は失われていませんが、条件や自動処理が一致しません。',
  ),
  owner: 'crm-admin',
  unless: [
    'sync.key-15-vs-18',
    'sync.width-fullwidth',
    'sync.width-halfwidth-kana',
    'sync.kana-script',
    'sync.unicode-normalization',
    'sync.kanji-variant',
    'sync.cp932-dash-variants',
    'sync.invisible-characters',
    'sync.whitespace',
    'sync.letter-case',
    'sync.name-separator',
    'sync.reference-unresolved',
    'sync.boolean-form',
    'sync.html-entity-escaped',
    'sync.leading-zero-lost',
    'sync.excel-serial-date',
    'sync.number-format',
    'sync.multi-select-order',
    'sync.column-constant',
    'sync.mojibake-sjis-as-latin1',
    'sync.mojibake-utf8-as-latin1',
    'sync.mojibake-utf8-as-sjis',
    'sync.mojibake-euc',
    'sync.mojibake-double-utf8',
    'sync.mojibake-lossy-replacement',
    'sync.charset-unmappable',
    'sync.utf8mb3-four-byte',
    'sync.text-truncated-chars',
    'sync.text-truncated-bytes',
  ],
  hypotheses: [
    pairsHypothesis<Renamed>({
      // Each stands for the other: no value is lost.
      effect: 'notation',
      // With two options half of all unrelated rows would fit: that each value has one image of its own is the test.
      ownChance: true,
      propose: (view) =>
        openColumns(view)
          .filter(({ type, role }) =>
            role === undefined ? ['picklist', 'text', 'reference'].includes(type) : isPerson(role),
          )
          .flatMap(({ at, role, type }) => {
            const made = presentIn(view, at, 'right').filter(({ from, to }) => from !== to && from !== '' && to !== '');
            const outcomes = outcomesIn(made);
            if (!outcomes) return [];
            const own = counted(presentIn(view, at, 'right').map(({ from }) => from));
            const sure = [...outcomes].flatMap(([value, became]) => {
              const total = [...became.values()].reduce((sum, n) => sum + n, 0);
              const [to, times] = commonest(became);
              // An image that is a value of the left itself is another value, not another name.
              return total >= fewestOfValue && times >= 0.9 * total && !own.has(to) && !isFallback(to)
                ? [[value, to] as const]
                : [];
            });
            const images = new Set(sure.map(([, to]) => to));
            const booleans = sure.every(
              ([value, to]) => yesOrNo.has(value.toLowerCase()) && yesOrNo.has(to.toLowerCase()),
            );
            const covered = sure.reduce((sum, [value]) => sum + (own.get(value) ?? 0), 0);
            // The same remark put behind a few of many equal notes makes no names of them.
            const remarked =
              sure.every(([value, to]) => to.startsWith(value) || to.endsWith(value)) && made.length < 0.5 * covered;
            const seldom = covered < fewestOfValue * sure.length;
            // Texts of which some are alike came to something that nobody knows: alike ones to something alike.
            const renamed = sure.reduce((sum, [value, to]) => sum + (outcomes.get(value)?.get(to) ?? 0), 0);
            const texts = type === 'text' && renamed < 0.5 * made.length;
            // Beginnings of one length are texts that were cut, and what has lost characters was read by a wrong charset.
            const cut =
              sure.every(([value, to]) => value.startsWith(to)) && new Set(sure.map(([, to]) => to.length)).size === 1;
            const damaged = cut || sure.every(([, to]) => to.includes('\uFFFD'));
            // "Other" alone is where a value went that is not known there.
            const unlike = seldom || remarked || texts || damaged || sure.every(([value]) => isFallback(value));
            if (sure.length === 0 || images.size !== sure.length || booleans || unlike) return [];
            if (role === undefined) return [{ columns: [at], params: { map: Object.fromEntries(sure) } }];
            // Records are handed from one user to another; only where nobody keeps a name these are names and ids.
            const everybody = sure.length >= 3 && sure.length >= 0.9 * own.size && covered >= 0.9 * view.present.length;
            return everybody ? [{ columns: [at], params: { map: Object.fromEntries(sure), people: true } }] : [];
          }),
      explains: ({ left, right }, column, { map }) => {
        const from = left[column] ?? '';
        return Object.hasOwn(map, from) && map[from] === right[column];
      },
    }),
  ],
  because: (told) => {
    const map: unknown = told.main.detail.map;
    const pairs = typeof map === 'object' && map !== null ? Object.entries(map).slice(0, 5) : [];
    const shown = {
      en: pairs.map(([from, to]) => `"${from}" = "${String(to)}"`).join(', '),
      ja: pairs.map(([from, to]) => `「${from}」=「${String(to)}」`).join('、'),
    };
    const example = exampleOf(told);
    if (told.main.detail.people === true)
      return both(
        `In ${told.columns}, ${told.share.en} of the differences are the same users, by name on one side and by id on the other: each has one counterpart of its own (${shown.en}).${example.en}`,
        `${told.columns} の差異 ${told.share.ja}は、同じユーザーを一方は名前、もう一方は ID で記録しているものです。1 対 1 に対応しています（${shown.ja}）。${example.ja}`,
      );
    return both(
      `In ${told.columns}, ${told.share.en} of the differences are one name for another, each value with one name of its own (${shown.en}).${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、同じ選択肢の別の名前です。値と名前は 1 対 1 に対応しています（${shown.ja}）。${example.ja}`,
    );
  },
  steps: (told) => [
    told.main.detail.people === true
      ? both(
          `Map ${told.columns} by what tells users apart on both sides: their id or e-mail address, never the name that is shown; two people may have one name.`,
          `${told.columns} は、表示名ではなくユーザー ID やメールアドレスで対応付けます。同姓同名の担当者は表示名では区別できません。`,
        )
      : both(
          `Map ${told.columns} by the stored (API) value on both sides, never by the label: labels change with language and wording.`,
          `${told.columns} は、両側とも保存される値（API 参照名）で対応付けます。表示名は言語や文言の変更で変わるため使いません。`,
        ),
    both(
      'If both have to stay, keep a table of the pairs and translate in the flow.',
      '両方を残す場合は、対応表を作り、連携フローで変換します。',
    ),
  ],
});
