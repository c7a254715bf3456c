import type { OpenedSource } from '../../model/sync/source.ts';
import type { SideConfig, SyncSubject } from '../../model/sync/subject.ts';
import { type PreparedSide, prepareSide } from '../../sync/prepared.ts';
import { tablesOf } from '../../sync/push-down/pushed.ts';
import { type Comparing, type Side, sides, stopped } from './comparing.ts';
import { openSide } from './open-side.ts';
import { printable } from './printable.ts';
import { engineRefuses, failedRow, sourceRow } from './rows.ts';

export const sideName = (side: SideConfig): string => {
  switch (side.kind) {
    case 'file':
      return printable(side.file);
    case 'database':
      return printable(side.table ?? side.url);
    case 'crm':
      return printable(`${side.type} of ${side.crm.label}`);
  }
};

/** Opens both sides; what has to be read once is read, unless their databases may do the work. */
export const openBoth =
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

export const preparedOf = (
  { config }: SyncSubject,
  side: Side,
  source: OpenedSource,
  { kit: { directory }, signal }: Pick<Comparing, 'kit' | 'signal'>,
): Promise<PreparedSide> => {
  const { filter } = config[side];
  return prepareSide(source, { ...(filter ? { filter } : {}), directory, signal });
};
