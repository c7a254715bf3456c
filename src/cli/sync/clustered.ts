import type { ComparisonFact, Example, ValidationFact } from '../../model/sync/comparison.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { Text } from '../../model/text.ts';
import { causesOfSample } from '../../sync/sampled-causes.ts';
import { type Asked, alone, type ComparedOne, type Comparing, type Sources } from './comparing.ts';
import { comparisonReport } from './comparison-report.ts';
import { diagnosesOfComparison } from './diagnoses.ts';
import { sourceFailureWords } from './failure-words.ts';
import { logsOf, timesOf } from './job-times.ts';
import type { Clustered } from './joining.ts';
import type { Ledger } from './ledger.ts';
import { printable } from './printable.ts';
import { redactedFact } from './redact.ts';
import { compareRow } from './result-rows.ts';
import { failedRow, rowsStay } from './rows.ts';
import { validatedOfDiffering } from './validated-differing.ts';

/** The rule under which values are equal that a form of notation explains. */
const rules: Readonly<Record<string, string>> = {
  'sync.whitespace': 'whitespace',
  'sync.letter-case': 'letter-case',
  'sync.number-format': 'number-format',
  'sync.width-fullwidth': 'width-latin',
  'sync.width-halfwidth-kana': 'halfwidth-kana',
  'sync.timestamp-representation': 'timestamp-form',
  'sync.phone-format': 'phone',
  'sync.postcode-format': 'postcode',
  'sync.boolean-form': 'boolean-form',
};

const shown = ({ key, left, right }: Example): Example => ({
  key: printable(key, 120),
  ...(left === undefined ? {} : { left: printable(left, 120) }),
  ...(right === undefined ? {} : { right: printable(right, 120) }),
});

/** Why records lack or are too many, where a sample of them came over. */
const rowCauses = async (
  { config, ...subject }: SyncSubject,
  sources: Sources,
  { mapping, sample }: Clustered,
  run: Comparing,
): Promise<Awaited<ReturnType<typeof causesOfSample>> | undefined> => {
  if (sample?.kind !== 'sampled') return undefined;
  const logs = await logsOf(config, run);
  const about = {
    config,
    sources: { left: sources.left.facts, right: sources.right.facts },
    times: timesOf({ config, ...subject }, sources, logs, run.now),
    logged: logs.logged,
  };
  return causesOfSample(sample.joined, mapping, about, run.causes, printable);
};

const factOf = (
  { found, mapping: { columns }, sample, began }: Clustered,
  sources: Sources,
  rows: Awaited<ReturnType<typeof rowCauses>>,
): ComparisonFact => {
  const ms = performance.now() - began;
  const { counts, classes } = found;
  const sampled = sample?.kind === 'sampled' ? sample.joined : undefined;
  const explained = [...found.explained, ...(rows?.explained ?? [])].toSorted((a, b) => b.share.n - a.share.n);
  return {
    kind: 'compared',
    left: sources.left.facts,
    right: sources.right.facts,
    counts,
    changed: { ...classes, stale: 0, conflict: 0 },
    fields: columns.map(({ at, left, right, type, role }) => ({
      ...{ left, right, type },
      ...(role === undefined ? {} : { role }),
      differ: found.differing[at] ?? 0,
      equalUnder: found.explained.flatMap(({ cause, columns: [column], share }) => {
        const rule = rules[cause];
        return column === at && rule !== undefined ? [{ rule, n: share.n }] : [];
      }),
      unexplained: found.unexplained[at] ?? 0,
      examples: (found.examples[at] ?? []).map(shown),
    })),
    explained: explained.map((one) => ({ ...one, examples: one.examples.map(shown) })),
    unexplained: { pairs: classes.unexplained, missing: counts.missing, extra: counts.extra, ...rows?.open },
    missing: found.missing.map(shown),
    extra: found.extra.map(shown),
    repeated: { left: [], right: [] },
    rejected: { left: [], right: [] },
    unmapped: { left: [], right: [] },
    work: {
      engine: 'clickhouse',
      ms: Math.round(ms),
      rowsPerSecond: ms <= 0 ? 0 : Math.round(((counts.left + counts.right) / ms) * 1000),
      temporaryBytes: sampled?.temporaryBytes ?? 0,
      transferredBytes: found.transferredBytes + (sampled?.work?.transferredBytes ?? 0),
    },
  };
};

