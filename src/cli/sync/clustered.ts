import type { ComparisonFact, Example } from '../../model/sync/comparison.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { Text } from '../../model/text.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import type { InCluster } from '../../sync/push-down/statistics.ts';
import { alone, type ComparedOne, type Comparing, type Sources } from './comparing.ts';
import { comparisonReport } from './comparison-report.ts';
import { diagnosesOfComparison } from './diagnoses.ts';
import type { Clustered } from './joining.ts';
import type { Ledger } from './ledger.ts';
import { printable } from './printable.ts';
import { redactedFact } from './redact.ts';
import { compareRow } from './result-rows.ts';
import { rowsStay } from './rows.ts';

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

const factOf = (found: InCluster, { columns }: ColumnMapping, sources: Sources, ms: number): ComparisonFact => {
  const { counts, explained, classes } = found;
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
      equalUnder: explained.flatMap(({ cause, columns: [column], share }) => {
        const rule = rules[cause];
        return column === at && rule !== undefined ? [{ rule, n: share.n }] : [];
      }),
      unexplained: found.unexplained[at] ?? 0,
      examples: (found.examples[at] ?? []).map(shown),
    })),
    explained: explained.map((one) => ({ ...one, examples: one.examples.map(shown) })),
    unexplained: { pairs: classes.unexplained, missing: counts.missing, extra: counts.extra },
    missing: found.missing.map(shown),
    extra: found.extra.map(shown),
    repeated: { left: [], right: [] },
    rejected: { left: [], right: [] },
    unmapped: { left: [], right: [] },
    work: {
      engine: 'clickhouse',
      ms: Math.round(ms),
      rowsPerSecond: ms <= 0 ? 0 : Math.round(((counts.left + counts.right) / ms) * 1000),
      temporaryBytes: 0,
      transferredBytes: found.transferredBytes,
    },
  };
};

/** What such a comparison looks for, and what it leaves out. */
const limits = ({ hasNfkc }: InCluster, noFiles: boolean): Text => ({
  en: `most rows differ, so none came over; the cluster itself looked for blanks, letter case,${hasNfkc ? ' width,' : ''} ways of writing numbers, times, phone numbers and postcodes, lost zeros and times of day, a shift of time or day, tax, a unit, options of another name, a cut and a constant${hasNfkc ? '' : ' (not for width: this server has no NFKC)'}; other causes and those of missing or extra records need the rows (engine: local)${noFiles ? '; --output-dir and --patch need them too, and nothing was written' : ''}`,
  ja: `ほとんどの行に差異があるため、行は転送していません。クラスター側で調べたのは、空白、大文字・小文字、${hasNfkc ? '全角・半角、' : ''}数値・日時・電話番号・郵便番号の表記、先頭の 0 や時刻の欠落、時刻・日付のずれ、消費税、単位、選択肢の別名、切り捨て、固定値です${hasNfkc ? '' : '（このサーバーには NFKC がないため、全角・半角は調べていません）'}。ほかの原因と、レコードの過不足の原因を調べるには行が必要です（engine: local）${noFiles ? '。--output-dir と --patch にも行が必要なため、何も書き出していません' : ''}`,
});

/** The comparison that a cluster has made by itself, as rows, causes and part of the report. */
export const tellClustered = async (
  { label, config }: SyncSubject,
  sources: Sources,
  { mapping, found, began }: Clustered,
  { run, book }: { readonly run: Comparing; readonly book: Ledger },
): Promise<Omit<ComparedOne, 'checks'>> => {
  const { language, causes, redact, command, wanted, outputs } = run;
  const { step, later } = book;
  const stay = async (id: string): Promise<void> => {
    if (wanted(id)) await step(id, async () => alone(rowsStay, undefined));
    else later(id, [id]);
  };
  await stay('sync.schema');
  const whole = factOf(found, mapping, sources, performance.now() - began);
  const fact = redact ? redactedFact(whole) : whole;
  const diagnoses = diagnosesOfComparison(fact, causes, { label, language, command });
  const says = limits(found, outputs.directory !== undefined || outputs.patch !== undefined);
  if (wanted('sync.compare')) {
    const row = compareRow(fact, diagnoses);
    const full = { ...row, says: { en: `${row.says.en}; ${says.en}`, ja: `${row.says.ja}。${says.ja}` } };
    await step('sync.compare', async () => alone(full, undefined), began);
  } else later('sync.compare', ['sync.compare']);
  await stay('sync.duplicates');
  later('sync.compare', ['sync.schedule']);
  const keys = mapping.columns.filter(({ key }) => key).map(({ at }) => at);
  const named = config.name === undefined ? {} : { name: config.name };
  const comparison = comparisonReport({ ...named, fact, keys, causes, files: [], redacted: redact }, language);
  return { diagnoses, comparison };
};
