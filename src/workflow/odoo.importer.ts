import type { Suppression } from '../model/workflow/project.ts';
import type { Workflow } from '../model/workflow/workflow.ts';
import { nothingImported, uniqueIds } from './build.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { actionOf, automationOf, cronOf } from './odoo/automation.ts';
import { isOdooExport, jsonRecords, odooModels } from './odoo/json-records.ts';
import { type OdooRecord, referencesIn, shortId } from './odoo/record.ts';
import { indexed, type OdooRecords } from './odoo/records.ts';
import { xmlRecords } from './odoo/xml-records.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { readXml } from './source/xml.ts';
import { suppressionsOf } from './source/xml-suppressions.ts';

/** The records of one file; which of them are a workflow is known when all files are read. */
interface Kept {
  readonly records: readonly OdooRecord[];
}

const isKept = (kept: unknown): kept is Kept => typeof kept === 'object' && kept !== null && 'records' in kept;

const isDataFile = ({ text }: SourceText): boolean =>
  /<(?:odoo|openerp)[\s>]/.test(text.slice(0, 5_000)) &&
  odooModels.some((model) => text.includes(`"${model}"`) || text.includes(`'${model}'`));

const isExport = (source: SourceText): boolean =>
  odooModels.some((model) => source.text.includes(`"${model}"`)) && isJsonOf(source, [], isOdooExport);

/** Actions that a rule, a cron or another action runs are no workflow by themselves. */
const runByOthers = (records: readonly OdooRecord[]): ReadonlySet<string> =>
  new Set(
    records.flatMap((record) =>
      ['action_server_ids', 'action_server_id', 'ir_actions_server_id', 'child_ids'].flatMap((field) =>
        referencesIn(record, field).map(({ id }) => shortId(id)),
      ),
    ),
  );

const owned = (action: OdooRecord): boolean =>
  referencesIn(action, 'base_automation_id').length > 0 || referencesIn(action, 'parent_id').length > 0;

const workflowOf = (
  record: OdooRecord,
  records: OdooRecords,
  run: ReadonlySet<string>,
  unique: (wanted: string) => string,
): Workflow | undefined => {
  switch (record.model) {
    case 'base.automation':
      return automationOf(record, records, unique(record.id));
    case 'ir.cron':
      return cronOf(record, records, unique(record.id));
    case 'ir.actions.server':
      return run.has(shortId(record.id)) || owned(record) ? undefined : actionOf(record, records, unique(record.id));
    default:
      return undefined;
  }
};

const finish = (parts: readonly { readonly file: string; readonly imported: Imported }[]): readonly Imported[] => {
  const all = parts.flatMap(({ imported }) => (isKept(imported.kept) ? imported.kept.records : []));
  const records = indexed(all);
  const run = runByOthers(all);
  const unique = uniqueIds();
  return parts.map(({ imported }) => {
    const { kept, ...rest } = imported;
    if (!isKept(kept)) return imported;
    const workflows = kept.records.flatMap((record) => workflowOf(record, records, run, unique) ?? []);
    return { ...rest, workflows };
  });
};

const readData = (source: SourceText): Imported => {
  const reading = readXml(source.text, source.file);
  if (reading.kind === 'fault') {
    return { ...nothingImported, problems: [{ rule: reading.rule, place: reading.at, message: reading.says }] };
  }
  const suppressions: readonly Suppression[] = suppressionsOf(reading.root, reading.comments);
  const kept: Kept = { records: xmlRecords(reading.root) };
  return { ...nothingImported, suppressions, kept };
};

const readExport = (source: SourceText): Imported => {
  const { root, problems } = jsonOf(source);
  const kept: Kept = { records: oneOrMany(root).flatMap(jsonRecords) };
  return root ? { ...nothingImported, problems, kept } : { ...nothingImported, problems };
};

export const odoo: Importer = {
  kind: 'importer',
  name: 'Odoo',
  formats: ['OD'],
  recognises: (source) => isDataFile(source) || isExport(source),
  read: (source) => (isDataFile(source) ? readData(source) : readExport(source)),
  finish,
};
