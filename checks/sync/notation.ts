import type { Owner } from '../../src/model/cause.ts';
import { defineSyncCause, type SyncCause, type Told } from '../../src/model/sync/cause.ts';
import type { ColumnType } from '../../src/model/sync/column.ts';
import {
  type Hypothesis,
  type PairsHypothesis,
  pairsHypothesis,
  type ValuePair,
  valueHypothesis,
} from '../../src/model/sync/hypothesis.ts';
import type { NormalRule } from '../../src/model/sync/normal.ts';
import type { Text } from '../../src/model/text.ts';
import { runAgain } from './value-words.ts';

/** The side whose values are not written as the rule writes them, where nearly all of them stand on one side. */
type Side = 'left' | 'right' | 'both';

const nearly = 0.95;

/** All rules in turn; undefined where one of them says nothing of the value. */
const folded = (rules: readonly NormalRule[], value: string): string | undefined =>
  rules.reduce<string | undefined>((text, { canonical }) => (text === undefined ? undefined : canonical(text)), value);

/** The signs of all rules; undefined where one of them has to be asked of every value. */
const signsOf = (rules: readonly NormalRule[]): readonly RegExp[] | undefined => {
  const signs = rules.flatMap((rule) => rule.signs ?? []);
  return signs.length === rules.length ? signs : undefined;
};

/** Both are written and mean the same under the rules. */
export const sameUnder =
  (rules: readonly NormalRule[]) =>
  ({ left, right }: ValuePair): boolean => {
    if (left === '' || right === '') return false;
    const one = folded(rules, left);
    return one !== undefined && one !== '' && one === folded(rules, right);
  };

/** Which side `isOdd` is true of, over the pairs. */
export const oddSide = (pairs: readonly ValuePair[], isOdd: (value: string) => boolean): Side => {
  const [left, right] = [
    pairs.filter((pair) => isOdd(pair.left)).length,
    pairs.filter((pair) => isOdd(pair.right)).length,
  ];
  if (left >= nearly * pairs.length && right <= (1 - nearly) * pairs.length) return 'left';
  return right >= nearly * pairs.length && left <= (1 - nearly) * pairs.length ? 'right' : 'both';
};

/** Digits as 9, so that a form can be told without its value: `99-9999-9999`. Where one form is that of most values. */
const formOf = (values: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const value of values) {
    const form = value.slice(0, 40).replace(/[0-9０-９]/g, '9');
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return first && first[1] > values.length / 4 ? first[0] : undefined;
};

