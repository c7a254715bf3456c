import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { instantOf, type Moment } from '../../src/reason/moments.ts';
import { momentsOf } from '../../src/reason/rows/moment-pairs.ts';
import { numberOf, runAgain } from './value-words.ts';

/** `unit` in nanoseconds: a microsecond, a millisecond, a second or a minute. */
type Precision = { readonly unit: number; readonly how: 'floor' | 'round'; readonly side: 'left' | 'right' };

const units = [60e9, 1e9, 1e6, 1e3];

/** Nanoseconds since 1970, exact. */
const nanosOf = (moment: Moment): bigint =>
  BigInt(Math.floor(instantOf(moment) / 1000) * 1000) * 1_000_000n + BigInt(moment.nanos);

const isWithin = ({ left, right }: { readonly left: Moment; readonly right: Moment }, unit: number): boolean => {
  const apart = nanosOf(right) - nanosOf(left);
  return apart !== 0n && apart < BigInt(unit) && apart > -BigInt(unit);
};

const unitNames: Readonly<Record<number, { readonly en: string; readonly ja: string }>> = {
  60e9: { en: 'minutes', ja: '分' },
  1e9: { en: 'seconds', ja: '秒' },
  1e6: { en: 'milliseconds', ja: 'ミリ秒' },
  1e3: { en: 'microseconds', ja: 'マイクロ秒' },
};

export const timePrecision = defineSyncCause({
  id: 'sync.time-precision',
  title: { en: 'Times are kept at different precision', ja: '日時の精度（秒やミリ秒）が異なります' },
  about: {
    en: 'One side keeps times to the millisecond or second, the other cuts or rounds them to a coarser unit. Both mean the same moment. It matters where "changed since" compares such times: a record can be taken for newer than its own copy again and again.',
    ja: '片方はミリ秒や秒まで、もう片方はそれより粗い単位までしか日時を保存していません。同じ瞬間を指していますが、「以後に更新された」の比較では、自分の写しより新しいと判断され続けることがあります。',
  },
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis<Precision>({
      effect: 'notation',
      types: ['timestamp', 'date'],
      propose: (pairs) => {
        const read = pairs.flatMap((pair) => {
          const moments = momentsOf(pair);
          return moments?.left.timed && moments.right.timed ? [moments] : [];
        });
        return (['right', 'left'] as const).flatMap((side) =>
          (['floor', 'round'] as const).flatMap((how) => {
            // The coarsest unit that most of them bear: a whole minute is a whole second as well.
            const tried = units.map((unit) => ({
              unit,
              n: read.filter(({ left, right }) => coarser(left, right, { unit, how, side })).length,
            }));
            const most = Math.max(...tried.map(({ n }) => n));
            const best = tried.find(({ n }) => n > 0 && n >= 0.9 * most);
            // Every sixtieth time is a whole minute: what is as near has to be so as well, or it is chance.
            const near = best ? read.filter((pair) => isWithin(pair, best.unit)).length : 0;
            return best && best.n >= 0.5 * near ? [{ unit: best.unit, how, side }] : [];
          }),
        );
      },
      explains: (pair, params) => {
        const moments = momentsOf(pair);
        if (!moments) return false;
        const { left, right } = moments;
        return left.timed && right.timed && coarser(left, right, params);
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const { side, how } = main.detail;
    const unit = unitNames[numberOf(main.detail.unit)] ?? { en: '', ja: '' };
    return {
      en: `${columns}: the ${side === 'right' ? 'right' : 'left'} side has whole ${unit.en}, ${how === 'floor' ? 'cut off' : 'rounded'}, in ${share.en} differing pairs.`,
      ja: `${columns}: ${side === 'right' ? '右側' : '左側'}は${unit.ja}単位に${how === 'floor' ? '切り捨て' : '四捨五入'}られています。該当する差異: ${share.ja}。`.replace(
        '四捨五入られて',
        '四捨五入されて',
      ),
    };
  },
  steps: ({ columns }) => [
    {
      en: `Compare ${columns} at the coarser of both precisions (in the configuration: a tolerance for the field), or widen the coarser column.`,
      ja: `${columns} は粗い側の精度で比較するか（設定ファイルの tolerance）、粗い側の列の精度を上げます。`,
    },
    {
      en: 'Let "changed since" queries of the sync look back by one unit more.',
      ja: '「以後に更新された」を調べる同期の検索は、1 単位分さかのぼるようにします。',
    },
    runAgain,
  ],
});

const coarser = (left: Moment, right: Moment, { unit, how, side }: Precision): boolean => {
  const [fine, coarse] = side === 'right' ? [nanosOf(left), nanosOf(right)] : [nanosOf(right), nanosOf(left)];
  const size = BigInt(unit);
  if (coarse % size !== 0n || fine % size === 0n) return false;
  const cut = fine - (((fine % size) + size) % size);
  return coarse === (how === 'floor' || (fine - cut) * 2n < size ? cut : cut + size);
};
