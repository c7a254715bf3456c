import type { ComparisonFact, Remainder, Stump } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { orderIn } from '../../src/reason/rows/positions.ts';

type Kind = Remainder['population'];

const kinds: Readonly<Record<Kind, Text>> = {
  pairs: { en: 'changed', ja: '内容が異なる' },
  missing: { en: 'missing', ja: '不足' },
  extra: { en: 'extra', ja: '余分' },
};

/** Of fewer records nothing is said of what sets them apart. */
const fewest = 20;

/** `12 changed, about 300 missing` */
export const partsLeft = ({ unexplained }: ComparisonFact): Text => {
  const parts = (['pairs', 'missing', 'extra'] as const)
    .filter((kind) => unexplained[kind] > 0)
    .map((kind) => {
      const guessed = kind !== 'pairs' && unexplained.estimated?.includes(kind) === true;
      const n = grouped(unexplained[kind]);
      return {
        en: `${guessed ? 'about ' : ''}${n} ${kinds[kind].en}`,
        ja: `${kinds[kind].ja}${guessed ? ' 約' : ''} ${n} 件`,
      };
    });
  return { en: parts.map(({ en }) => en).join(', '), ja: parts.map(({ ja }) => ja).join('、') };
};

const stumpWords = ({ column, value }: Stump): Text => ({
  en: value === '' ? `no ${column}` : `${column} = ${value}`,
  ja: value === '' ? `${column} が空欄` : `${column} = ${value}`,
});

const rest = ({ unexplained }: ComparisonFact): readonly Remainder[] =>
  (unexplained.rest ?? []).toSorted((a, b) => unexplained[b.population] - unexplained[a.population]);

/** `owner = u-abe`: what most of the largest kind have and few others; undefined where nothing sets them apart. */
export const stumpOfRest = (fact: ComparisonFact): Text | undefined => {
  const stump = rest(fact).find((one) => one.stump)?.stump;
  return stump && stumpWords(stump);
};

const percent = (n: number, of: number): string => `${((100 * n) / of).toFixed(n > 0 && n < 0.1 * of ? 1 : 0)} %`;

/** Of the extra records, so many are of the segment, and of the others at most so many, where a condition keeps them from the left. */
const filtered = { least: 0.8, most: 0.02 };

/** Where most of one kind lies, how common that is elsewhere, and where to look for a condition that keeps it from one side. */
const stumpSaid = (fact: ComparisonFact, { population, looked, stump }: Remainder): readonly Text[] => {
  if (!stump) return [];
  const [words, kind] = [stumpWords(stump), kinds[population]];
  const part = fact.unexplained[population] > looked;
  const { share, present } = stump;
  const elsewhere = percent(present.n, present.of);
  const [some, all] = [grouped(share.n), grouped(share.of)];
  const count =
    share.n === share.of
      ? { en: `all ${all}`, ja: `全 ${all} 件` }
      : { en: `${some} of ${all}`, ja: `${all} 件中 ${some} 件` };
  const isKept = share.n >= filtered.least * share.of && present.n <= filtered.most * present.of;
  const look =
    population === 'extra' && isKept
      ? {
          en: ` Look whether ${fact.left.name} is filtered by it, or read by a user who does not see these.`,
          ja: `${fact.left.name} がこの条件で絞り込まれていないか、読み取ったユーザーに閲覧権限があるかを確認してください。`,
        }
      : { en: '', ja: '' };
  return [
    {
      en: ` Of the ${kind.en} ones${part ? ' that were looked at' : ''}, ${count.en} have ${words.en}; of the records on both sides ${elsewhere} do.${look.en}`,
      ja: `${kind.ja}${population === 'extra' ? 'な' : ''}レコード${part ? '（調べた範囲）' : ''}は、${count.ja}が ${words.ja} です（両側にあるレコードでは ${elsewhere}）。${look.ja}`,
    },
  ];
};

/** Most of the missing records stand one after another: where, and what to look for there. */
const stretchSaid = ({ stretch, counts: { missing }, left, right }: ComparisonFact): readonly Text[] => {
  if (!stretch) return [];
  const { n, toTheEnd, ends, order } = stretch;
  const words = orderIn({ order });
  const which =
    n === missing
      ? { en: `all ${grouped(n)} missing records`, ja: `不足レコード 全 ${grouped(n)} 件` }
      : {
          en: `${grouped(n)} of the ${grouped(missing)} missing records`,
          ja: `不足レコード ${grouped(missing)} 件のうち ${grouped(n)} 件`,
        };
  const [first, last] = ends.map(({ key }) => key);
  const span =
    first === undefined || last === undefined
      ? { en: '', ja: '' }
      : { en: `, from [${first}] to [${last}]`, ja: `[${first}] から [${last}] まで` };
  const end = toTheEnd
    ? {
        en: `Nothing comes after them: either ${right.name} ends there, or they were added since.`,
        ja: `その後ろにはレコードがないため、${right.name} がそこで途切れているか、後から追加されたレコードです。`,
      }
    : {
        en: 'Before and after them the records are on both sides: look in the log of the job for what happened there.',
        ja: '前後のレコードは両側にあるため、その位置で何が起きたかを同期処理のログで確認してください。',
      };
  return [
    {
      en: ` But in ${left.name} ${which.en} follow one another in the order of ${words.en}${span.en}. ${end.en}`,
      ja: `ただし ${left.name} では、${which.ja}が${words.ja}順で${span.ja}連続しています。${end.ja}`,
    },
  ];
};

/** What was looked at: a cluster that keeps its rows tries less by itself. */
const triedOn = ({ work: { engine } }: ComparisonFact): Text =>
  engine === 'clickhouse'
    ? {
        en: 'Only the causes that the cluster can look for by itself were tried on them (see sync.compare).',
        ja: 'クラスター側で調べられる原因だけを当てはめた結果です（sync.compare を参照）。',
      }
    : {
        en: 'The known causes were tried on the values that differ, and on the values, places and times of records that are on one side only; none of them explains these.',
        ja: '異なる値と、片側だけにあるレコードの値・並び順・日時に、既知の原因を 1 つずつ当てはめましたが、いずれにも該当しません。',
      };

/** What is left, what was looked at, and where most of it lies. */
export const restSaid = (fact: ComparisonFact): Text => {
  const left = partsLeft(fact);
  const tried = triedOn(fact);
  const apart = [...stretchSaid(fact), ...rest(fact).flatMap((one) => stumpSaid(fact, one))];
  const nothing =
    apart.length === 0 && rest(fact).some(({ looked }) => looked >= fewest)
      ? {
          en: ' No value of a column is clearly more common among them than among the other records.',
          ja: 'ほかのレコードより明らかに多い列の値もありません。',
        }
      : { en: '', ja: '' };
  return {
    en: `Left over: ${left.en}. ${tried.en}${apart.map(({ en }) => en).join('')}${nothing.en}`,
    ja: `残った差異: ${left.ja}。${tried.ja}${apart.map(({ ja }) => ja).join('')}${nothing.ja}`,
  };
};
