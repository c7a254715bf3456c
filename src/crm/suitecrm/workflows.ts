import type { CrmDefinition, CrmWorkflowRun } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { textIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import { withoutSecrets } from '../without-secrets.ts';
import type { Door, Row } from './door.ts';
import { momentIn } from './jobs.ts';

const workflowFields = [
  'name',
  'description',
  'flow_module',
  'flow_run_on',
  'status',
  'run_when',
  'multiple_runs',
  'run_on_import',
  'assigned_user_id',
  'modified_user_id',
];
const conditionFields = [
  'aow_workflow_id',
  'condition_order',
  'module_path',
  'field',
  'operator',
  'value_type',
  'value',
];
const actionFields = ['name', 'aow_workflow_id', 'action_order', 'action', 'parameters'];

const cut: Text = {
  en: 'only the first part of the workflows was read',
  ja: 'ワークフローの一部だけを読み取りました',
};

const hooks: Text = {
  en: 'logic hooks, which are PHP in the folder custom/, are not among the workflows',
  ja: 'custom/ フォルダーの PHP で書かれたロジックフックは、ワークフローには含まれません',
};

/** One workflow with its conditions and actions, in the shape of their tables. */
export const workflowsOf = async (
  door: Door,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<readonly CrmDefinition[]>> => {
  const flows = await door.all('AOW_WorkFlow', { fields: workflowFields, sort: 'id' }, signal, 2_000);
  const conditions = await door.all('AOW_Conditions', { fields: conditionFields, sort: 'id' }, signal, 20_000);
  const actions = await door.all('AOW_Actions', { fields: actionFields, sort: 'id' }, signal, 20_000);
  const root = await door.root(signal);
  const own = (rows: readonly Row[], id: string) => rows.filter((row) => row.aow_workflow_id === id);
  return {
    value: flows.rows.map((row) => {
      const name = client.printable(textIn(row.name) ?? row.id, 100);
      const tables = {
        aow_workflow: [row],
        aow_conditions: own(conditions.rows, row.id),
        aow_actions: own(actions.rows, row.id),
      };
      return {
        path: `suitecrm/AOW_WorkFlow/${row.id.replace(/[^\w-]/g, '_')}.json`,
        text: JSON.stringify(withoutSecrets(tables), null, 2),
        name,
        place: { en: `WorkFlow > ${name}`, ja: `ワークフロー > ${name}` },
        url: `${access.url}${root}/index.php?module=AOW_WorkFlow&action=DetailView&record=${encodeURIComponent(row.id)}`,
      };
    }),
    gaps: [hooks, ...(flows.whole && conditions.whole && actions.whole ? [] : [cut])],
  };
};

const states: Readonly<Record<string, CrmWorkflowRun['state']>> = {
  Pending: 'waiting',
  Running: 'running',
  Complete: 'ok',
  Failed: 'failed',
};

/** A mail action that dies leaves its run in `Running` for good. */
export const runsOf = async (
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<readonly CrmWorkflowRun[]>> => {
  const flows = await door.all('AOW_WorkFlow', { fields: ['name'], sort: 'id' }, signal, 2_000);
  const names = new Map(flows.rows.map(({ id, name }) => [id, textIn(name) ?? id]));
  const { rows } = await door.list(
    'AOW_Processed',
    { fields: ['aow_workflow_id', 'parent_id', 'parent_type', 'status', 'date_entered'], sort: '-date_entered' },
    signal,
  );
  return {
    value: rows.map((row) => {
      const id = textIn(row.aow_workflow_id) ?? '';
      const at = momentIn(row.date_entered);
      const status = textIn(row.status) ?? '';
      const record = [textIn(row.parent_type), textIn(row.parent_id)].filter(Boolean).join('/');
      return {
        workflow: client.printable(names.get(id) ?? id, 100),
        ...(at === undefined ? {} : { at }),
        state: states[status] ?? 'running',
        ...(record === '' ? {} : { record: client.printable(record, 100) }),
      };
    }),
  };
};
