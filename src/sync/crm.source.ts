import type { CrmRecordPage, CrmRecordQuery, CrmTraffic } from '../model/crm/connector.ts';
import type { CrmSubject } from '../model/crm/subject.ts';
import type { SourceColumn } from '../model/sync/column.ts';
import type {
  OpenedSource,
  RowBatch,
  SourceDriver,
  SourceFacts,
  SourceFailure,
  SourceNote,
  SourceReply,
  SourceRow,
} from '../model/sync/source.ts';
import type { CrmSide } from '../model/sync/subject.ts';
import type { Crm } from '../model/world.ts';
import { failureOf } from './crm/failures.ts';
import { finisher } from './crm/finish.ts';
import { type KnownField, knownTypes } from './crm/known-fields.ts';
import { type Watch, watch } from './crm/progress.ts';
import { openShelf, type Shelf } from './crm/shelf.ts';
import { filterOf, keptBy } from './databases/filter.ts';
import { nearest } from './databases/nearest.ts';
import { codeOf, writeFailure } from './files/fault.ts';

/** What of a CRM is asked here. */
export interface CrmReading extends Pick<Crm, 'ask' | 'product'> {
  readonly records: (subject: CrmSubject, query: CrmRecordQuery, signal: AbortSignal) => AsyncIterable<CrmRecordPage>;
  readonly traffic?: (subject: CrmSubject) => CrmTraffic | undefined;
}

const batchRows = 1_000;

/** CRMs that keep archived or deleted records, and show them only when they are asked to. */
const withArchive: readonly string[] = ['salesforce', 'hubspot', 'zoho', 'odoo', 'tryton', 'rt'];

const archived: SourceNote = {
  id: 'archived-left-out',
  says: {
    en: 'Archived and deleted records of the CRM are not among these.',
    ja: 'CRM でアーカイブまたは削除されたレコードは含みません。',
  },
};

const leftOutNote = (names: readonly string[]): SourceNote => {
  const shown = names.slice(0, 10).join(', ');
  const more = names.length > 10 ? names.length - 10 : 0;
  return {
    id: 'columns-left-out',
    says: {
      en: `The service takes no more fields at once; not read: ${shown}${more > 0 ? ` and ${more} more` : ''}.`,
      ja: `一度に取得できる項目数の上限のため、次の項目は読み取っていません: ${shown}${more > 0 ? ` ほか ${more} 件` : ''}`,
    },
  };
};

const tooManyNote: SourceNote = {
  id: 'columns-left-out',
  says: {
    en: 'The records have more columns than are read; the last ones are left out.',
    ja: '列の数が上限を超えているため、後ろの列は読み取っていません。',
  },
};

/** What came of reading all records. */
interface Fetched {
  readonly rows: number;
  readonly pageSize?: number;
  readonly leftOut: readonly string[];
  readonly failure?: SourceFailure;
  /** The very first answer was that there is no such type. */
  readonly unknown: boolean;
}

const isUnknownType = (page: Extract<CrmRecordPage, { kind: 'failed' }>, type: string): boolean => {
  const { kind, what } = page.failure;
  return kind === 'not-found' || (kind === 'config' && what === type);
};

const fetchAll = async (
  pages: AsyncIterable<CrmRecordPage>,
  shelf: Shelf,
  {
    what,
    type,
    directory,
    signal,
    watching,
  }: {
    readonly what: string;
    readonly type: string;
    readonly directory: string;
    readonly signal: AbortSignal;
    readonly watching: Watch;
  },
): Promise<Fetched> => {
  let [rows, count, size] = [0, 0, 0];
  let leftOut: readonly string[] = [];
  const told = (failure?: SourceFailure, unknown = false): Fetched => ({
    rows,
    ...(count > 1 ? { pageSize: size } : {}),
    leftOut,
    unknown,
    ...(failure ? { failure } : {}),
  });
  /** Whatever it is that ends the pages, what had come is written. */
  const ended = async (failure?: SourceFailure, unknown = false): Promise<Fetched> => {
    try {
      await shelf.end();
    } catch (error) {
      return told(writeFailure(error, directory));
    }
    return told(failure, unknown);
  };
  const stopped = (): SourceFailure => ({ kind: 'interrupted', what, says: 'stopped', after: rows });
  for await (const page of pages) {
    if (signal.aborted) return ended(stopped());
    if (page.kind === 'failed')
      return ended(failureOf(page.failure, what, rows), rows === 0 && isUnknownType(page, type));
    if (count === 0) [leftOut, size] = [page.leftOut ?? [], page.records.length];
    count += 1;
    try {
      await shelf.add(page.records);
    } catch (error) {
      return told(writeFailure(error, directory));
    }
    rows += page.records.length;
    watching.page(page);
  }
  return ended(signal.aborted ? stopped() : undefined);
};

