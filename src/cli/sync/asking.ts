import type { Diagnosis } from '../../model/report.ts';
import type { DuplicatesFact, ScheduleFact, ValidationFact } from '../../model/sync/comparison.ts';
import type { WrittenFile } from '../../model/sync/report.ts';
import { opposite, type Side, sides } from '../../model/sync/side.ts';
import type { RowBatch } from '../../model/sync/source.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import { grouped } from '../../model/text.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';
import { equalUnder } from '../../reason/values/normal-rules.ts';
import { type Compared, compareSources } from '../../sync/compare.ts';
import { findDuplicates } from '../../sync/duplicates/find.ts';
import { JoinLost } from '../../sync/local-join.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import { scheduleOf } from '../../sync/schedule.ts';
import { askedOf } from '../../sync/validate/asked.ts';
import { validate } from '../../sync/validate/validate.ts';
import {
  type Asked,
  alone,
  type ComparedOne,
  type Comparing,
  lossOf,
  type Prepared,
  type Sources,
  stopped,
} from './comparing.ts';
import { comparisonReport } from './comparison-report.ts';
import { diagnosesOfComparison } from './diagnoses.ts';
import { logsOf, noLogs, timesOf } from './job-times.ts';
import type { Ready } from './joining.ts';
import type { Ledger } from './ledger.ts';
import { writeOutputs } from './outputs.ts';
import { milliseconds, printable } from './printable.ts';
import { redactedDuplicates, redactedFact, redactedSchedule, redactedValidation } from './redact.ts';
import { compareRow, duplicatesRow, scheduleRow, schemaRow } from './result-rows.ts';
import { failedRow, manyToSearch, rowsStay } from './rows.ts';
import { validatedOfDiffering } from './validated-differing.ts';

/** More records are searched for duplicates only where that is asked for: so many take up to a minute and 460 MiB (bench sync-duplicates). */
const manyRows = 1_000_000;

const validated = async (
  { config }: SyncSubject,
  {
    mapping,
    prepared,
    sources,
  }: { readonly mapping: ColumnMapping; readonly prepared: Prepared; readonly sources: Sources },
  { signal, redact }: Comparing,
): Promise<Asked<ValidationFact>> => {
  const found: ValidationFact['sides'][number][] = [];
  const { columns, positions } = mapping;
  const rowsOf = (side: Side) => (wanted: readonly number[]) => prepared[side].rows(signal, wanted);
  for (const side of sides) {
    const rows = rowsOf(side);
    const other = opposite(side);
    const { lookUp, facts } = sources[other];
    // What a filter leaves out holds its values all the same.
    const isWhole = config[other].filter === undefined && prepared[other].failure === undefined;
    const target = { facts, ...(isWhole ? { rows: rowsOf(other) } : {}), ...(lookUp ? { lookUp } : {}) };
    const keyed = keyForm(config.key.rules);
    const asked = await askedOf({ side, columns, positions, rows, target, keyForm: keyed }, signal);
    const demands = config.fields ? { demands: config.fields } : {};
    found.push(await validate({ side, rows, positions: positions[side], ...demands, ...asked }, columns, signal));
  }
  const fact = redact ? redactedValidation({ sides: found }) : { sides: found };
  return alone(schemaRow(fact), fact);
};

const searched = async (
  { config, label }: SyncSubject,
  mapping: ColumnMapping,
  prepared: Prepared,
  { kit, signal, redact, listener }: Comparing,
): Promise<Asked<DuplicatesFact>> => {
  let read = 0;
  let told = performance.now();
  const watched = async function* (rows: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
    for await (const batch of rows) {
      if (batch.kind === 'rows') read += batch.rows.length;
      if (performance.now() - told > 200) {
        told = performance.now();
        const says = { en: `${grouped(read)} records read`, ja: `${grouped(read)} 件読み取り済み` };
        listener({ kind: 'check-progressed', id: 'sync.duplicates', target: label, says });
      }
      yield batch;
    }
  };
  const both = sides.map((side) => {
    return { side, rows: watched(prepared[side].rows(signal)), positions: mapping.positions[side] };
  });
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

/** What can be asked once both sides are open and their columns belong together. */
export const askAll = async (
  subject: SyncSubject,
  { sources, mapping, prepared, join, began }: Ready,
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
  const ofDiffering = async (): Promise<Asked<ValidationFact | undefined>> => {
    const reply = await join();
    return reply.kind === 'failed'
      ? alone(failedRow(reply.failure), undefined)
      : validatedOfDiffering(subject, mapping, { joined: reply.joined, only: 'differing', sources }, run);
  };
  const validation = inTime('sync.schema')
    ? await step('sync.schema', () =>
        kept<ValidationFact | undefined>(() =>
          prepared ? validated(subject, { mapping, prepared, sources }, run) : ofDiffering(),
        ),
      )
    : undefined;
  const compares = wanted('sync.compare') || wanted('sync.schedule');
  if (!compares) later('sync.compare', ['sync.compare']);
  const told = { label, language, command };
  const logs = compares ? await logsOf(config, run) : noLogs;
  const compared = compares
    ? await step(
        'sync.compare',
        () =>
          kept<ComparedWith | undefined>(async () => {
            const start = began ?? performance.now();
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
                signal,
                // What is to be added is read, not a sample of it.
                ...(run.outputs.patch ? { mostLone: joined.missing.length } : {}),
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
        began,
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
          const found = scheduleOf(timesOf(subject, sources, logs, run.now), compared.updated, {
            logFailures: logs.failures,
            ...(compared.knownUntil === undefined ? {} : { knownUntil: compared.knownUntil }),
          });
          const fact = redact ? redactedSchedule(found) : found;
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