/** What a sample of the records was looked through for, or why not. */
const sampleWords = ({ sample }: Clustered): Text => {
  if (sample?.kind === 'failed') {
    const why = sourceFailureWords(sample.failure);
    return {
      en: `; no sample of the records could be had for the causes of missing or extra ones: ${why.en}`,
      ja: `。過不足の原因を調べるための標本は取得できませんでした: ${why.ja}`,
    };
  }
  return {
    en: '; causes of missing or extra records were looked for in a sample of them, by their values and not by their places (pages, order)',
    ja: '。過不足の原因は、抽出したレコードの値から調べました（ページや並び順の中の位置は調べていません）',
  };
};

/** What such a comparison looks for, and what it leaves out. */
const limits = (clustered: Clustered, noFiles: boolean): Text => {
  const { hasNfkc } = clustered.found;
  const sample = sampleWords(clustered);
  return {
    en: `most rows differ, so they stayed where they are; the cluster itself looked for blanks, letter case,${hasNfkc ? ' width,' : ''} ways of writing numbers, times, phone numbers and postcodes, lost zeros and times of day, a shift of time or day, tax, a unit, options of another name, a cut and a constant${hasNfkc ? '' : ' (not for width: this server has no NFKC)'}${sample.en}; other causes need all rows (engine: local)${noFiles ? '; --output-dir and --patch need them too, and nothing was written' : ''}`,
    ja: `ほとんどの行に差異があるため、全行は転送していません。クラスター側で調べたのは、空白、大文字・小文字、${hasNfkc ? '全角・半角、' : ''}数値・日時・電話番号・郵便番号の表記、先頭の 0 や時刻の欠落、時刻・日付のずれ、消費税、単位、選択肢の別名、切り捨て、固定値です${hasNfkc ? '' : '（このサーバーには NFKC がないため、全角・半角は調べていません）'}${sample.ja}。ほかの原因を調べるには全行が必要です（engine: local）${noFiles ? '。--output-dir と --patch にも全行が必要なため、何も書き出していません' : ''}`,
  };
};

/** The comparison that a cluster has made by itself, as rows, causes and part of the report. */
export const tellClustered = async (
  subject: SyncSubject,
  sources: Sources,
  clustered: Clustered,
  { run, book }: { readonly run: Comparing; readonly book: Ledger },
): Promise<Omit<ComparedOne, 'checks'>> => {
  const { language, causes, redact, command, wanted, outputs } = run;
  const { step, later } = book;
  const { label, config } = subject;
  const { mapping, sample, began } = clustered;
  const asked = async <Value>(id: string, work: () => Promise<Asked<Value>>): Promise<Value | undefined> => {
    if (wanted(id)) return step(id, work);
    later(id, [id]);
    return undefined;
  };
  const validation = await asked('sync.schema', async (): Promise<Asked<ValidationFact | undefined>> => {
    if (sample?.kind === 'sampled')
      return validatedOfDiffering(subject, mapping, { joined: sample.joined, only: 'sample', sources }, run);
    return alone(sample ? failedRow(sample.failure) : rowsStay, undefined);
  });
  const whole = factOf(clustered, sources, await rowCauses(subject, sources, clustered, run));
  const fact = redact ? redactedFact(whole) : whole;
  const diagnoses = diagnosesOfComparison(fact, causes, { label, language, command });
  const says = limits(clustered, outputs.directory !== undefined || outputs.patch !== undefined);
  if (wanted('sync.compare')) {
    const row = compareRow(fact, diagnoses);
    const full = { ...row, says: { en: `${row.says.en}; ${says.en}`, ja: `${row.says.ja}。${says.ja}` } };
    await step('sync.compare', async () => alone(full, undefined), began);
  } else later('sync.compare', ['sync.compare']);
  await asked('sync.duplicates', async () => alone(rowsStay, undefined));
  later('sync.compare', ['sync.schedule']);
  const keys = mapping.columns.filter(({ key }) => key).map(({ at }) => at);
  const named = config.name === undefined ? {} : { name: config.name };
  const comparison = comparisonReport(
    { ...named, fact, keys, causes, ...(validation ? { validation } : {}), files: [], redacted: redact },
    language,
  );
  return { diagnoses, comparison };
};