const columnOf = (name: string, known: ReadonlyMap<string, KnownField> | undefined): SourceColumn => ({
  name,
  ...known?.get(name)?.column,
});

/** The records of one type of a CRM. They are read once, when the side is opened, into a file in the private directory. */
export const crmSource = (crm: CrmReading): SourceDriver<CrmSide> => ({
  id: 'crm',
  open: async (side, kit, signal): Promise<SourceReply> => {
    const { crm: subject, type } = side;
    const what = kit.printable(`${type} of ${subject.label}`);
    const failed = (failure: SourceFailure): SourceReply => ({ kind: 'failed', failure });
    const at = new Date().toISOString();

    const who = await crm.ask(subject, 'identity', signal);
    if (who.kind === 'failed') return failed(failureOf(who.failure, what, 0));
    const product = await crm.product(subject.config.type);
    const connector = product?.type ?? subject.config.type.toLowerCase();
    const common = product?.recordTypes ?? {};
    const schema = await crm.ask(subject, 'schema', signal);
    const types = knownTypes(schema.kind === 'answered' ? schema.value.text : '');
    const known = types.fieldsOf((Object.hasOwn(common, type) ? common[type] : undefined) ?? type);

    const directory = await kit.directory();
    let shelf: Shelf;
    try {
      shelf = await openShelf(directory);
    } catch (error) {
      return failed(writeFailure(error, directory));
    }
    const watching = watch(() => crm.traffic?.(subject), kit.told);
    const pages = crm.records(subject, { type }, signal);
    const fetched = await fetchAll(pages, shelf, { what, type, directory, signal, watching }).finally(watching.end);
    if (fetched.unknown) {
      await shelf.remove();
      const names = [...new Set([...Object.keys(common), ...types.names])];
      const hint = nearest(type, names).map((name) => kit.printable(name, 100));
      return failed({ kind: 'not-found', what, ...(hint.length > 0 ? { hint } : {}) });
    }
    const seen = shelf.columns();
    if (fetched.rows === 0 && fetched.failure) {
      await shelf.remove();
      return failed(fetched.failure);
    }
    // Without a single record only the schema knows the columns.
    const names = seen.length > 0 ? seen.map(({ name }) => name) : [...(known?.keys() ?? [])];
    if (names.length === 0) {
      await shelf.remove();
      return failed({ kind: 'empty', what });
    }
    const filter = filterOf(side.filter, names);
    if (filter.kind === 'unknown') {
      await shelf.remove();
      const hint = nearest(filter.column, names).map((name) => kit.printable(name, 100));
      return failed({ kind: 'not-found', what: kit.printable(`column ${filter.column}`), hint });
    }
    const isKept = keptBy(filter.rules);
    const zone = who.kind === 'answered' ? who.value.timeZone : undefined;
    const writer = { crm: connector, ...(zone === undefined ? {} : { zone }) };
    const finish = seen.map((column) => finisher(column, known?.get(column.name)?.type, writer));

    const rows = async function* (stop: AbortSignal): AsyncGenerator<RowBatch> {
      let batch: SourceRow[] = [];
      let after = 0;
      try {
        for await (const cells of shelf.records()) {
          const row = finish.map((one, place) => one(cells[place] ?? ''));
          if (!isKept(row)) continue;
          batch.push(row);
          after += 1;
          if (batch.length < batchRows) continue;
          yield { kind: 'rows', rows: batch };
          batch = [];
          if (stop.aborted) break;
        }
      } catch (error) {
        yield { kind: 'failed', failure: { kind: 'interrupted', what, says: codeOf(error), after } };
        return;
      }
      if (stop.aborted) {
        yield { kind: 'failed', failure: { kind: 'interrupted', what, says: 'stopped', after } };
        return;
      }
      if (batch.length > 0) yield { kind: 'rows', rows: batch };
      if (fetched.failure) yield { kind: 'failed', failure: fetched.failure };
    };

    const { name, version } = who.kind === 'answered' ? who.value : { name: undefined, version: undefined };
    const facts: SourceFacts = {
      format: `crm:${connector}`,
      name: what,
      columns: names.map((column) => columnOf(column, known)),
      ...(side.filter || fetched.failure ? {} : { rows: { count: fetched.rows, exact: true } }),
      at,
      ...(name === undefined ? {} : { server: version === undefined ? name : `${name} ${version}` }),
      ...(fetched.pageSize === undefined ? {} : { pageSize: fetched.pageSize }),
      expected: watching.expected(),
      came: watching.came(),
      notes: [
        ...(withArchive.includes(connector) ? [archived] : []),
        ...(fetched.leftOut.length > 0
          ? [leftOutNote(fetched.leftOut.map((column) => kit.printable(column, 100)))]
          : []),
        ...(shelf.isFull() ? [tooManyNote] : []),
      ],
    };
    const source: OpenedSource = { facts, rows, close: shelf.remove };
    return { kind: 'opened', source };
  },
});
