import { type Side, sides } from '../../model/sync/side.ts';
import type { OpenedSource, SourceFailure } from '../../model/sync/source.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { Text } from '../../model/text.ts';
import { bytesText } from '../../report/comparison/numbers.ts';
import { mapSources } from '../../sync/compare.ts';
import { claimedOf, type Joined } from '../../sync/joined.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import { ofSource } from '../../sync/prepared.ts';
import { BeginningLost, beginningOf, type PushedTable } from '../../sync/push-down/pushed.ts';
import type { Sampled } from '../../sync/push-down/sampled.ts';
import type { InCluster } from '../../sync/push-down/statistics.ts';
import { joinByRules } from '../../sync/rules/join.ts';
import { likenessOf } from '../../sync/rules/likeness.ts';
import { type Comparing, type Prepared, type Sources, seed, stopped } from './comparing.ts';

/** Below this two threads cost more than they bring. */
const threadedFrom = 16 * 1024 * 1024;

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

export type JoinReply =
  | { readonly kind: 'joined'; readonly joined: Joined }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

/** Both sides open, their columns brought together, and the way to join them. */
export interface Ready {
  readonly sources: Sources;
  readonly mapping: ColumnMapping;
  /** Absent where the databases do the work and rows do not come over. */
  readonly prepared?: Prepared;
  readonly join: () => Promise<JoinReply>;
  /** When the work began, where the databases have done it already. */
  readonly began?: number;
}

/** What one cluster has found by itself, in tables most of whose rows differ. */
export interface Clustered {
  readonly mapping: ColumnMapping;
  readonly found: InCluster;
  /** Records that came over to be looked at; absent where nobody has asked for what they tell. */
  readonly sample?: Sampled;
  readonly began: number;
}

/** Of the longer records of both sides. */
const rowBytesOf = (sources: Sources): number | undefined => {
  const each = sides.flatMap((side) => {
    const { rows = 0, bytes } = sources[side].facts.expected ?? {};
    return bytes === undefined || rows === 0 ? [] : [bytes / rows];
  });
  return each.length === 0 ? undefined : Math.max(...each);
};

const inCluster = async (
  tables: Readonly<Record<Side, PushedTable>>,
  sources: Sources,
  mapping: ColumnMapping,
  { kit, signal, wanted }: Comparing,
): Promise<Omit<Clustered, 'began'> | undefined> => {
  const { compareInCluster } = await import('../../sync/push-down/statistics.ts');
  const found = await compareInCluster(tables, mapping, signal);
  if (!found) return undefined;
  if (!wanted('sync.schema') && !wanted('sync.compare')) return { mapping, found };
  const { sampleInCluster } = await import('../../sync/push-down/sampled.ts');
  const about = { counts: found.counts, rowBytes: rowBytesOf(sources), directory: await kit.directory(), seed };
  const sample = await sampleInCluster(tables, mapping, about, signal);
  return { mapping, found, ...(sample ? { sample } : {}) };
};

/** Both sides on this machine. */
export const joinHere = async (
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
      keepAlone: true,
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
        left: [...left.rejected.first, ...ofSource(left, rejected.left)],
        right: [...right.rejected.first, ...ofSource(right, rejected.right)],
      },
      ...(gone ? { cut: gone } : {}),
    }),
  };
};

/** The same by checksums in both databases, or why rows have to come over after all. */
export const pushedDown = async (
  subject: SyncSubject,
  sources: Sources,
  tables: Readonly<Record<Side, PushedTable>>,
  run: Comparing,
): Promise<Ready | Clustered | { readonly lost: SourceFailure } | { readonly why: Text }> => {
  const { config } = subject;
  const { kit, signal } = run;
  const began = performance.now();
  const beginning = (side: Side): OpenedSource => beginningOf(sources[side], tables[side]);
  const mapped = await mapSources({ config, left: beginning('left'), right: beginning('right') }, signal).catch(
    (error: unknown) => {
      if (error instanceof BeginningLost) return { kind: 'lost' as const, failure: error.failure };
      throw error;
    },
  );
  if (mapped.kind === 'lost') return { lost: mapped.failure };
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
  let questions = 0;
  const passed = (bytes: number): void => {
    questions += 1;
    const says = {
      en: `checksums in the databases, ${questions} questions answered, ${bytesText(bytes)} came over`,
      ja: `データベース側でチェックサムを計算中（${questions} 問完了、転送済み ${bytesText(bytes)}）`,
    };
    run.listener({ kind: 'check-progressed', id: 'sync.compare', target: subject.label, says });
  };
  const reply = await findByChecksums(tables, mapping, { directory: await kit.directory(), seed, passed }, signal);
  if (reply.kind === 'not-suited') {
    // One server that holds both can tell by itself what makes so many differ.
    if (!reply.mostDiffer || config.engine.kind !== 'clickhouse') return { why: reply.why };
    try {
      const clustered = await inCluster(tables, sources, mapping, run);
      return clustered ? { ...clustered, began } : { why: reply.why };
    } catch (error) {
      if (signal.aborted) throw error;
      return { lost: tables.left.explained(error, 0) };
    }
  }
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
  return { sources, mapping, join, began };
};
