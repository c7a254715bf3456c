import type { CrmDefinition, CrmWorkflowRun } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, textIn, utcIn } from '../reading.ts';
import { replied, unlessRefused } from '../refusal.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { adminNeeded, type Door, type Where } from './door.ts';
import { flowcharts, workflows } from './places.ts';

const noPack: Text = {
  en: 'workflows and process flowcharts belong to the Advanced Pack, which this EspoCRM does not have; formula scripts are in Administration > Entity Manager > ENTITY > Formula',
  ja: 'ワークフローとプロセスフローチャートは Advanced Pack の機能で、この EspoCRM には入っていません。フォーミュラは「管理 > エンティティマネージャー > エンティティ > フォーミュラ」にあります',
};

const formulas: Text = {
  en: 'formula scripts of the Entity Manager, which run before each save, are not among the workflows',
  ja: 'エンティティマネージャーのフォーミュラ（保存前に実行されるスクリプト）は、ワークフローには含まれません',
};

const kinds = {
  Workflow: {
    select: [
      'id',
      'name',
      'entityType',
      'type',
      'isActive',
      'conditionsAll',
      'conditionsAny',
      'conditionsFormula',
      'actions',
      'scheduling',
      'targetReportId',
      'signalName',
      'processOrder',
      'description',
      'modifiedById',
    ],
    place: workflows,
  },
  BpmnFlowchart: {
    select: ['id', 'name', 'targetType', 'isActive', 'data', 'description', 'modifiedById'],
    place: flowcharts,
  },
} as const;

const most = 2_000;

const definitionOf = (
  kind: keyof typeof kinds,
  row: Json,
  access: CrmAccess,
  client: CrmClient,
): CrmDefinition | undefined => {
  const id = idIn(row.id);
  if (id === undefined) return undefined;
  const name = client.printable(textIn(row.name) ?? id, 100);
  const asked: readonly string[] = kinds[kind].select;
  const known = Object.fromEntries(Object.entries(row).filter(([key]) => asked.includes(key)));
  return {
    path: `espocrm/${kind}/${id}.json`,
    text: JSON.stringify(withoutSecrets(known), null, 2),
    name,
    place: kinds[kind].place(name),
    url: `${access.url}/#${kind}/view/${encodeURIComponent(id)}`,
  };
};

const cut: Text = {
  en: `only the first ${most} workflows were read`,
  ja: `ワークフローは先頭の ${most} 件だけを読み取りました`,
};

/** Undefined where this EspoCRM has no such entity. */
const rowsOf = (door: Door, kind: keyof typeof kinds, signal: AbortSignal) =>
  unlessRefused(
    () => door.all(kind, { select: kinds[kind].select, orderBy: 'createdAt' }, signal, most),
    ['not-found'],
    () => undefined,
  );

export const workflowsOf = async (
  door: Door,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmDefinition[]>> => {
  let none = false;
  const reply = await replied(async () => {
    const rules = await rowsOf(door, 'Workflow', signal);
    const charts = await rowsOf(door, 'BpmnFlowchart', signal);
    none = !rules && !charts;
    return {
      value: [
        ...(rules?.items ?? []).flatMap((row) => definitionOf('Workflow', row, access, client) ?? []),
        ...(charts?.items ?? []).flatMap((row) => definitionOf('BpmnFlowchart', row, access, client) ?? []),
      ],
      gaps: [formulas, ...(rules?.whole === false || charts?.whole === false ? [cut] : [])],
    };
  });
  return none ? { kind: 'not-offered', why: noPack } : reply;
};

const states: Readonly<Record<string, CrmWorkflowRun['state']>> = {
  Created: 'waiting',
  Pending: 'waiting',
  Standby: 'waiting',
  Paused: 'waiting',
  Started: 'running',
  'In Process': 'running',
  Ended: 'ok',
  Processed: 'ok',
  Failed: 'failed',
  Interrupted: 'failed',
  Stopped: 'failed',
};

const newest = (
  door: Door,
  entity: string,
  select: readonly string[],
  signal: AbortSignal,
  where: readonly Where[] = [],
) =>
  unlessRefused(
    () => door.list(entity, { select, where, orderBy: 'createdAt', order: 'desc', maxSize: 100 }, signal, adminNeeded),
    ['not-found'],
    () => undefined,
  );

const runOf = (
  row: Json,
  state: CrmWorkflowRun['state'],
  says: string | undefined,
  client: CrmClient,
): CrmWorkflowRun => {
  const at = utcIn(row.createdAt);
  const target = [textIn(row.targetType), idIn(row.targetId)].filter(Boolean).join('/');
  const workflow =
    textIn(row.workflowName) ?? textIn(row.flowchartName) ?? idIn(row.workflowId) ?? idIn(row.flowchartId);
  return {
    workflow: client.printable(workflow ?? '', 100),
    ...(at === undefined ? {} : { at }),
    state,
    ...(says === undefined ? {} : { says: client.printable(says) }),
    ...(target === '' ? {} : { record: client.printable(target, 100) }),
  };
};

const whyNot: Text = {
  en: 'a rule that failed leaves no run: its reason is in data/logs/espo-DATE.log',
  ja: '失敗したワークフローは実行記録を残しません。理由は data/logs/espo-日付.log にあります',
};

export const runsOf = async (
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmWorkflowRun[]>> => {
  let none = false;
  const reply = await replied(async () => {
    const shared = ['id', 'createdAt', 'targetId', 'targetType'];
    const rules = await newest(door, 'WorkflowLogRecord', [...shared, 'workflowId', 'workflowName'], signal);
    const processes = await newest(
      door,
      'BpmnProcess',
      [...shared, 'status', 'flowchartId', 'flowchartName', 'endedAt'],
      signal,
    );
    const nodes = await newest(door, 'BpmnFlowNode', [...shared, 'status', 'flowchartId', 'elementType'], signal, [
      { type: 'equals', attribute: 'status', value: 'Failed' },
    ]);
    none = !rules && !processes;
    const runs = [
      ...(rules?.items ?? []).map((row) => runOf(row, 'ok', undefined, client)),
      ...(processes?.items ?? []).map((row) => {
        const status = textIn(row.status) ?? '';
        return runOf(row, states[status] ?? 'running', status, client);
      }),
      ...(nodes?.items ?? []).map((row) => runOf(row, 'failed', textIn(row.elementType), client)),
    ];
    return {
      value: runs.toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? '')),
      gaps: [whyNot],
    };
  });
  return none ? { kind: 'not-offered', why: noPack } : reply;
};
