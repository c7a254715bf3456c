import type { ComparisonFact, Remainder, Stump } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { lastingWords, utcWords } from '../../src/reason/rows/moments.ts';
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
export const partsLeft = ({ unexplained, changed }: ComparisonFact): Text => {
  // Of these the class tells when they were changed, and yet not why.
  const aged = unexplained.pairs - changed.unexplained;
  const parts = (['pairs', 'missing', 'extra'] as const)
    .filter((kind) => unexplained[kind] > 0)
    .map((kind) => {
      const guessed = kind !== 'pairs' && unexplained.estimated?.includes(kind) === true;
      const n = grouped(unexplained[kind]);
      const when =
        kind === 'pairs' && aged > 0
          ? {
              en: ` (${grouped(aged)} of them stale or in conflict)`,
              ja: `（うち ${grouped(aged)} 件は古い値または競合）`,
            }
          : { en: '', ja: '' };
      return {
        en: `${guessed ? 'about ' : ''}${n} ${kinds[kind].en}${when.en}`,
        ja: `${kinds[kind].ja}${guessed ? ' 約' : ''} ${n} 件${when.ja}`,
      };
    });
  return { en: parts.map(({ en }) => en).join(', '), ja: parts.map(({ ja }) => ja).join('、') };
};

const stumpWords = ({ column, value }: Stump): Text => ({
  en: value === '' ? `no ${column}` : `${column} = ${value}`,
  ja: value === '' ? `${column} が空欄` : `${column} = ${value}`,
});

const rest = ({ unexplained }: ComparisonFact): readonly Remainder[] => unexplained.rest ?? [];

/** `owner = u-abe`: what most of the largest kind have and few others; undefined where nothing sets them apart. */
export const stumpOfRest = (fact: ComparisonFact): Text | undefined => {
  const { unexplained } = fact;
  const [largest] = rest(fact)
    .filter(({ stump }) => stump)
    .toSorted((a, b) => unexplained[b.population] - unexplained[a.population]);
  const stump = largest?.stump;
  if (!stump) return undefined;
  const { en, ja } = stumpWords(stump);
  return stump.hidden
    ? {
        en: `${en} (hidden by --redact; the same command without it names the value)`,
        ja: `${ja}（--redact により伏せています。--redact を外すと値を表示します）`,
      }
    : { en, ja };
};

const percent = (n: number, of: number): string => `${((100 * n) / of).toFixed(n > 0 && n < 0.1 * of ? 1 : 0)} %`;

/** Of the extra records, so many are of the segment, and of the others at most so many, where a condition keeps them from the left. */
const filtered = { least: 0.8, most: 0.02 };

type Held = Remainder & { readonly stump: Stump };

/** Kinds that lie in one segment are told of in one sentence. */
const bySegment = (fact: ComparisonFact): readonly (readonly Held[])[] => {
  const held = rest(fact).flatMap((one): readonly Held[] => (one.stump ? [{ ...one, stump: one.stump }] : []));
  const id = ({ stump }: Held): string => JSON.stringify([stump.column, stump.value]);
  return [...new Set(held.map(id))].map((segment) => held.filter((one) => id(one) === segment));
};

const shareSaid = (fact: ComparisonFact, { population, looked, stump: { share } }: Held): Text => {
  const part = fact.unexplained[population] > looked;
  const [some, all] = [grouped(share.n), grouped(share.of)];
  const count =
    share.n === share.of
      ? { en: `all ${all}`, ja: `全 ${all} 件` }
      : { en: `${some} of ${all}`, ja: `${all} 件中 ${some} 件` };
  return {
    en: `${count.en} ${kinds[population].en} ones${part ? ' that were looked at' : ''}`,
    ja: `${kinds[population].ja}${population === 'extra' ? 'な' : ''}レコード${part ? '（調べた範囲）' : ''} ${count.ja}`,
  };
};

