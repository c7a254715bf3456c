import type { Diagnosis } from '../../model/report.ts';
import { type SyncCause, severityOf, type Told } from '../../model/sync/cause.ts';
import type { ComparisonFact, Explained, Share } from '../../model/sync/comparison.ts';
import type { Language, Text } from '../../model/text.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import { countedText, evidenceText, nameOf, populations, proofText } from './explained-words.ts';
import { leftOpen, openParts, restEvidence } from './rest.ts';
import { withShortNames } from './short-names.ts';

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
const alike = (explained: Some, { atOnce = [], oneStory }: SyncCause): readonly Some[] => {
  if (oneStory) return [explained];
  const groups = new Map<string, Some>();
  for (const one of explained) {
    const id = JSON.stringify([atOnce.includes(one.population) ? 'at once' : one.population, one.detail]);
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

/** So many sentences of one cause are read; what is more is in its evidence. */
const mostSentences = 3;

/** A sentence may begin with a share: `all 40`, `about 300 of 400`. */
const asSentence = (text: string): string =>
  text.replace(/^(?:all|about)(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** The steps of all groups, each once: what each of them ends with (to run it again) comes last. */
const inTurn = (groups: readonly (readonly string[])[]): readonly string[] => {
  const ends = new Set(groups.map((steps) => steps.at(-1)));
  const all = [...new Set(groups.flat())];
  return [...all.filter((step) => !ends.has(step)), ...all.filter((step) => ends.has(step))];
};

/** What is said of each group, and the steps of all of them, each once. */
const saidOf = (cause: SyncCause, explained: Some, fact: ComparisonFact, language: Language) => {
  const groups = alike(explained, cause);
  const read = groups.slice(0, mostSentences).map((group) => toldOf(fact, group));
  const { columns } = toldOf(fact, explained);
  const sentences = read.map((told) => asSentence(cause.because(told)[language]));
  const more = groups.length - read.length;
  const rest: Text = {
    en: `${more} more of this kind are in the evidence.`,
    ja: `ほか ${more} 種類は証拠をご覧ください。`,
  };
  const steps = read.map((told) => cause.steps({ ...told, columns }).map((step) => step[language]));
  return {
    explanation: [...sentences, ...(more > 0 ? [rest[language]] : [])].join(language === 'en' ? ' ' : ''),
    steps: inTurn(steps),
  };
};

/** The columns that are compared, what is not compared and yet concerned, or else the kind of records. */
const affectedBy = ({ columns, main, explained }: Told, language: Language): readonly string[] => {
  if (columns !== '') return columns.split(', ');
  const about = explained.flatMap(({ detail }) => (typeof detail.about === 'string' ? [detail.about] : []));
  if (main.population === 'facts' && about.length > 0) return [...new Set(about)];
  return [...new Set(explained.map(({ population }) => populations[population][language]))];
};

const diagnosisOf = (
  cause: SyncCause,
  explained: Some,
  fact: ComparisonFact,
  { label, language, command }: Telling,
): Diagnosis => {
  const [main] = explained;
  const whole = together(explained);
  const proof = proofText(whole, fact);
  const scanned =
    whole.proof.kind === 'transform' ? cause.scanned?.(toldOf(fact, explained), whole.proof.rowsNowEqual) : undefined;
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
      says: (cause.id === leftOpen ? restEvidence(fact, one) : evidenceText(fact, one))[language],
    })),
    fix: {
      owner: cause.owner,
      steps,
      change: [],
      alternatives: [],
    },
    ruledOut: [],
    proof: { status: proof.status, says: (scanned ?? proof.says)[language] },
    verify: command,
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
  compared: ComparisonFact,
  causes: readonly SyncCause[],
  telling: Telling,
): readonly Diagnosis[] => {
  const fact = withShortNames(compared);
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
  const open = openParts(fact);
  const rest = causes.find(({ id }) => id === leftOpen);
  const named = found
    .toSorted((a, b) => order[a.diagnosis.severity] - order[b.diagnosis.severity] || b.n - a.n)
    .map(({ diagnosis }) => diagnosis);
  return isFilled(open) && rest ? [...named, diagnosisOf(rest, open, fact, telling)] : named;
};
