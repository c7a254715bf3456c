import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { both } from '../auth/words.ts';
import { exampleOf } from './either-side.ts';

interface Swapped extends Readonly<Record<string, unknown>> {
  readonly a: number;
  readonly b: number;
}

const looked = 2000;
const mostColumns = 20;
const fewest = 10;

const isSwapped = (left: readonly string[], right: readonly string[], { a, b }: Swapped): boolean =>
  left[a] !== left[b] && left[a] === right[b] && left[b] === right[a];

export const columnsSwapped = defineSyncCause({
  id: 'sync.columns-swapped',
  title: both('Two columns are swapped', '2 つの列が入れ替わっています'),
  about: both(
    'The value of one column stands in the other and the other way round. The mapping of the two is crossed, or a file has its columns in another order than the import expects.',
    '一方の列の値がもう一方の列に、互いに入れ替わって入っています。2 つの列の対応付けが逆か、ファイルの列の順序が取り込み側の想定と異なります。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Swapped>({
      effect: 'wrong',
      wholeRow: true,
      propose: (view) => {
        const found = new Map<string, Swapped & { n: number }>();
        const open = view.columns.filter(({ key }) => !key).map(({ at }) => at);
        for (const { left, right } of view.pairs.slice(0, looked)) {
          const differing = open.filter((at) => left[at] !== right[at]).slice(0, mostColumns);
          for (const [index, a] of differing.entries()) {
            for (const b of differing.slice(index + 1)) {
              if (!isSwapped(left, right, { a, b })) continue;
              const known = found.get(`${a} ${b}`);
              found.set(`${a} ${b}`, { a, b, n: (known?.n ?? 0) + 1 });
            }
          }
        }
        return [...found.values()]
          .filter(({ n }) => n >= fewest)
          .toSorted((one, other) => other.n - one.n)
          .slice(0, 5)
          .map(({ a, b }) => ({ columns: [a, b], params: { a, b } }));
      },
      explains: ({ left, right }, _, params) => isSwapped(left, right, params),
    }),
  ],
  because: (told) => {
    const example = exampleOf(told);
    return both(
      `${told.columns}: in ${told.share.en} of their differences each holds exactly what the other column holds on the other side.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}で、2 つの列の値が互いに入れ替わっています。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Cross the mapping of ${told.columns} back; in file imports map by header name and not by position.`,
      `${told.columns} の対応付けを元に戻します。ファイルの取り込みでは、列の位置ではなく見出しの名前で対応付けます。`,
    ),
    both('Write both columns of the affected records again.', '該当するレコードの 2 つの列を書き直します。'),
  ],
});