/** Where most of them lie, how common that is elsewhere, and where to look for a condition that keeps them from one side. */
const segmentSaid = (fact: ComparisonFact, held: readonly Held[]): readonly Text[] => {
  const [first] = held;
  if (!first) return [];
  const { stump, population } = first;
  const { share, present } = stump;
  const [words, elsewhere] = [stumpWords(stump), percent(present.n, present.of)];
  const shares = held.map((one) => shareSaid(fact, one));
  const isKept = share.n >= filtered.least * share.of && present.n <= filtered.most * present.of;
  const look =
    population === 'extra' && isKept
      ? {
          en: ` Look whether ${fact.left.name} is filtered by it, or read by a user who does not see these.`,
          ja: `${fact.left.name} がこの条件で絞り込まれていないか、読み取ったユーザーに閲覧権限があるかを確認してください。`,
        }
      : { en: '', ja: '' };
  const subject = shares.map(({ en }) => en).join(' and ');
  return [
    {
      en: ` ${subject.charAt(0).toUpperCase()}${subject.slice(1)} have ${words.en} (of the records on both sides: ${elsewhere}).${look.en}`,
      ja: `${shares.map(({ ja }) => ja).join('と')}が ${words.ja} です（両側にあるレコードでは ${elsewhere}）。${look.ja}`,
    },
  ];
};

/** What refers to the same record lacks together: the parent may lack itself. */
const groupsSaid = (fact: ComparisonFact): readonly Text[] =>
  rest(fact).flatMap(({ population, looked, groups }) => {
    if (!groups) return [];
    const { column, value, n, of } = groups;
    const part = fact.unexplained[population] > looked;
    const side = population === 'extra' ? fact.left.name : fact.right.name;
    const some =
      n === of
        ? { en: `all ${grouped(of)}`, ja: `全 ${grouped(of)} 件` }
        : { en: `${grouped(n)} of ${grouped(of)}`, ja: `${grouped(of)} 件中 ${grouped(n)} 件` };
    return [
      {
        en: ` In ${column}, ${some.en} ${kinds[population].en} ones${part ? ' that were looked at' : ''} have one of ${grouped(groups.groups)} values, such as ${value}, of which ${side} has no record at all: what they refer to may be missing there itself.`,
        ja: `${kinds[population].ja}${population === 'extra' ? 'な' : ''}レコード${part ? '（調べた範囲）' : ''} ${some.ja}は、${column} が ${value} など ${grouped(groups.groups)} 種類の値で、これらの値のレコードは ${side} に 1 件もありません。${column} が指す親レコード自体が、そこにない可能性があります。`,
      },
    ];
  });

/** What a formula of a spreadsheet shows where it has no value. */
const formulaErrors: ReadonlySet<string> = new Set([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
]);

/** One value that most of the differences of a column have. */
const sameSaid = (fact: ComparisonFact): readonly Text[] =>
  rest(fact).flatMap(({ population, looked, same }) => {
    if (!same) return [];
    const { column, side, value, n, of } = same;
    const part = fact.unexplained[population] > looked;
    const shown = value === '' ? { en: 'empty', ja: '空欄' } : { en: `"${value}"`, ja: `「${value}」` };
    const why = formulaErrors.has(value)
      ? {
          en: ' It is the error of a formula that found no value (VLOOKUP and the like): look for it in the spreadsheet.',
          ja: 'これは、値が見つからない数式（VLOOKUP など）のエラー表示です。元の表計算ファイルの数式を確認してください。',
        }
      : {
          en: ' Look for what writes one value there: a cell that was filled down, a default, or a step of the job.',
          ja: '同じ値を書き込むもの（セルの下方向へのコピー、既定値、ジョブの処理など）がないか確認してください。',
        };
    const some =
      n === of
        ? { en: `all ${grouped(of)}`, ja: `全 ${grouped(of)} 件` }
        : { en: `${grouped(n)} of ${grouped(of)}`, ja: `${grouped(of)} 件中 ${grouped(n)} 件` };
    return [
      {
        en: ` In ${column}, ${some.en} differences${part ? ' that were looked at' : ''} are ${shown.en} in ${fact[side].name}, whatever the other side has.${why.en}`,
        ja: `${column} の差異${part ? '（調べた範囲）' : ''} ${some.ja}は、もう片側の値にかかわらず ${fact[side].name} では${shown.ja}です。${why.ja}`,
      },
    ];
  });

