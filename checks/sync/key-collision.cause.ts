import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { RowPair } from '../../src/model/sync/view.ts';
import { grouped } from '../../src/model/text.ts';
import { likeness } from '../../src/reason/rows/likeness.ts';
import { quantile } from '../../src/reason/rows/modes.ts';
import { joinsStrangers } from './strangers.ts';
import { runAgain } from './value-words.ts';

/** Columns in which hardly two records agree, and how alike two records that have nothing to do with each other are at most. */
interface Strangers extends Readonly<Record<string, unknown>> {
  readonly telling: readonly number[];
  readonly limit: number;
}

const fewestColumns = 3;
/** Of columns and pairs: fewer name nothing. */
const fewestPlaces = 20;

/** The mean likeness where all columns that speak differ; nothing where one of them is equal, or too few speak. */
const likenessOf = ({ left, right }: RowPair, telling: readonly number[]): number | undefined => {
  let [sum, n] = [0, 0];
  for (const at of telling) {
    const [a, b] = [left[at] ?? '', right[at] ?? ''];
    if (a === '' || b === '') continue;
    if (a === b) return undefined;
    sum += likeness(a, b);
    n += 1;
  }
  return n < fewestColumns ? undefined : sum / n;
};

export const keyCollision = defineSyncCause({
  id: 'sync.key-collision',
  title: { en: 'One key means different records on the two sides', ja: '同じキーが両側で別のレコードを指しています' },
  about: {
    en: 'Both sides number their records by themselves, or one of them was restored or copied from elsewhere, so that a number stands for one customer here and for another there. All columns of such a pair differ, and none of them resembles the other. A sync by this key overwrites strangers.',
    ja: '両側がそれぞれ独自に番号を付けているか、片方が復元や複製で作り直されたため、同じ番号が別々の顧客を指しています。そのペアはすべての列が異なり、似てもいません。このキーで同期すると、無関係なレコードを上書きします。',
  },
  owner: 'crm-admin',
  // The same records, whose values stand in the wrong place.
  unless: ['sync.column-shift', 'sync.join-off-by-one'],
  strangers: true,
  hypotheses: [
    pairsHypothesis<Strangers>({
      effect: 'wrong',
      wholeRow: true,
      // Unrelated rows are just what it looks for; that the key joins them is the fault.
      ownChance: true,
      propose: (view) => {
        const rows = view.present.slice(0, 1000).map(({ pair }) => pair);
        const others = view.columns.filter(
          ({ key, leftSource, rightSource }) => !key && !leftSource.calculated && !rightSource.calculated,
        );
        const telling = others
          .filter(({ at }) => {
            const filled = rows.map(({ left }) => left[at] ?? '').filter((value) => value !== '');
            return filled.length >= 20 && new Set(filled).size >= 0.3 * filled.length;
          })
          .map(({ at }) => at);
        if (telling.length < fewestColumns) return [];
        // Hardly any record differs in everything that speaks; where too few do, nobody has to know how alike strangers are.
        const apart = ({ left, right }: RowPair): boolean =>
          telling.every((at) => left[at] !== right[at] || left[at] === '');
        if (view.pairs.filter(apart).length * others.length < fewestPlaces) return [];
        const strangers = rows.flatMap(({ left }, at) => {
          const other = rows[(at + 7 + Math.floor(rows.length / 2)) % rows.length];
          return (other && likenessOf({ left, right: other.right }, telling)) ?? [];
        });
        const limit = quantile(strangers, 0.98);
        // Where strangers look alike by themselves nothing can be told.
        if (!(limit < 0.6)) return [];
        return [{ columns: others.map(({ at }) => at), params: { telling, limit } }];
      },
      explains: (pair, _, { telling, limit }) => {
        const found = likenessOf(pair, telling);
        return found !== undefined && found <= limit;
      },
    }),
  ],
  because: ({ main: { examples, proof }, fact: { counts } }) => {
    const key = examples[0]?.key ?? '?';
    // All that differs in such a pair is explained by it, so that these are the pairs.
    const n = proof.kind === 'transform' ? grouped(proof.rowsNowEqual) : '';
    const of = grouped(counts.matched);
    return {
      en: `In ${n === '' ? 'pairs' : `${n} of ${of} pairs`}, such as key ${key}, every column differs and none resembles the other side: these are two different records.`,
      ja: `${n === '' ? '' : `両側にあるキー ${of} 件中 ${n} 件（`}キー ${key} など${n === '' ? 'のペア' : '）'}では、すべての列が異なり、似てもいません。別々のレコードです。`,
    };
  },
  scanned: ({ fact: { counts } }, records) => ({
    en: `all ${grouped(counts.matched)} pairs were looked at: in ${grouped(records)} of them all columns that tell records apart differ, and they are no more alike than records that are put together at random`,
    ja: `両側にあるキー 全 ${grouped(counts.matched)} 件を確かめました。${grouped(records)} 件は、レコードを見分けられる列がすべて異なり、ランダムに組み合わせたレコード同士と同じ程度にしか似ていません`,
  }),
  steps: ({ fact }) => [
    ...(joinsStrangers(fact)
      ? [
          {
            en: 'Hardly a key means the same record on both sides. Check first which environment (production, a sandbox or staging copy, another tenant) each side of this comparison and the job itself are connected to.',
            ja: '両側で同じレコードを指すキーがほとんどありません。まず、この比較の両側と連携ジョブが、どの環境（本番、Sandbox、検証用の複製、別のテナント）に接続しているか確認します。',
          },
        ]
      : []),
    {
      en: 'Stop the sync for these records first: it overwrites one customer with another.',
      ja: 'まず該当レコードの同期を止めます。ある顧客を別の顧客で上書きしてしまうためです。',
    },
    {
      en: "Match by an id that one side gives and the other only stores (an external id), not by each side's own number.",
      ja: '両側がそれぞれ付けた番号ではなく、片方が発行してもう片方が保存するだけの ID（外部 ID）で照合します。',
    },
    {
      en: 'Map the records again, by e-mail address or phone, and restore what was overwritten from a backup.',
      ja: 'メールアドレスや電話番号で対応を付け直し、上書きされた内容はバックアップから戻します。',
    },
    runAgain,
  ],
});
