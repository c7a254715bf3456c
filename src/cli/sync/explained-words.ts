import type { ComparisonFact, Explained, Share } from '../../model/sync/comparison.ts';
import { estimateOf } from '../../model/sync/estimate.ts';
import { grouped, type Text } from '../../model/text.ts';

const percent = (part: number): string => (100 * part).toFixed(1);

/** `97.4-98.1 %` */
const rangeOf = ({ low, high }: Share): string => `${percent(low)}-${percent(high)} %`;

/** `9,812 of 10,037 (97.4-98.1 %)`; a share that is everything needs no interval. */
const shareText = (share: Share): Text => {
  const { n, of } = share;
  const [some, all] = [grouped(n), grouped(of)];
  if (n === of) return { en: `all ${all}`, ja: `全 ${all} 件` };
  const range = rangeOf(share);
  return { en: `${some} of ${all} (${range})`, ja: `${all} 件中 ${some} 件（${range}）` };
};

/** `phone`, or `phone / tel` where the names differ. */
export const nameOf = (fact: ComparisonFact, at: number): string => {
  const field = fact.fields[at];
  if (!field) return '';
  return field.left === field.right ? field.left : `${field.left} / ${field.right}`;
};

/** What one population is called. */
export const populations: Readonly<Record<Explained['population'], Text>> = {
  pairs: { en: 'differing values', ja: '異なる値' },
  missing: { en: 'missing records', ja: '不足レコード' },
  extra: { en: 'extra records', ja: '余分なレコード' },
  changed: { en: 'changed records', ja: '内容が異なるレコード' },
  'repeated-left': { en: 'records with a repeated key (left)', ja: 'キーが重複するレコード（左側）' },
  'repeated-right': { en: 'records with a repeated key (right)', ja: 'キーが重複するレコード（右側）' },
  facts: { en: 'records', ja: 'レコード' },
};

/**
 * The share: as it was counted, or, where a sample was looked at, what it comes to for all of them:
 * `about 117,000 of 120,000 (97.4-98.1 %, from a sample of 10,037)`.
 */
export const countedText = (one: Explained): Text => {
  const { share, sampledFrom } = one;
  const estimate = estimateOf(one);
  if (sampledFrom === undefined || estimate === undefined) return shareText(share);
  const [all, some] = [grouped(sampledFrom), grouped(share.of)];
  if (share.n === share.of)
    return {
      en: `(nearly) all ${all} (all ${some} of a sample)`,
      ja: `ほぼ全 ${all} 件（抽出した ${some} 件はすべて該当）`,
    };
  const range = rangeOf(share);
  return {
    en: `about ${grouped(estimate.n)} of ${all} (${range}, from a sample of ${some})`,
    ja: `${all} 件中 約 ${grouped(estimate.n)} 件（${some} 件の抽出による推定、${range}）`,
  };
};

const countedRecords = ({ share, population, sampledFrom }: Explained): Text => {
  const [text, what] = [shareText(share), populations[population]];
  if (sampledFrom === undefined) return { en: `${text.en} ${what.en}`, ja: `${what.ja} ${text.ja}` };
  const all = grouped(sampledFrom);
  return {
    en: `${text.en} ${what.en} looked at (${all} in all)`,
    ja:
      share.n === share.of
        ? `抽出した${what.ja} ${text.ja}（総数 ${all} 件）`
        : `抽出した${what.ja} ${grouped(share.of)} 件（総数 ${all} 件）中 ${grouped(share.n)} 件（${rangeOf(share)}）`,
  };
};

/** A value in quotes, or that there is none. */
export const valueText = (value: string): Text =>
  value === '' ? { en: '(empty)', ja: '（空）' } : { en: `"${value}"`, ja: `「${value}」` };

