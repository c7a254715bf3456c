import type {
  Expected,
  OpenedSource,
  RowBatch,
  SourceDriver,
  SourceFailure,
  SourceKit,
  SourceNote,
  SourceReply,
} from '../model/sync/source.ts';
import type { DatabaseSide } from '../model/sync/subject.ts';
import { connected } from './databases/connect.ts';
import { filterOf, keptBy, pushedDown } from './databases/filter.ts';
import { lookUpOf } from './databases/look-up.ts';
import { nearest } from './databases/nearest.ts';
import type { Shape } from './databases/reading.ts';
import { withTable } from './push-down/pushed.ts';

const expectedOf = ({ count, bytes, bytesAtMost }: Shape, { filter }: DatabaseSide): Expected => ({
  ...(count === undefined ? {} : { rows: count }),
  ...(bytes === undefined ? {} : { bytes }),
  ...((filter && count !== undefined) || bytesAtMost ? { atMost: true } : {}),
});

/** What this user may not read: a comparison by another one may see more. */
const notesOf = (
  { hidden = [], rowPolicy }: Shape,
  what: string,
  printable: SourceKit['printable'],
): readonly SourceNote[] => {
  const shown = hidden
    .slice(0, 10)
    .map((name) => printable(name))
    .join(', ');
  const more = Math.max(0, hidden.length - 10);
  const columns: SourceNote = {
    id: 'columns-left-out',
    says: {
      en: `${what}: this user may not read ${shown}${more > 0 ? ` and ${more} more` : ''}.`,
      ja: `${what}: このユーザーには読み取り権限のない列があります: ${shown}${more > 0 ? ` ほか ${more} 件` : ''}`,
    },
  };
  const rows: SourceNote = {
    id: 'rows-left-out',
    says: {
      en: `${what}: row level security applies to this user, records that it may not see are not among these.`,
      ja: `${what}: このユーザーには行レベルセキュリティが適用され、閲覧を許可されていないレコードは含まれません。`,
    },
  };
  return [...(hidden.length > 0 ? [columns] : []), ...(rowPolicy ? [rows] : [])];
};

const opened = async (side: DatabaseSide, kit: SourceKit, signal: AbortSignal): Promise<SourceReply> => {
  const reply = await connected(side, kit, signal);
  if (reply.kind === 'failed') return reply;
  const { engine, session, shape, what, explained } = reply.connection;
  const names = shape.columns.map(({ name }) => name);
  const filter = filterOf(side.filter, names);
  if (filter.kind === 'unknown') {
    await session.close();
    const hint = nearest(filter.column, names);
    return { kind: 'failed', failure: { kind: 'not-found', what: kit.printable(filter.column), hint } };
  }
  // What a query selects is filtered by whoever wrote it, or here.
  const { where, rest } =
    side.table === undefined
      ? { where: { sql: '', values: [] }, rest: filter.rules }
      : pushedDown(filter.rules, shape.columns, engine.dialect);
  const select = { sql: `${shape.all}${where.sql}`, values: where.values, columns: shape.columns };
  const keep = rest.length === 0 ? undefined : keptBy(rest);
  const rows = async function* (stop: AbortSignal): AsyncIterable<RowBatch> {
    let after = 0;
    try {
      for await (const batch of session.read(select, stop)) {
        after += batch.length;
        yield { kind: 'rows', rows: keep ? batch.filter(keep) : batch };
      }
    } catch (error) {
      // The driver's words are about how it was stopped.
      const failure: SourceFailure = stop.aborted
        ? { kind: 'interrupted', what, says: 'stopped', after }
        : explained(error, after);
      yield { kind: 'failed', failure };
    }
  };
  const source: OpenedSource = {
    facts: {
      format: engine.id,
      name: what,
      columns: shape.columns,
      ...(shape.constraints && shape.constraints.length > 0 ? { constraints: shape.constraints } : {}),
      ...(shape.count === undefined || side.filter ? {} : { rows: { count: shape.count, exact: false } }),
      ...(engine.id === 'sqlite' ? {} : { expected: expectedOf(shape, side) }),
      at: session.at,
      server: session.server,
      notes: notesOf(shape, what, kit.printable),
    },
    rows,
    ...(side.table === undefined ? {} : { lookUp: lookUpOf({ engine, session, shape, explained }) }),
    close: session.close,
  };
  const { dialect } = engine;
  const pushes = side.table !== undefined && keep === undefined;
  if (!pushes) return { kind: 'opened', source };
  const { columns, from, count } = shape;
  const table = { dialect, columns, from, where, read: session.read, explained };
  return { kind: 'opened', source: withTable(source, { ...table, ...(count === undefined ? {} : { count }) }) };
};

/** A table or a query of a database, read only, in one snapshot. */
export const databaseSource: SourceDriver<DatabaseSide> = { id: 'database', open: opened };