/** The column that refers to what may be missing itself, of the largest kind. */
export const parentOfRest = (fact: ComparisonFact): string | undefined =>
  rest(fact)
    .flatMap(({ groups, population }) => (groups ? [{ groups, n: fact.unexplained[population] }] : []))
    .toSorted((a, b) => b.n - a.n)[0]?.groups.column;

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
      : { en: `, from [${first}] to [${last}]`, ja: ` [${first}] から [${last}] まで` };
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

/** The newest records lack, though changes of the same minutes are there: what that rules out, and what would tell the rest. */
const newestSaid = ({ newest, left, right }: ComparisonFact): readonly Text[] => {
  if (!newest) return [];
  const [from, n, changed] = [utcWords(newest.from, newest.utc), grouped(newest.n), grouped(newest.changed)];
  const lasting = lastingWords(newest.until - newest.from);
  return [
    {
      en: ` ${n} of the missing ones are the newest of ${left.name}, created from ${from.en} on within ${lasting.en}; but ${changed} older records that were changed in those minutes are up to date in ${right.name}, so that these do not wait for the next run. A search index that is behind (sync.index-lag) looks so, and so does a step of its own for new records. Look one up in the system of ${right.name} by its id: if it is found, nothing needs to be repaired.`,
      ja: `不足のうち ${n} 件は ${left.name} で最も新しいレコードで、${from.ja}から ${lasting.ja}の間に作成されています。一方、同じ時間帯に変更された古いレコード ${changed} 件は ${right.name} でも最新のため、次回の同期待ちではありません。検索索引の遅れ（sync.index-lag）か、新規登録だけを行う別の処理の遅れが考えられます。${right.name} の元のシステムで 1 件を ID から検索してください。見つかれば修正は不要です。`,
    },
  ];
};

/** What was looked at: a cluster that keeps its rows tries less by itself. */
const triedOn = ({ work: { engine, noPlaces }, unexplained: { pairs, missing, extra } }: ComparisonFact): Text => {
  if (engine === 'clickhouse')
    return {
      en: 'Only the causes that the cluster can look for by itself were tried on them (see sync.compare).',
      ja: 'クラスター側で調べられる原因だけを当てはめた結果です（sync.compare を参照）。',
    };
  const looked: readonly Text[] = [
    ...(pairs > 0 ? [{ en: 'the values that differ', ja: '異なる値' }] : []),
    ...(missing + extra > 0
      ? [
          noPlaces
            ? {
                en: 'the values and times of the records that are on one side only (not on their places, which the database could not count: lost pages and the like are not ruled out; engine: local tells them)',
                ja: '片側だけにあるレコードの値・日時（データベース側で順位を数えられなかったため、ページの欠落など並び順から分かる原因は調べていません。engine: local なら調べられます）',
              }
            : {
                en: 'the values, places and times of the records that are on one side only',
                ja: '片側だけにあるレコードの値・並び順・日時',
              },
        ]
      : []),
  ];
  return {
    en: `The known causes were tried on ${looked.map(({ en }) => en).join(' and on ')}; none of them explains these.`,
    ja: `${looked.map(({ ja }) => ja).join('と、')}に既知の原因を 1 つずつ当てはめましたが、いずれにも該当しません。`,
  };
};

/** What is left, what was looked at, and where most of it lies. */
export const restSaid = (fact: ComparisonFact): Text => {
  const left = partsLeft(fact);
  const tried = triedOn(fact);
  const apart = [
    ...newestSaid(fact),
    ...stretchSaid(fact),
    ...bySegment(fact).flatMap((held) => segmentSaid(fact, held)),
    ...groupsSaid(fact),
    ...sameSaid(fact),
  ];
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
