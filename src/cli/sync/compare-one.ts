import type { Listener } from '../../model/event.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { CheckReport, Diagnosis } from '../../model/report.ts';
import type { SyncCause } from '../../model/sync/cause.ts';
import type { DuplicatesFact, ScheduleFact, ValidationFact } from '../../model/sync/comparison.ts';
import type { ProposedKey, SyncProposal } from '../../model/sync/proposal.ts';
import type { ComparisonReport, WrittenFile } from '../../model/sync/report.ts';
import type { OpenedSource, SourceFailure, SourceKit } from '../../model/sync/source.ts';
import type { SideConfig, SyncSubject } from '../../model/sync/subject.ts';
import type { SyncTimes } from '../../model/sync/view.ts';
import type { Language, Text } from '../../model/text.ts';
import { escapeControls } from '../../reason/escape.ts';
import { instantOf, momentOf } from '../../reason/moments.ts';
import { equalUnder } from '../../reason/values/normal-rules.ts';
import { type Compared, compareSources, mapSources } from '../../sync/compare.ts';
import { findDuplicates } from '../../sync/duplicates/find.ts';
import { claimedOf, type Joined } from '../../sync/joined.ts';
import { JoinLost } from '../../sync/local-join.ts';
import type { JobLogs } from '../../sync/logs/runs.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import { type PreparedSide, prepareSide } from '../../sync/prepared.ts';
import { beginningOf, type PushedTable, tablesOf } from '../../sync/push-down/pushed.ts';
import { joinByRules } from '../../sync/rules/join.ts';
import { likenessOf } from '../../sync/rules/likeness.ts';
import { scheduleOf } from '../../sync/schedule.ts';
import { validate } from '../../sync/validate/validate.ts';
import type { OpenCrm } from '../../world/crm.ts';
import { comparisonReport } from './comparison-report.ts';
import { diagnosesOfComparison } from './diagnoses.ts';
import { openSide } from './open-side.ts';
import { type Outputs, writeOutputs } from './outputs.ts';
import { NoPlace } from './private-directory.ts';
import { redactedDuplicates, redactedFact, redactedValidation } from './redact.ts';
import {
  compareRow,
  duplicatesRow,
  engineRefuses,
  failedRow,
  manyToSearch,
  needsNetwork,
  notAsked,
  proposalRow,
  type Row,
  readAfterAll,
  rowOf,
  rowsStay,
  scheduleRow,
  schemaRow,
  sourceRow,
  syncCheckIds,
  syncChecks,
  waitsFor,
} from './rows.ts';

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

export const printable = (text: string, most = 300): string => escapeControls(cut(text, most));

const milliseconds = (value: string, zone?: string): number | undefined => {
  const moment = momentOf(value);
  return moment && instantOf(moment, zone);
};

/** Samples are the same at every run of the same data. */
const seed = 20_240_401;
/** More records are searched for duplicates only where that is asked for: it takes minutes. */
const manyRows = 400_000;
/** Below this two threads cost more than they bring. */
const threadedFrom = 16 * 1024 * 1024;

type Side = 'left' | 'right';
type Sources = Readonly<Record<Side, OpenedSource>>;
type Prepared = Readonly<Record<Side, PreparedSide>>;
const sides: readonly Side[] = ['left', 'right'];

