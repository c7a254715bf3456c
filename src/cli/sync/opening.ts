import { type Side, sides } from '../../model/sync/side.ts';
import type { OpenedSource, SourceReply } from '../../model/sync/source.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import { type PreparedSide, prepareSide } from '../../sync/prepared.ts';
import { type PushedTable, tablesOf } from '../../sync/push-down/pushed.ts';
import { type Comparing, stopped } from './comparing.ts';
import { openSide } from './open-side.ts';
import { toldSource } from './redact.ts';
import { engineRefuses, failedRow, sourceRow } from './rows.ts';
import { sideName } from './side-name.ts';
import { expectedWords, readOver, tellsReading, type Way } from './transfer.ts';

type Opening = Pick<Comparing, 'kit' | 'crm' | 'signal' | 'listener' | 'redact'>;

interface Replied {
  readonly side: Side;
  readonly reply: SourceReply;
}

/** Opens both sides; what has to be read once is read, unless their databases may do the work. */
export const openBoth = (subject: SyncSubject, run: Opening) => async () => {
  const { kit, crm, signal } = run;
  const { config } = subject;
  const asked = await Promise.allSettled(
    sides.map(async (side): Promise<Replied> => {
      const told = tellsReading(run, subject.label, `${side} ${sideName(config[side])}`);
      return { side, reply: await openSide(config[side], { ...kit, told }, crm, signal) };
    }),
  );
  const replies = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const sources = replies.map(({ reply }) => (reply.kind === 'opened' ? reply.source : undefined));
  const closing = sources.flatMap((source) => (source ? [source.close] : []));
  try {
    for (const one of asked) if (one.status === 'rejected') throw one.reason;
    const cluster = await inCluster(config, sources, { kit, signal });
    if (cluster?.kind === 'opened') closing.push(cluster.close);
    return await lookedInto(subject, run, { replies, sources, cluster });
  } catch (error) {
    // Nobody else knows of what is open by now.
    await Promise.allSettled(closing.map((close) => close()));
    throw error;
  }
};

/** What both sides are, and their records where they are read once. */
const lookedInto = async (
  subject: SyncSubject,
  run: Opening,
  {
    replies,
    sources,
    cluster,
  }: {
    readonly replies: readonly Replied[];
    readonly sources: readonly (OpenedSource | undefined)[];
    readonly cluster: Awaited<ReturnType<typeof inCluster>>;
  },
) => {
  const { config } = subject;
  const seen = cluster?.kind === 'opened' ? cluster : undefined;
  const pushed = seen ? { left: seen.left.table, right: seen.right.table } : tablesOf(config, sources);
  const stays = pushed !== undefined || cluster !== undefined;
  const ways = waysOf(pushed, seen);
  for (const { side, reply } of replies)
    if (ways[side].kind !== 'read' && reply.kind === 'opened') announce(run, config, side, reply.source, ways[side]);
  const opened = await Promise.all(
    replies.map(async ({ side, reply }) => {
      if (reply.kind === 'failed') return { side, name: sideName(config[side]), failure: reply.failure };
      const source = seen?.[side].source ?? reply.source;
      const prepared = stays ? undefined : await preparedOf(subject, side, source, run);
      return { side, name: source.facts.name, source, prepared };
    }),
  );
  const rows = opened.map(({ side, name, failure, source, prepared }) => {
    const lost = failure ?? prepared?.failure;
    const row = lost
      ? failedRow(lost)
      : source
        ? sourceRow(toldSource(prepared?.source.facts ?? source.facts, run.redact), ways[side], prepared?.filtered)
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

/** Who asks a database for checksums says before what they come to. */
const announce = (
  { listener }: Pick<Comparing, 'listener'>,
  config: SyncSubject['config'],
  side: Side,
  { facts }: OpenedSource,
  way: Way,
): void => {
  const says = expectedWords(facts, way);
  if (says)
    listener({ kind: 'check-announced', id: 'sync.sources', target: `${side} ${sideName(config[side])}`, says });
};

type Tables = Readonly<Record<Side, PushedTable>>;

const waysOf = (
  tables: Tables | undefined,
  cluster: Readonly<Record<Side, { readonly inPlace: boolean }>> | undefined,
): Readonly<Record<Side, Way>> => {
  if (!tables) return { left: { kind: 'read' }, right: { kind: 'read' } };
  const counts = sides.flatMap((side) => tables[side].count ?? []);
  const of = (side: Side): Way => ({
    kind: 'checksums',
    ...(counts.length > 0 ? { rows: Math.max(...counts) } : {}),
    cluster: cluster !== undefined,
    inPlace: cluster?.[side].inPlace ?? false,
  });
  return { left: of('left'), right: of('right') };
};

export const preparedOf = (
  { config, label }: SyncSubject,
  side: Side,
  source: OpenedSource,
  run: Pick<Comparing, 'kit' | 'signal' | 'listener'>,
): Promise<PreparedSide> => {
  const { filter } = config[side];
  const { kit, signal } = run;
  const tell = tellsReading(run, label, `${side} ${sideName(config[side])}`);
  return readOver(source, tell, (watched) =>
    prepareSide(watched, { ...(filter ? { filter } : {}), directory: kit.directory, signal }),
  );
};
