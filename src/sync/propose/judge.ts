import { grouped, type Text } from '../../model/text.ts';
import { type Agreement, agreements, type Forms } from './agreement.ts';
import { headersLike, isMereKey } from './candidates.ts';
import { columnPairs } from './column-pairs.ts';
import type { ExactKeys } from './exact.ts';
import type { Look } from './looks.ts';
import type { JoinedRow, Meeting } from './meeting.ts';

/** Rows that are held against each other to see whether they are one record. */
export const mostCompared = 400;
/** More repeated or blank keys than this, and it is no key. */
const mostRepeated = 0.02;
const mostBlank = 0.2;
const leastOverlap = 0.2;
/** That columns agree by chance, each and all of them together. */
const mostChanceOfOne = 0.02;
const mostChance = 0.001;

/** Pairs of one name that are looked at: more of them say no more. */
const mostNamed = 300;
/** Columns up to here are held against those of other names too. */
const mostUnlike = 100;

const sameName = 0.6;
const enoughSaid = 3;

/** Equal far more often than by chance. */
const agrees = ({ lift = 0, sure = 0, p = 1 }: Agreement, least: number): boolean =>
  lift >= least && sure >= 0.1 && p < mostChanceOfOne;

interface Agreeing {
  readonly left: Look;
  readonly right: Look;
  readonly found: Agreement;
}

/** Whether joined rows are one record: other columns that are equal beyond chance. */
export interface SameRecords {
  /** Columns that are alike by name and could have been equal. */
  readonly comparable: number;
  /** The strongest first. */
  readonly agreeing: readonly Agreeing[];
}

export const sameRecords = (
  rows: readonly JoinedRow[],
  key: Pick<Meeting, 'left' | 'right'>,
  looks: { readonly left: readonly Look[]; readonly right: readonly Look[] },
  forms: Forms,
): SameRecords => {
  const agreementOf = agreements(rows, forms);
  const isKey = (side: 'left' | 'right', { at }: Look): boolean => key[side].looks.some((part) => part.at === at);
  let [comparable, tried] = [0, 0];
  const agreeing: Agreeing[] = [];
  const of = (side: 'left' | 'right'): readonly Look[] =>
    looks[side].filter((look) => !isKey(side, look) && look.filled > 0);
  const pairs = columnPairs(of('left'), of('right'));
  for (const { left, right } of pairs.filter(({ like }) => like >= sameName).slice(0, mostNamed)) {
    const found = agreementOf(left, right);
    if (found.lift === undefined || found.sure === undefined) continue;
    tried += 1;
    comparable += 1;
    if (agrees(found, 0.3)) agreeing.push({ left, right, found });
  }
  // Where columns of one name say enough, it need not be found out which others belong together.
  const said = agreeing.filter(({ found }) => (found.lift ?? 0) >= 0.8).length;
  for (const { left, right, like } of said >= enoughSaid ? [] : pairs) {
    if (like >= sameName || left.type !== right.type || Math.max(left.at, right.at) >= mostUnlike) continue;
    const found = agreementOf(left, right, true);
    if (found.lift === undefined || found.sure === undefined) continue;
    tried += 1;
    if (agrees(found, 0.5)) agreeing.push({ left, right, found });
  }
  const chance = agreeing.reduce((product, { found }) => product * (found.p ?? 1), 1);
  // Many columns were tried: that one of few rows agrees is no wonder.
  if (chance * tried > mostChance) return { comparable, agreeing: [] };
  return { comparable, agreeing: agreeing.toSorted((a, b) => (b.found.lift ?? 0) - (a.found.lift ?? 0)) };
};

const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;

const sideWords = { left: { en: 'left', ja: '左側' }, right: { en: 'right', ja: '右側' } } as const;
const sides = ['left', 'right'] as const;

const nameOf = ({ left, right }: Agreeing): string =>
  left.name === right.name ? left.name : `${left.name} / ${right.name}`;

export interface Judged {
  readonly meeting: Meeting;
  readonly confidence: number;
  readonly score: number;
  readonly evidence: readonly Text[];
  /** Empty: it will do. */
  readonly why: readonly Text[];
}