/** The value of one side that comes most, and what it is on the other. */
const pairOf = (pairs: readonly ValuePair[]): readonly (readonly [string, string])[] => {
  const counts = new Map<string, { readonly pair: ValuePair; readonly n: number }>();
  for (const pair of pairs) {
    const id = JSON.stringify([pair.left, pair.right]);
    counts.set(id, { pair, n: (counts.get(id)?.n ?? 0) + 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.n - a.n);
  return most
    ? [
        ['leftForm', most.pair.left.slice(0, 40)],
        ['rightForm', most.pair.right.slice(0, 40)],
      ]
    : [];
};

const formsOf = (pairs: readonly ValuePair[]): readonly (readonly [string, string])[] => {
  const [left, right] = [formOf(pairs.map((pair) => pair.left)), formOf(pairs.map((pair) => pair.right))];
  return [
    ...(left === undefined ? [] : [['leftForm', left] as const]),
    ...(right === undefined ? [] : [['rightForm', right] as const]),
  ];
};

export interface NotationDetail extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly leftForm?: string;
  readonly rightForm?: string;
}

export interface NotationCause {
  readonly id: string;
  readonly title: Text;
  readonly about: Text;
  readonly owner?: Owner;
  readonly unless?: readonly string[];
  readonly types?: readonly ColumnType[];
  /** One value under all of them in turn. */
  readonly rules: readonly NormalRule[];
  /** Asked besides the rules. */
  readonly also?: (pair: ValuePair) => boolean;
  /** What the values differ in and in nothing else: `the width of letters and digits`, `英数字の全角・半角`. */
  readonly differsIn: Text;
  /** What is odd on the side that is told; absent: both forms are in use and are shown, with 9 for digits. */
  readonly odd?: Text;
  /** Values are so few that they are shown as they are: `true` here is `1` there. */
  readonly asWritten?: true;
  /** What is odd of a value, where it is not simply that the rules change it. */
  readonly isOdd?: (value: string) => boolean;
  /** More that is known from the pairs, and a sentence about it. */
  readonly detail?: (pairs: readonly ValuePair[]) => Readonly<Record<string, unknown>>;
  readonly more?: (detail: Readonly<Record<string, unknown>>, told: Told) => Text | undefined;
  readonly steps: readonly Text[];
  /** Its words for what one of `others` has found, where they are not those of the rules. */
  readonly wordsFor?: (
    detail: Readonly<Record<string, unknown>>,
  ) => Pick<NotationCause, 'differsIn' | 'odd' | 'steps'> | undefined;
  /**
   * Values are few (yes and no), so that unrelated rows agree by chance: nearly all differing pairs have to be the same value. `maybe`:
   * or they are not few, and are held against unrelated rows as others are.
   */
  readonly fewValues?: 'always' | 'maybe';
  /** Besides that of the rules. */
  readonly others?: readonly Hypothesis[];
}

const sideSays = ({ odd, asWritten }: NotationCause, { main: { detail }, fact }: Told): Text | undefined => {
  if (odd && (detail.side === 'left' || detail.side === 'right')) {
    const { name } = fact[detail.side];
    return { en: `${odd.en} on one side only: ${name}.`, ja: `${odd.ja}は、${name} の側だけにあります。` };
  }
  if (odd || typeof detail.leftForm !== 'string' || typeof detail.rightForm !== 'string') return undefined;
  const [left, right] = [detail.leftForm, detail.rightForm];
  if (asWritten)
    return {
      en: `What is "${left}" in ${fact.left.name} is "${right}" in ${fact.right.name}.`,
      ja: `${fact.left.name} の「${left}」が、${fact.right.name} では「${right}」です。`,
    };
  const anyDigit = /9/.test(left + right)
    ? { en: ' (9 stands for any digit)', ja: '（9 は任意の数字です）' }
    : { en: '', ja: '' };
  return {
    en: `Most are written ${left} in ${fact.left.name} and ${right} in ${fact.right.name}${anyDigit.en}.`,
    ja: `多くは ${fact.left.name} では ${left}、${fact.right.name} では ${right} の形です${anyDigit.ja}。`,
  };
};

type Asked = Pick<NotationCause, 'types' | 'rules' | 'also' | 'odd' | 'asWritten' | 'isOdd' | 'detail' | 'fewValues'>;

/** What makes both sides one: tried as it is, and where values are few, as that which most of their differences are. */
export const notationHypotheses = (notation: Asked): readonly PairsHypothesis[] => {
  const { rules, also, types, detail } = notation;
  const same = sameUnder(rules);
  const explains = (pair: ValuePair): boolean => same(pair) && (also?.(pair) ?? true);
  const isOdd = notation.isOdd ?? ((value: string) => folded(rules, value) !== value);
  const propose = (pairs: readonly ValuePair[], leastShare: number): readonly NotationDetail[] => {
    const explained = pairs.filter(explains);
    if (explained.length === 0 || explained.length < leastShare * pairs.length) return [];
    const shown = notation.asWritten ? pairOf : formsOf;
    const forms = notation.odd ? [] : shown(explained);
    return [{ side: oddSide(explained, isOdd), ...Object.fromEntries(forms), ...detail?.(explained) }];
  };
  const signs = signsOf(rules);
  const hypothesisOf = (leastShare: number): PairsHypothesis =>
    valueHypothesis<NotationDetail>({
      effect: 'notation',
      ...(types ? { types } : {}),
      ...(signs ? { signs } : {}),
      propose: (pairs) => propose(pairs, leastShare),
      explains,
    });
  return [
    ...(notation.fewValues === 'always' ? [] : [hypothesisOf(0)]),
    ...(notation.fewValues ? [pairsHypothesis({ ...hypothesisOf(0.9), ownChance: true })] : []),
  ];
};

/** A cause whose differences are none of value: its rules make both sides one. */
export const notationCause = (notation: NotationCause): SyncCause => {
  const wordsOf = ({ main: { detail } }: Told): NotationCause => ({ ...notation, ...notation.wordsFor?.(detail) });
  return defineSyncCause({
    id: notation.id,
    title: notation.title,
    about: notation.about,
    owner: notation.owner ?? 'crm-admin',
    ...(notation.unless ? { unless: notation.unless } : {}),
    hypotheses: [...notationHypotheses(notation), ...(notation.others ?? [])],
    because: (told) => {
      const { columns, share } = told;
      const words = wordsOf(told);
      const { differsIn } = words;
      const more = [sideSays(words, told), notation.more?.(told.main.detail, told)].filter(
        (text) => text !== undefined,
      );
      return {
        en: [
          `Of the differences in ${columns}, ${share.en} are in ${differsIn.en} and in nothing else: the value is the same on both sides.`,
          ...more.map(({ en }) => en),
        ].join(' '),
        ja: [
          `${columns} の差異は、${share.ja}が${differsIn.ja}の違いだけで、値としては同じです。`,
          ...more.map(({ ja }) => ja),
        ].join(''),
      };
    },
    steps: (told) => [...wordsOf(told).steps, runAgain],
  });
};
