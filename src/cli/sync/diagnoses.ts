import type { Diagnosis } from '../../model/report.ts';
import { type SyncCause, severityOf, type Told } from '../../model/sync/cause.ts';
import type { ComparisonFact, Explained, Share } from '../../model/sync/comparison.ts';
import { grouped, type Language, type Text } from '../../model/text.ts';
import { wilson } from '../../reason/rows/statistics.ts';

const percent = (part: number): string => (100 * part).toFixed(1);

/** `9,812 of 10,037 (97.4-98.1 %)`; a share that is everything needs no interval. */
const shareText = ({ n, of, low, high }: Share): Text => {
  const [some, all] = [grouped(n), grouped(of)];
  if (n === of) return { en: `all ${all}`, ja: `全 ${all} 件` };
  const range = `${percent(low)}-${percent(high)} %`;
  return { en: `${some} of ${all} (${range})`, ja: `${all} 件中 ${some} 件（${range}）` };
};

const nameOf = (fact: ComparisonFact, at: number): string => {
  const field = fact.fields[at];
  if (!field) return '';
  return field.left === field.right ? field.left : `${field.left} / ${field.right}`;
};

/** What one population is called. */
const populations: Readonly<Record<Explained['population'], Text>> = {
  pairs: { en: 'differing values', ja: '異なる値' },
  missing: { en: 'missing records', ja: '不足レコード' },
  extra: { en: 'extra records', ja: '余分なレコード' },
  changed: { en: 'changed records', ja: '内容が異なるレコード' },
  'repeated-left': { en: 'records with a repeated key (left)', ja: 'キーが重複するレコード（左側）' },
  'repeated-right': { en: 'records with a repeated key (right)', ja: 'キーが重複するレコード（右側）' },
  facts: { en: 'records', ja: 'レコード' },
};

/** The share, and of how many in all where only a sample of them was looked at. */
const countedText = ({ share, sampledFrom }: Explained): Text => {
  const text = shareText(share);
  if (sampledFrom === undefined) return text;
  const all = grouped(sampledFrom);
  return { en: `${text.en} sampled (${all} in all)`, ja: `${text.ja}（総数 ${all} 件から抽出して確認）` };
};

const evidenceText = (fact: ComparisonFact, one: Explained): Text => {
  const share = countedText(one);
  const what = populations[one.population];
  const columns = one.columns.map((at) => nameOf(fact, at)).join(', ');
  const example = one.examples[0];
  const shown =
    example?.left !== undefined && example.right !== undefined
      ? ` [${example.key}] "${example.left}" / "${example.right}"`
      : example
        ? ` [${example.key}]`
        : '';
  return {
    en: `${columns === '' ? '' : `${columns}: `}${share.en} ${what.en}${example ? `, such as${shown}` : ''}`,
    ja: `${columns === '' ? '' : `${columns}: `}${what.ja} ${share.ja}${example ? `、例:${shown}` : ''}`,
  };
};