const kindFactor = { id: 1, other: 0.92, email: 0.9, phone: 0.75, person: 0.5 } as const;
const mereFactor = 0.6;

/** What speaks against a key, by its exact counts. */
const faultsOf = (
  { left, right, matched }: ExactKeys,
  { comparable, agreeing }: SameRecords,
  meeting: Meeting,
): readonly Text[] => {
  const why: Text[] = [];
  const counts = { left, right };
  for (const side of sides) {
    const { rows, blank, keys, repeated } = counts[side];
    const { en, ja } = sideWords[side];
    // A number that is no id by its name, and that some rows share, was measured or counted.
    if (repeated > (isMereKey(meeting.left, meeting.right) ? 0 : mostRepeated * Math.max(1, rows - blank)))
      why.push({
        en: `not unique on the ${en}: ${grouped(repeated)} of ${grouped(rows)} rows share their key with another (${percent(repeated, rows)})`,
        ja: `${ja}で一意ではありません。${grouped(rows)} 行中 ${grouped(repeated)} 行が他の行と同じ値です (${percent(repeated, rows)})`,
      });
    if (blank > mostBlank * Math.max(1, rows))
      why.push({
        en: `blank in ${grouped(blank)} of ${grouped(rows)} rows on the ${en}`,
        ja: `${ja}の ${grouped(rows)} 行中 ${grouped(blank)} 行で空です`,
      });
    if (keys === 0) why.push({ en: `no value on the ${en}`, ja: `${ja}に値がありません` });
  }
  const fewer = Math.min(left.keys, right.keys);
  const sure = agreeing.filter(({ found }) => (found.lift ?? 0) >= 0.8 && found.n >= 20).length >= 2;
  if (matched === 0 || (matched < leastOverlap * fewer && !(sure && matched >= 20)))
    why.push({
      en: `only ${grouped(matched)} of ${grouped(fewer)} keys are on both sides`,
      ja: `両側にあるキーは ${grouped(fewer)} 件中 ${grouped(matched)} 件だけです`,
    });
  else if (agreeing.length === 0 && comparable > 0)
    why.push({
      en: 'the keys meet, but the records that they join have nothing else in common: the numbers of two systems that count by themselves look so',
      ja: 'キーの値は一致しますが、結び付いたレコードの他の項目が一致しません。別々に採番された番号が偶然重なっている可能性があります',
    });
  else if (agreeing.length === 0 && headersLike(meeting.left, meeting.right) < 0.85)
    why.push({
      en: 'nothing else is on both sides by which it could be checked, and the names are not alike',
      ja: '列名が異なり、他に照合できる項目もないため、同じキーかどうか確かめられません',
    });
  if (meeting.left.kind === 'person')
    why.push({
      en: 'made of personal data alone: who moves or marries becomes another record',
      ja: '氏名や連絡先だけのキーです。変更されると別のレコードとして扱われます',
    });
  return why;
};

/** Of how many records it is said that no two share their key: of all that were looked at and have one. */
const uniqueWords = ({ left, right }: ExactKeys): Text => {
  const of = ({ rows, blank, whole }: ExactKeys['left']) => {
    const n = grouped(rows - blank);
    const [en, ja] = blank > 0 ? [' that have one', '（空を除く）'] : ['', ''];
    return whole
      ? { en: `all ${n} records${en}`, ja: `全 ${n} 件${ja}` }
      : { en: `the first ${n} records${en}`, ja: `先頭 ${n} 件${ja}` };
  };
  const [ours, theirs] = [of(left), of(right)];
  return {
    en: `unique in ${ours.en} on the left and in ${theirs.en} on the right`,
    ja: `左側は${ours.ja}、右側は${theirs.ja}で一意です`,
  };
};