/** What was counted, with an example; nothing is estimated here. */
export const evidenceText = (fact: ComparisonFact, one: Explained): Text => {
  const counted = countedRecords(one);
  const compared = one.columns.map((at) => nameOf(fact, at)).join(', ');
  // What is about no compared column says itself what it is about.
  const columns = compared === '' && typeof one.detail.about === 'string' ? one.detail.about : compared;
  const example = one.examples[0];
  const key = example ? ` [${example.key}]` : '';
  const shown =
    example?.left !== undefined && example.right !== undefined
      ? {
          en: `${key} ${valueText(example.left).en} / ${valueText(example.right).en}`,
          ja: `${key}${valueText(example.left).ja}/${valueText(example.right).ja}`,
        }
      : example?.holder === undefined
        ? { en: key, ja: key }
        : {
            en: `${key}, whose value the record [${example.holder}] has`,
            ja: `${key}（同じ値のレコード: [${example.holder}]）`,
          };
  return {
    en: `${columns === '' ? '' : `${columns}: `}${counted.en}${example ? `, such as${shown.en}` : ''}`,
    ja: `${columns === '' ? '' : `${columns}: `}${counted.ja}${example ? `、例:${shown.ja}` : ''}`,
  };
};

/** `(a sample of 120,000)` behind a number of records, where not all of them were looked at. */
const sampleOf = (looked: number, all: number): Text =>
  looked >= all ? { en: '', ja: '' } : { en: ` (a sample of ${grouped(all)})`, ja: `（${grouped(all)} 件から抽出）` };

type Condition = Extract<Explained['proof'], { readonly kind: 'condition' }>;

/** Of how many of its own records a condition holds, and of how many of those that it was held against. */
const heldText = (
  { rows, present }: Condition,
  { share, sampledFrom, population }: Explained,
  { matched, equal }: ComparisonFact['counts'],
): Text => {
  if (present.of === 0)
    return {
      en: `the condition holds for ${grouped(rows)} of these; no record is on both sides that it could be held against`,
      ja: `条件に当てはまるのは該当レコードで ${grouped(rows)} 件です。両側に共通するレコードがないため、それらとの照合はできません`,
    };
  const own = sampleOf(share.of, sampledFrom ?? share.of);
  const [n, of] = [grouped(rows), grouped(share.of)];
  const these =
    own.en === ''
      ? { en: `${n} of these`, ja: `該当レコードで ${n} 件` }
      : { en: `${n} of ${of} of these${own.en}`, ja: `該当レコード${own.ja}では ${of} 件中 ${n} 件` };
  const others = sampleOf(present.of, population === 'changed' ? equal : matched);
  return {
    en: `held against the records that are present: the condition holds for ${these.en} and for ${grouped(present.n)} of ${grouped(present.of)} present ones${others.en}`,
    ja: `両側にあるレコードと照合しました。条件に当てはまるのは${these.ja}、両側にあるレコード${others.ja}では ${grouped(present.of)} 件中 ${grouped(present.n)} 件です`,
  };
};

/** What the second scan came to, or what the records were held against. */
export const proofText = (
  one: Explained,
  { counts }: ComparisonFact,
): { readonly status: 'proven' | 'not-tried'; readonly says: Text } => {
  const { proof } = one;
  switch (proof.kind) {
    case 'transform':
      return {
        status: 'proven',
        says: {
          en: `scanned again with the fault undone: ${grouped(proof.before)} differences become ${grouped(proof.after)}${proof.rowsNowEqual === 0 ? '' : `, ${grouped(proof.rowsNowEqual)} more records are equal`}`,
          ja: `この原因の影響を除いて全件を比べ直すと、差異は ${grouped(proof.before)} 件から ${grouped(proof.after)} 件に減り${proof.rowsNowEqual === 0 ? 'ます' : `、一致するレコードが ${grouped(proof.rowsNowEqual)} 件増えます`}`,
        },
      };
    case 'condition':
      return { status: 'proven', says: heldText(proof, one, counts) };
    case 'read':
      return {
        status: 'proven',
        says: {
          en: 'read from the columns and records of both sides themselves',
          ja: '両側の列とレコードそのものから確認しました',
        },
      };
    case 'none':
      return {
        status: 'not-tried',
        says: { en: 'there is nothing to prove', ja: '証明の対象がありません' },
      };
    case 'not-counted':
      return {
        status: 'not-tried',
        says: {
          en: `the second scan did not come to its end: ${proof.why}`,
          ja: `全件の比べ直しが完了していません: ${proof.why}`,
        },
      };
  }
};