const proofText = ({ proof }: Explained): { readonly status: 'proven' | 'not-tried'; readonly says: Text } => {
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
      return {
        status: 'proven',
        says:
          proof.present.of === 0
            ? {
                en: `the condition holds for ${grouped(proof.rows)} of these; no record is on both sides that it could be held against`,
                ja: `条件に当てはまるのは該当レコードで ${grouped(proof.rows)} 件です。両側に共通するレコードがないため、それらとの照合はできません`,
              }
            : {
                en: `held against the records that are present: the condition holds for ${grouped(proof.rows)} of these and for ${grouped(proof.present.n)} of ${grouped(proof.present.of)} present ones`,
                ja: `両側にあるレコードと照合しました。条件に当てはまるのは該当レコードで ${grouped(proof.rows)} 件、両側にあるレコードでは ${grouped(proof.present.of)} 件中 ${grouped(proof.present.n)} 件です`,
              },
      };
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

/** What the share leaves open and what chance would do as well; of the rest nothing is claimed. */
const confidenceOf = ({ chance, proof }: Explained): number => {
  if (proof.kind === 'none') return 0;
  return Number(Math.min(0.99, (1 - chance) * (proof.kind === 'not-counted' ? 0.8 : 0.99)).toFixed(2));
};

type Some = readonly [Explained, ...Explained[]];

/** All of them counted together where each is about other columns, or else the first. */
const together = (explained: Some): Explained => {
  const [main] = explained;
  const columns = explained.flatMap((one) => one.columns);
  if (explained.length === 1 || main.population !== 'pairs' || new Set(columns).size < columns.length) return main;
  const sum = (of: (share: Share) => number): number => explained.reduce((total, { share }) => total + of(share), 0);
  const [n, all] = [sum((share) => share.n), sum((share) => share.of)];
  const proofs = explained.flatMap(({ proof }) => (proof.kind === 'transform' ? [proof] : []));
  const scanned = (of: (proof: (typeof proofs)[number]) => number): number =>
    proofs.reduce((total, proof) => total + of(proof), 0);
  return {
    ...main,
    share: { n, of: all, ...wilson(n, all) },
    ...(proofs.length < explained.length
      ? {}
      : {
          proof: {
            kind: 'transform',
            before: scanned(({ before }) => before),
            after: scanned(({ after }) => after),
            rowsNowEqual: scanned(({ rowsNowEqual }) => rowsNowEqual),
          },
        }),
  };
};

const toldOf = (fact: ComparisonFact, explained: Some): Told => {
  const at = [...new Set(explained.flatMap(({ columns }) => columns))];
  return {
    explained,
    main: explained[0],
    fact,
    columns: at.map((column) => nameOf(fact, column)).join(', '),
    field: (column) => fact.fields[column],
    share: countedText(together(explained)),
    shareOf: countedText,
  };
};

const isFilled = (list: readonly Explained[]): list is Some => list.length > 0;

/** Those of which one sentence can be told: the same kind of records, and the same details. */
const alike = (explained: Some, { halves }: SyncCause): readonly Some[] => {
  const groups = new Map<string, Some>();
  for (const one of explained) {
    const isHalf = halves === true && (one.population === 'missing' || one.population === 'extra');
    const id = JSON.stringify([isHalf ? 'alone' : one.population, one.detail]);
    const [first, ...more] = groups.get(id) ?? [];
    groups.set(id, first ? [first, ...more, one] : [one]);
  }
  return [...groups.values()];
};

/** Where a diagnosis belongs and how it is checked again. */
export interface Telling {
  readonly label: string;
  readonly language: Language;
  /** `crm-doctor sync NAME` */
  readonly command: string;
}

const order = { critical: 0, warning: 1, info: 2 } as const;

/** What is left is stated like a cause, and has the last word. */
const leftOpen = 'sync.unexplained';

/** So many sentences of one cause are read; what is more is in its evidence. */
const mostSentences = 3;

/** What is said of each group, and the steps of all of them, each once. */
const saidOf = (cause: SyncCause, explained: Some, fact: ComparisonFact, language: Language) => {
  const groups = alike(explained, cause);
  const read = groups.slice(0, mostSentences).map((group) => toldOf(fact, group));
  const { columns } = toldOf(fact, explained);
  const sentences = read.map((told) => cause.because(told)[language]);
  const more = groups.length - read.length;
  const rest: Text = {
    en: `${more} more of this kind are in the evidence.`,
    ja: `ほか ${more} 種類は証拠をご覧ください。`,
  };
  const steps = read.flatMap((told) => cause.steps({ ...told, columns }).map((step) => step[language]));
  return {
    explanation: [...sentences, ...(more > 0 ? [rest[language]] : [])].join(language === 'en' ? ' ' : ''),
    steps: [...new Set(steps)],
  };
};

/** The columns that are compared, what is not compared and yet concerned, or else the kind of records. */
const affectedBy = ({ columns, main }: Told, language: Language): readonly string[] => {
  if (columns !== '') return columns.split(', ');
  const { about } = main.detail;
  return [main.population === 'facts' && typeof about === 'string' ? about : populations[main.population][language]];
};

const diagnosisOf = (
  cause: SyncCause,
  explained: Some,
  fact: ComparisonFact,
  { label, language, command }: Telling,
): Diagnosis => {
  const [main] = explained;
  const proof = proofText(together(explained));
  const { explanation, steps } = saidOf(cause, explained, fact, language);
  return {
    cause: cause.id,
    mailbox: label,
    severity: severityOf(cause, main.effect),
    confidence: confidenceOf(main),
    title: cause.title[language],
    explanation,
    affects: affectedBy(toldOf(fact, explained), language),
    evidence: explained.map((one) => ({
      check: 'sync.compare',
      target: '',
      says: evidenceText(fact, one)[language],
    })),
    fix: {
      owner: cause.owner,
      steps,
      change: [],
      alternatives: [],
    },
    ruledOut: [],
    proof: { status: proof.status, says: proof.says[language] },
    verify: command,
  };
};

/** The rest as if something explained it: all that nothing explains. */
const openPart = ({ counts, unexplained }: ComparisonFact): Explained | undefined => {
  const parts = [
    { population: 'pairs', n: unexplained.pairs, of: counts.changed },
    { population: 'missing', n: unexplained.missing, of: counts.missing },
    { population: 'extra', n: unexplained.extra, of: counts.extra },
  ] as const;
  const [largest] = parts.toSorted((a, b) => b.n - a.n);
  if (!largest || largest.n === 0) return undefined;
  const { n, of, population } = largest;
  return {
    cause: leftOpen,
    effect: 'expected',
    population,
    columns: [],
    detail: {},
    share: { n, of, ...wilson(n, of) },
    chance: 0,
    examples: [],
    proof: { kind: 'none' },
  };
};

/** Only the columns in which it was found: what was looked through and is not touched does not concern anybody. */
const whereFound = (one: Explained): Explained => {
  const { columns, perColumn } = one;
  const found = perColumn ? columns.filter((_, at) => perColumn[at] !== 0) : columns;
  return found.length === 0 ? one : { ...one, columns: found };
};

/**
 * The causes that a comparison has brought to light, in words: those that lose values first, then by how much they explain. A cause that
 * is seen in several columns is one diagnosis.
 */
export const diagnosesOfComparison = (
  fact: ComparisonFact,
  causes: readonly SyncCause[],
  telling: Telling,
): readonly Diagnosis[] => {
  const found = causes.flatMap((cause) => {
    if (cause.id === leftOpen) return [];
    const explained = fact.explained
      .filter((one) => one.cause === cause.id)
      .map(whereFound)
      .toSorted((a, b) => b.share.n - a.share.n);
    if (!isFilled(explained)) return [];
    const [main] = explained;
    const diagnosis = diagnosisOf(cause, explained, fact, telling);
    return [{ diagnosis, n: main.share.n }];
  });
  const open = openPart(fact);
  const rest = causes.find(({ id }) => id === leftOpen);
  const named = found
    .toSorted((a, b) => order[a.diagnosis.severity] - order[b.diagnosis.severity] || b.n - a.n)
    .map(({ diagnosis }) => diagnosis);
  return open && rest ? [...named, diagnosisOf(rest, [open], fact, telling)] : named;
};