const evidenceOf = (
  exact: ExactKeys,
  { agreeing }: SameRecords,
  { rules, matched: met, matchedPlain, keys }: Meeting,
): readonly Text[] => {
  const { left, right, matched } = exact;
  const [fewer, other] = [Math.min(left.keys, right.keys), Math.max(left.keys, right.keys)];
  const told: Text[] = [
    {
      en: `${grouped(matched)} of ${grouped(fewer)} keys are on both sides (the other side has ${grouped(other)})`,
      ja: `${grouped(fewer)} 件中 ${grouped(matched)} 件のキーが両側にあります（もう片方は ${grouped(other)} 件）`,
    },
  ];
  const counts = { left, right };
  if (left.repeated === 0 && right.repeated === 0) told.push(uniqueWords(exact));
  else
    for (const side of sides) {
      const { repeated, rows } = counts[side];
      if (repeated === 0) continue;
      told.push({
        en: `on the ${sideWords[side].en} ${grouped(repeated)} of ${grouped(rows)} rows share their key with another`,
        ja: `${sideWords[side].ja}では ${grouped(rows)} 行中 ${grouped(repeated)} 行が他の行と同じキーです`,
      });
    }
  for (const side of sides) {
    const { blank, rows, whole } = counts[side];
    if (blank > 0)
      told.push({
        en: `blank in ${grouped(blank)} of ${grouped(rows)} rows on the ${sideWords[side].en}`,
        ja: `${sideWords[side].ja}の ${grouped(rows)} 行中 ${grouped(blank)} 行で空です`,
      });
    if (!whole)
      told.push({
        en: `on the ${sideWords[side].en} only the first ${grouped(rows)} rows were looked at`,
        ja: `${sideWords[side].ja}は先頭の ${grouped(rows)} 行だけを確認しました`,
      });
  }
  if (rules.length > 0)
    told.push({
      en: `without the rules ${rules.join(', ')} only ${grouped(matchedPlain)} of ${grouped(Math.min(keys.left, keys.right))} would meet, with them ${grouped(met)}`,
      ja: `規則 ${rules.join('、')} がないと ${grouped(Math.min(keys.left, keys.right))} 件中 ${grouped(matchedPlain)} 件しか一致せず、規則を使うと ${grouped(met)} 件が一致します`,
    });
  const [first] = agreeing;
  if (first)
    told.push({
      en: `the records that it joins agree: ${nameOf(first)} is equal in ${grouped(first.found.equal)} of ${grouped(first.found.n)}`,
      ja: `結び付いたレコードは他の項目も一致します（${nameOf(first)} は ${grouped(first.found.n)} 件中 ${grouped(first.found.equal)} 件）`,
    });
  else
    told.push({
      en: 'there is nothing else by which it could be checked',
      ja: '他に照合できる項目がないため、列名だけで判断しています',
    });
  return told;
};

/** How good a key is: by its exact counts, and by whether what it joins are the same records. */
export const judge = (meeting: Meeting, exact: ExactKeys, same: SameRecords): Judged => {
  const { left, right, matched } = exact;
  const fewer = Math.max(1, Math.min(left.keys, right.keys));
  const overlap = matched / fewer;
  const repeated = Math.max(left.repeated / Math.max(1, left.rows), right.repeated / Math.max(1, right.rows));
  const blank = Math.max(left.blank / Math.max(1, left.rows), right.blank / Math.max(1, right.rows));
  const strong = same.agreeing.filter(({ found }) => (found.lift ?? 0) >= 0.8).length;
  const agree = same.agreeing.length === 0 ? 0.5 : strong >= 2 ? 1 : strong === 1 ? 0.92 : 0.8;
  const enough = matched >= 20 ? 1 : matched >= 5 ? 0.85 : 0.65;
  const kind = isMereKey(meeting.left, meeting.right)
    ? mereFactor
    : kindFactor[meeting.left.kind === 'id' ? meeting.right.kind : meeting.left.kind];
  const like = headersLike(meeting.left, meeting.right);
  const quality = (1 - Math.min(0.5, 5 * repeated)) * (1 - Math.min(0.4, blank)) * agree;
  return {
    meeting,
    confidence: Number(
      (0.99 * quality * enough * (0.75 + 0.25 * kind) * (0.8 + 0.2 * Math.min(1, overlap / 0.5))).toFixed(2),
    ),
    score: quality * kind * (0.4 + 0.6 * overlap) * (0.85 + 0.15 * like),
    evidence: evidenceOf(exact, same, meeting),
    why: faultsOf(exact, same, meeting),
  };
};