/** What a comparison needs of its run. */
export interface Comparing {
  readonly kit: SourceKit;
  readonly crm: Pick<OpenCrm, 'records' | 'ask' | 'product'>;
  readonly causes: readonly SyncCause[];
  /** Whether a check is asked for. */
  readonly wanted: (id: string) => boolean;
  /** Whether it is asked for by its name. */
  readonly named: (id: string) => boolean;
  readonly now: number;
  readonly language: Language;
  readonly redact: boolean;
  readonly outputs: Outputs;
  /** Nothing but files is read. */
  readonly offline: boolean;
  /** How the same comparison is asked for again. */
  readonly command: string;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

/** One comparison, as rows, causes and part of the report. */
export interface ComparedOne {
  readonly checks: readonly CheckReport[];
  readonly diagnoses: readonly Diagnosis[];
  readonly comparison?: ComparisonReport;
}

const timeOf = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : milliseconds(value);

const timesOf = (
  { config }: SyncSubject,
  sources: Sources,
  { runs }: Pick<JobLogs, 'runs'>,
  now: number,
): SyncTimes => {
  const lastSync = timeOf(config.lastSync);
  const [leftAt, rightAt] = sides.map((side) => timeOf(sources[side].facts.at));
  return {
    now,
    ...(lastSync === undefined ? {} : { lastSync }),
    ...(config.intervalMs === undefined ? {} : { intervalMs: config.intervalMs }),
    runs,
    ...(leftAt === undefined ? {} : { leftAt }),
    ...(rightAt === undefined ? {} : { rightAt }),
  };
};

const noLogs: JobLogs = { runs: [], logged: [], failures: [] };

const logsOf = async (files: readonly string[], { signal }: Comparing): Promise<JobLogs> =>
  files.length === 0 ? noLogs : (await import('../../sync/logs/runs.ts')).readJobLogs(files, { printable, signal });

const bytesOf = (prepared: Prepared): number =>
  sides.reduce((sum, side) => sum + (prepared[side].source.facts.bytes ?? threadedFrom), 0);

/** `41 %, 12 s left` */
const progressWords = (done: number, of: number, ms: number): Text => {
  const part = of <= 0 ? 0 : Math.min(1, done / of);
  const rate = `${((done / 1_048_576 / Math.max(1, ms)) * 1000).toFixed(0)} MiB/s`;
  const left = part <= 0.02 ? undefined : Math.ceil(((1 - part) * ms) / part / 1000);
  const percent = `${Math.floor(100 * part)} %, ${rate}`;
  return {
    en: left === undefined ? percent : `${percent}, ${left} s left`,
    ja: left === undefined ? percent : `${percent}、残り ${left} 秒`,
  };
};

type JoinReply =
  | { readonly kind: 'joined'; readonly joined: Joined }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

const stopped = (what: string): SourceFailure => ({ kind: 'interrupted', what, says: 'stopped', after: 0 });

/** What ends a step without being a fault of this program: it was stopped, or there is no place for temporary files. */
const lossOf = (error: unknown, { signal }: Pick<Comparing, 'signal'>, what: string): SourceFailure | undefined => {
  if (signal.aborted) return stopped(what);
  return error instanceof NoPlace ? { kind: 'disk-full', what: error.place } : undefined;
};

/** Both sides on this machine. */
const joinHere = async (
  subject: SyncSubject,
  prepared: Prepared,
  mapping: ColumnMapping,
  run: Comparing,
): Promise<JoinReply> => {
  const { kit, signal, listener } = run;
  const start = performance.now();
  let told = 0;
  const reply = await joinByRules(
    prepared,
    mapping,
    subject.config,
    {
      directory: await kit.directory(),
      seed,
      ...(bytesOf(prepared) < threadedFrom ? { threads: 'inline' as const } : {}),
      keepAlone: run.outputs.directory !== undefined,
      progress: ({ bytes, of }) => {
        const ms = performance.now() - start;
        if (ms - told < 200) return;
        told = ms;
        const says = progressWords(bytes, of, ms);
        listener({ kind: 'check-progressed', id: 'sync.compare', target: subject.label, says });
      },
    },
    signal,
  );
  if (reply.kind === 'stopped') return { kind: 'failed', failure: stopped(subject.label) };
  if (reply.kind === 'failed') return { kind: 'failed', failure: reply.failure };
  const { joined } = reply;
  const { counts, rejected } = joined;
  const lost = sides.flatMap((side) => {
    const { failure } = prepared[side];
    return failure ? [{ side, failure }] : [];
  })[0];
  const gone = joined.cut ?? lost;
  const { left, right } = prepared;
  return {
    kind: 'joined',
    joined: claimedOf({
      ...joined,
      counts: {
        ...counts,
        rejected: {
          left: counts.rejected.left + left.rejected.count,
          right: counts.rejected.right + right.rejected.count,
        },
      },
      rejected: {
        left: [...left.rejected.first, ...rejected.left],
        right: [...right.rejected.first, ...rejected.right],
      },
      ...(gone ? { cut: gone } : {}),
    }),
  };
};

const sideName = (side: SideConfig): string => {
  switch (side.kind) {
    case 'file':
      return printable(side.file);
    case 'database':
      return printable(side.table ?? side.url);
    case 'crm':
      return printable(`${side.type} of ${side.crm.label}`);
  }
};

const verdictOf = ({ status, says }: Row): Outcome<undefined> => {
  switch (status) {
    case 'pass':
      return { kind: 'observed', fact: undefined, verdict: { grade: 'ok', note: says } };
    case 'skip':
      return { kind: 'skipped', because: says };
    case 'error':
      return { kind: 'crashed', error: says.en };
    default:
      return { kind: 'observed', fact: undefined, verdict: { grade: status, symptom: says } };
  }
};

/** A row of the report, and what the next questions need of it. */
interface Asked<Value> {
  readonly rows: readonly { readonly target: string; readonly row: Row }[];
  readonly value: Value;
}

const alone = <Value>(row: Row, value: Value): Asked<Value> => ({ rows: [{ target: '', row }], value });

/** Keeps the rows of one comparison, and tells how far it is. */
const ledger = ({ label }: SyncSubject, { wanted, listener, language }: Comparing) => {
  const checks: CheckReport[] = [];
  const add = (id: string, target: string, ms: number, row: Row): void => {
    checks.push(rowOf(id, { mailbox: label, target, language, ms }, row));
  };
  return {
    checks,
    /** Rows that wait for another one, or that nobody asked for. */
    later: (from: string, ids: readonly string[]): void => {
      for (const id of ids) add(id, '', 0, wanted(id) ? waitsFor(from) : notAsked);
    },
    /** The first check that has no row yet says what was lost, the others wait for it. */
    lost: (failure: SourceFailure): void => {
      const [first, ...others] = syncCheckIds.filter((id) => checks.every((check) => check.id !== id));
      if (first === undefined) return;
      add(first, '', 0, failedRow(failure));
      for (const id of others) add(id, '', 0, waitsFor(first));
    },
    step: async <Value>(id: string, work: () => Promise<Asked<Value>>): Promise<Value> => {
      const title = syncChecks.find((one) => one.id === id)?.title ?? { en: id, ja: id };
      listener({ kind: 'check-started', id, target: label, title });
      const start = performance.now();
      const { rows, value } = await work();
      const ms = performance.now() - start;
      for (const { target, row } of rows) {
        add(id, target, ms, row);
        listener({
          kind: 'check-finished',
          id,
          target: target || label,
          title,
          outcome: verdictOf(row),
          ms: Math.round(ms),
        });
      }
      return value;
    },
  };
};

type Ledger = ReturnType<typeof ledger>;

/** Opens both sides; what has to be read once is read, unless their databases may do the work. */
const openBoth =
  (subject: SyncSubject, { kit, crm, signal }: Comparing) =>
  async () => {
    const { config } = subject;
    const replies = await Promise.all(
      sides.map(async (side) => ({ side, reply: await openSide(config[side], kit, crm, signal) })),
    );
    const sources = replies.map(({ reply }) => (reply.kind === 'opened' ? reply.source : undefined));
    const cluster = await inCluster(config, sources, { kit, signal });
    const seen = cluster?.kind === 'opened' ? cluster : undefined;
    const pushed = seen ? { left: seen.left.table, right: seen.right.table } : tablesOf(config, sources);
    const stays = pushed !== undefined || cluster !== undefined;
    const opened = await Promise.all(
      replies.map(async ({ side, reply }) => {
        if (reply.kind === 'failed') return { side, name: sideName(config[side]), failure: reply.failure };
        const source = seen?.[side].source ?? reply.source;
        const prepared = stays ? undefined : await preparedOf(subject, side, source, { kit, signal });
        return { side, name: source.facts.name, source, prepared };
      }),
    );
    const rows = opened.map(({ side, name, failure, source, prepared }) => {
      const lost = failure ?? prepared?.failure;
      const row = lost
        ? failedRow(lost)
        : source
          ? sourceRow(source.facts, prepared?.filtered)
          : failedRow(stopped(name));
      return { target: `${side} ${name}`, row };
    });
    const refusal =
      cluster?.kind === 'refused'
        ? engineRefuses(cluster.why)
        : cluster?.kind === 'failed'
          ? failedRow(cluster.failure)
          : undefined;
    return {
      rows: refusal ? [...rows, { target: 'engine', row: refusal }] : rows,
      value: {
        opened,
        refused: refusal !== undefined,
        closeCluster: seen?.close,
        ...(pushed ? { pushed } : {}),
      },
    };
  };

/** Both tables as the ClickHouse of the configuration sees them, where it names one. */
const inCluster = async (
  config: SyncSubject['config'],
  [left, right]: readonly (OpenedSource | undefined)[],
  { kit, signal }: Pick<Comparing, 'kit' | 'signal'>,
) => {
  if (config.engine.kind !== 'clickhouse' || !left || !right) return undefined;
  const { tablesInClickhouse } = await import('../../sync/push-down/in-clickhouse.ts');
  return tablesInClickhouse(config, [left, right], kit, signal);
};

const preparedOf = (
  { config }: SyncSubject,
  side: Side,
  source: OpenedSource,
  { kit: { directory }, signal }: Pick<Comparing, 'kit' | 'signal'>,
): Promise<PreparedSide> => {
  const { filter } = config[side];
  return prepareSide(source, { ...(filter ? { filter } : {}), directory, signal });
};

const positionsFor = (side: Side, mapping: ColumnMapping, prepared: Prepared, signal: AbortSignal) => ({
  side,
  rows: prepared[side].rows(signal),
  positions: mapping.positions[side],
});

const validated = async (
  { config }: SyncSubject,
  mapping: ColumnMapping,
  prepared: Prepared,
  { signal, redact }: Comparing,
): Promise<Asked<ValidationFact>> => {
  const found: ValidationFact['sides'][number][] = [];
  for (const side of sides) {
    const of = positionsFor(side, mapping, prepared, signal);
    found.push(
      await validate({ ...of, ...(config.fields ? { demands: config.fields } : {}) }, mapping.columns, signal),
    );
  }
  const fact = redact ? redactedValidation({ sides: found }) : { sides: found };
  return alone(schemaRow(fact), fact);
};

const searched = async (
  { config }: SyncSubject,
  mapping: ColumnMapping,
  prepared: Prepared,
  { kit, signal, redact }: Comparing,
): Promise<Asked<DuplicatesFact>> => {
  const both = sides.map((side) => positionsFor(side, mapping, prepared, signal));
  const found = await findDuplicates(both, mapping.columns, signal, {
    directory: kit.directory,
    keyRules: config.key.rules,
    zones: {
      ...(config.left.timeZone === undefined ? {} : { left: config.left.timeZone }),
      ...(config.right.timeZone === undefined ? {} : { right: config.right.timeZone }),
    },
  });
  const fact = redact ? redactedDuplicates(found) : found;
  return alone(duplicatesRow(fact), fact);
};

/** A comparison, what it came to in words, and what was written of it. */
interface ComparedWith extends Compared {
  readonly diagnoses: readonly Diagnosis[];
  readonly files: readonly WrittenFile[];
}

/** Both sides open, their columns brought together, and the way to join them. */
interface Ready {
  readonly sources: Sources;
  readonly mapping: ColumnMapping;
  /** Absent where the databases do the work and rows do not come over. */
  readonly prepared?: Prepared;
  readonly join: () => Promise<JoinReply>;
}

/** What can be asked once both sides are open and their columns belong together. */
const askAll = async (
  subject: SyncSubject,
  { sources, mapping, prepared, join }: Ready,
  { run, book }: { readonly run: Comparing; readonly book: Ledger },
): Promise<Omit<ComparedOne, 'checks'>> => {
  const { wanted, language, causes, redact, command, signal } = run;
  const { label, config } = subject;
  const { step, later } = book;
  const inTime = (id: string): boolean => {
    if (!wanted(id)) later(id, [id]);
    return wanted(id);
  };
  const stay = async <Value>(): Promise<Asked<Value | undefined>> => alone(rowsStay, undefined);
  /** What one step lacks does not take away what the others came to. */
  const kept = async <Value>(work: () => Promise<Asked<Value>>): Promise<Asked<Value | undefined>> => {
    if (signal.aborted) return alone(failedRow(stopped(label)), undefined);
    try {
      return await work();
    } catch (error) {
      const failure = lossOf(error, run, label);
      if (!failure) throw error;
      return alone(failedRow(failure), undefined);
    }
  };
  const validation = inTime('sync.schema')
    ? await step('sync.schema', () =>
        prepared ? kept(() => validated(subject, mapping, prepared, run)) : stay<ValidationFact>(),
      )
    : undefined;
  const compares = wanted('sync.compare') || wanted('sync.schedule');
  if (!compares) later('sync.compare', ['sync.compare']);
  const told = { label, language, command };
  const logs = compares ? await logsOf(config.logs ?? [], run) : noLogs;
  const compared = compares
    ? await step('sync.compare', () =>
        kept<ComparedWith | undefined>(async () => {
          const start = performance.now();
          const reply = await join();
          if (reply.kind === 'failed') return alone(failedRow(reply.failure), undefined);
          const { joined } = reply;
          try {
            const found = await compareSources({
              config,
              ...sources,
              causes,
              times: timesOf(subject, sources, logs, run.now),
              logged: logs.logged,
              mapping,
              joined,
              equalUnder,
              momentOf: (value, side) => milliseconds(value, config[side].timeZone),
              printable,
              elapsed: () => performance.now() - start,
            });
            const fact = redact ? redactedFact(found.fact) : found.fact;
            const diagnoses = diagnosesOfComparison(fact, causes, told);
            const files = await writeOutputs(
              { subject, sources, mapping, joined, compared: found, redact, language },
              run.outputs,
            );
            return alone(compareRow(fact, diagnoses), { ...found, fact, diagnoses, files });
          } catch (error) {
            // A file went away or changed while its records were read again.
            if (error instanceof JoinLost) return alone(failedRow(error.failure), undefined);
            throw error;
          }
        }),
      )
    : undefined;
  const duplicates = inTime('sync.duplicates')
    ? await step('sync.duplicates', async () => {
        if (!prepared) return stay<DuplicatesFact>();
        // A search of minutes behind a comparison of seconds is done where it is asked for.
        const rows = (compared?.fact.counts.left ?? 0) + (compared?.fact.counts.right ?? 0);
        return rows > manyRows && !run.named('sync.duplicates')
          ? alone(manyToSearch(rows), undefined)
          : kept(() => searched(subject, mapping, prepared, run));
      })
    : undefined;
  const schedule =
    inTime('sync.schedule') && compared
      ? await step('sync.schedule', async (): Promise<Asked<ScheduleFact>> => {
          const fact = scheduleOf(timesOf(subject, sources, logs, run.now), compared.updated, logs.failures);
          return alone(scheduleRow(fact), fact);
        })
      : undefined;
  if (!compared) return { diagnoses: [] };
  const comparison = comparisonReport(
    {
      ...(config.name === undefined ? {} : { name: config.name }),
      fact: compared.fact,
      keys: mapping.columns.filter(({ key }) => key).map(({ at }) => at),
      causes,
      ...(validation ? { validation } : {}),
      ...(duplicates ? { duplicates } : {}),
      ...(schedule ? { schedule } : {}),
      files: compared.files,
      redacted: redact,
    },
    language,
  );
  return { diagnoses: compared.diagnoses, comparison };
};

/** The comparison with the key and columns that its data proposes; undefined where no key is good enough, which is said. */
const proposedFor = async (
  subject: SyncSubject,
  prepared: Prepared,
  { signal, step }: { readonly signal: AbortSignal; readonly step: Ledger['step'] },
): Promise<SyncSubject | undefined> =>
  step('sync.sources', async () => {
    const { proposeSync } = await import('../../sync/propose/propose.ts');
    const proposal = await proposeSync(prepared.left.source, prepared.right.source, signal);
    const { config } = subject;
    return {
      rows: [{ target: 'key', row: proposalRow(proposal) }],
      value: proposal.key ? { ...subject, config: configOf(proposal, proposal.key, config) } : undefined,
    };
  });

/** What the call states itself is stronger than what the data proposes. */
const configOf = (
  { fields, ignored }: SyncProposal,
  { left, right, rules }: ProposedKey,
  config: SyncSubject['config'],
): SyncSubject['config'] => ({
  ...config,
  key: { left, right, rules },
  fields:
    config.fields ??
    Object.fromEntries(
      fields.map(({ left: name, right: other, as, role }) => [
        name,
        { right: other, ...(as === undefined ? {} : { as }), ...(role === undefined ? {} : { role }) },
      ]),
    ),
  ignore: [...config.ignore, ...ignored.flatMap((one) => [one.left, one.right])],
});

/** The same by checksums in both databases, or why rows have to come over after all. */
const pushedDown = async (
  subject: SyncSubject,
  sources: Sources,
  tables: Readonly<Record<Side, PushedTable>>,
  run: Comparing,
): Promise<Ready | { readonly why: Text }> => {
  const { config } = subject;
  const { kit, signal } = run;
  const beginning = (side: Side): OpenedSource => beginningOf(sources[side], tables[side]);
  const mapped = await mapSources({ config, left: beginning('left'), right: beginning('right') }, signal);
  // What is wrong with the columns is said when both are read.
  if (mapped.kind !== 'mapped') return { why: { en: 'a key column is missing', ja: 'キーの列がありません' } };
  if (likenessOf(config, mapped.mapping.columns)) {
    return {
      why: {
        en: 'key rules, time zones and tolerances are applied by this program',
        ja: 'キーの規則、タイムゾーン、許容差は本プログラム側で適用します',
      },
    };
  }
  const { mapping } = mapped;
  const { findByChecksums } = await import('../../sync/push-down/checksums.ts');
  const reply = await findByChecksums(tables, mapping, { directory: await kit.directory(), seed }, signal);
  if (reply.kind === 'not-suited') return { why: reply.why };
  const join = async (): Promise<JoinReply> => {
    switch (reply.kind) {
      case 'pushed':
        return { kind: 'joined', joined: reply.joined };
      case 'failed':
        return { kind: 'failed', failure: reply.failure };
      case 'stopped':
        return { kind: 'failed', failure: stopped(subject.label) };
    }
  };
  return { sources, mapping, join };
};

/** Opens both sides, compares them and asks the other questions; what one step lacks, the next ones say. */
export const compareOne = async (subject: SyncSubject, run: Comparing): Promise<ComparedOne> => {
  const book = ledger(subject, run);
  try {
    return await comparedIn(book, subject, run);
  } catch (error) {
    const failure = lossOf(error, run, subject.label);
    if (!failure) throw error;
    book.lost(failure);
    return { checks: book.checks, diagnoses: [] };
  }
};

const comparedIn = async (book: Ledger, subject: SyncSubject, run: Comparing): Promise<ComparedOne> => {
  const { config } = subject;
  const { checks, step, later } = book;
  const away = sides.filter((side) => config[side].kind !== 'file');
  if (run.offline && away.length > 0) {
    const rows = away.map((side) => ({ target: `${side} ${sideName(config[side])}`, row: needsNetwork }));
    await step('sync.sources', async () => ({ rows, value: undefined }));
    later('sync.sources', ['sync.schema', 'sync.compare', 'sync.duplicates', 'sync.schedule']);
    return { checks, diagnoses: [] };
  }
  const { opened, pushed, refused, closeCluster } = await step('sync.sources', openBoth(subject, run));
  try {
    const [left, right] = opened.map(({ source }) => source);
    const rest = ['sync.schema', 'sync.compare', 'sync.duplicates', 'sync.schedule'];
    if (!left || !right || refused) {
      later('sync.sources', rest);
      return { checks, diagnoses: [] };
    }
    const sources = { left, right };
    if (pushed && config.key.left.length > 0) {
      const ready = await pushedDown(subject, sources, pushed, run);
      if ('join' in ready) return { checks, ...(await askAll(subject, ready, { run, book })) };
      if (config.engine.kind === 'clickhouse') {
        const rows = [{ target: 'engine', row: engineRefuses(ready.why) }];
        await step('sync.sources', async () => ({ rows, value: undefined }));
        later('sync.sources', rest);
        return { checks, diagnoses: [] };
      }
      // Who asked for it is told why it was not done.
      if (config.engine.kind === 'checksums') {
        const rows = [{ target: 'checksums', row: readAfterAll(ready.why) }];
        await step('sync.sources', async () => ({ rows, value: undefined }));
      }
    }
    const prepared = {
      left: opened[0]?.prepared ?? (await preparedOf(subject, 'left', left, run)),
      right: opened[1]?.prepared ?? (await preparedOf(subject, 'right', right, run)),
    };
    const proposed =
      config.key.left.length > 0 ? undefined : await proposedFor(subject, prepared, { signal: run.signal, step });
    if (config.key.left.length === 0 && !proposed) {
      later('sync.sources', rest);
      return { checks, diagnoses: [] };
    }
    const known = proposed ?? subject;
    const mapped = await mapSources(
      { config: known.config, left: prepared.left.source, right: prepared.right.source },
      run.signal,
    );
    if (mapped.kind !== 'mapped') {
      await step('sync.schema', async () => alone(failedRow(mapped.failure), undefined));
      later('sync.schema', ['sync.compare', 'sync.duplicates', 'sync.schedule']);
      return { checks, diagnoses: [] };
    }
    const { mapping } = mapped;
    const join = () => joinHere(known, prepared, mapping, run);
    const asked = await askAll(known, { sources, mapping, prepared, join }, { run, book });
    return { checks, ...asked };
  } finally {
    await closeCluster?.();
    await Promise.all(opened.map(({ source }) => source?.close()));
  }
};
