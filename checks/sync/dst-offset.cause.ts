import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { instantOf } from '../../src/reason/moments.ts';
import { modesOf } from '../../src/reason/rows/modes.ts';
import type { MomentPair, Zones } from '../../src/reason/rows/moment-pairs.ts';
import {
  differingColumns,
  differingMoments,
  momentsOf,
  shiftOf,
  valuesAt,
  zonesOf,
} from '../../src/reason/rows/moment-pairs.ts';
import { summerMinutes, summerShare, summerZones } from '../../src/reason/summer-zones.ts';
import { inSummerTime } from '../../src/reason/zone-offsets.ts';
import { numberOf, runAgain, textOf } from './value-words.ts';

interface Summer extends Zones, Readonly<Record<string, unknown>> {
  readonly zone: string;
  readonly minutes: number;
}

/** An hour nearly everywhere, half an hour on Lord Howe Island. */
const forwards = [...new Set(summerZones.map(summerMinutes))];

const shifted = (pair: MomentPair, minutes: number, zones: Zones): boolean =>
  pair.left.timed && pair.right.timed && shiftOf(pair, zones) === minutes * 60_000;

const apart = (minutes: unknown): Text =>
  Math.abs(numberOf(minutes)) === 60
    ? { en: 'one hour', ja: '1 時間' }
    : { en: `${Math.abs(numberOf(minutes))} minutes`, ja: `${Math.abs(numberOf(minutes))} 分` };

export const dstOffset = defineSyncCause({
  id: 'sync.dst-offset',
  title: {
    en: 'Times are off by one hour while clocks are put forward',
    ja: '夏時間の期間の日時だけ 1 時間ずれています',
  },
  about: {
    en: 'One side reckons with a fixed offset where the zone has summer time, or with summer time where there is none. Times in winter are right, times between the two switches of the year are off by one hour. It is easily missed, as tests in winter pass.',
    ja: '夏時間のある地域を片方が固定の時差で計算しているか、夏時間のない地域に夏時間を適用しています。冬の日時は正しく、切り替え日の間の日時だけ 1 時間ずれます。冬に試すと正常なので見落とされがちです。',
  },
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Summer>({
      effect: 'wrong',
      propose: (view) => {
        const zones = zonesOf(view);
        return differingColumns(view, ['timestamp']).flatMap(({ at }) => {
          const pairs = differingMoments(view, at);
          const [mode] = modesOf(
            forwards
              .flatMap((by) => [by, -by])
              .flatMap((by) => pairs.flatMap((pair) => (shifted(pair, by, zones) ? [by] : []))),
          );
          if (!mode) return [];
          const minutes = mode.value;
          const summer = pairs
            .filter((pair) => shifted(pair, minutes, zones))
            .map(({ left }) => instantOf(left, zones.leftZone));
          // What the months of all rows are, differing or not: data of one summer alone shows nothing of a switch.
          const all = view.present.slice(0, 2000).flatMap(({ pair }) => {
            const moments = momentsOf(valuesAt(pair, at));
            return moments ? [instantOf(moments.left, zones.leftZone)] : [];
          });
          const best = summerZones
            .filter((zone) => summerMinutes(zone) === Math.abs(minutes))
            .map((zone) => ({ zone, inside: summerShare(zone, summer), usual: summerShare(zone, all) }))
            .filter(({ inside, usual }) => inside >= 0.97 && usual <= 0.9)
            // Of zones that fit alike, the one whose summer leaves out most of the other rows.
            .toSorted((a, b) => b.inside - a.inside || a.usual - b.usual)[0];
          return best ? [{ columns: [at], params: { zone: best.zone, minutes, ...zones } }] : [];
        });
      },
      explains: (pair, at, { zone, minutes, ...zones }) => {
        const moments = momentsOf(valuesAt(pair, at));
        return (
          moments !== undefined &&
          shifted(moments, minutes, zones) &&
          inSummerTime(zone, instantOf(moments.left, zones.leftZone))
        );
      },
    }),
  ],
  because: ({ main, columns, share }) => ({
    en: `${columns}: ${apart(main.detail.minutes).en} apart only while clocks are put forward as in ${textOf(main.detail.zone)}, in ${share.en} differing pairs; times outside of it agree.`,
    ja: `${columns}: ${textOf(main.detail.zone)} と同じ夏時間の期間だけ ${apart(main.detail.minutes).ja}ずれています。期間外は一致しています。該当する差異: ${share.ja}。`,
  }),
  steps: ({ main }) => [
    {
      en: `Find the side with a fixed offset (such as -05:00 or EST) and give it the name of its zone (such as ${textOf(main.detail.zone)}); for Japan, take summer time off: Asia/Tokyo has none.`,
      ja: `固定の時差（-05:00 や EST など）を設定している側を探し、ゾーン名（${textOf(main.detail.zone)} など）に変更します。日本の拠点なら夏時間のない Asia/Tokyo にします。`,
    },
    {
      en: 'Write the times between the two switches of the year again from the side that is right.',
      ja: '夏時間の期間に当たる日時を、正しい側から書き直します。',
    },
    runAgain,
  ],
});
