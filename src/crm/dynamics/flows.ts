import type { CrmDefinition } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered, unread } from '../cloud/answering.ts';
import { jsonIn } from '../cloud/json-text.ts';
import { idIn, isObject, type Json, numberIn, objectIn, textIn } from '../reading.ts';
import { readOf } from './errors.ts';
import { type Environment, pageOf, rowsOf } from './rows.ts';

/** statecode of Workflow, in the words of Power Automate. */
const states: Readonly<Record<number, string>> = { 0: 'Stopped', 1: 'Started', 2: 'Suspended' };

const mostFlows = 500;

const onlySolutions: Text = {
  en: 'only flows that are part of a solution: those under "My flows" are not in Dataverse (export them as a package and name it under workflow.files)',
  ja: 'ソリューション内のフローだけです。「マイ フロー」のフローは Dataverse にないため、パッケージとしてエクスポートし workflow.files に指定してください',
};

/** The columns say what the definition itself leaves out: its name, and whether it is switched on. */
const flowText = (clientdata: string, row: Json): string | undefined => {
  const flow = jsonIn(clientdata);
  if (!isObject(flow)) return undefined;
  const state = states[numberIn(row.statecode) ?? -1];
  const name = textIn(row.name);
  const properties = {
    ...objectIn(flow.properties),
    ...(name === undefined ? {} : { displayName: name }),
    ...(state === undefined ? {} : { state }),
  };
  return JSON.stringify({ ...flow, properties }, undefined, 2);
};

const definitionOf = (row: Json, { printable }: Environment): CrmDefinition | undefined => {
  const id = idIn(row.workflowid);
  const text = flowText(textIn(row.clientdata) ?? '', row);
  if (id === undefined || !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) || text === undefined)
    return undefined;
  const name = printable(textIn(row.name) ?? id, 120);
  const file = name.replace(/[^\p{L}\p{N}_ -]/gu, '_').trim() || 'flow';
  return {
    path: `dynamics/Workflows/${file}-${id.toUpperCase()}.json`,
    text,
    name,
    place: {
      en: `Power Automate > Solutions > (solution) > Cloud flows > ${name}`,
      ja: `Power Automate > ソリューション >（ソリューション）> クラウド フロー > ${name}`,
    },
  };
};

/** Cloud flows of solutions, as a solution's export holds them. */
export const readFlows = async (
  environment: Environment,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmDefinition[]>> => {
  const right = readOf('Workflow');
  const flows = await rowsOf(
    environment,
    {
      path: '/workflows',
      query: { $select: 'workflowid,name,statecode,clientdata', $filter: 'category eq 5 and type eq 1' },
      right,
      size: 50,
      most: mostFlows,
    },
    signal,
  );
  if (flows.kind === 'failed') return flows;
  const classic = await pageOf(
    environment,
    {
      path: '/workflows',
      query: { $select: 'workflowid', $filter: '(category eq 0 or category eq 2) and type eq 1', $count: true },
      right,
      size: 1,
    },
    signal,
  );
  const read = flows.rows.map((row) => definitionOf(row, environment));
  const broken = read.filter((one) => one === undefined).length;
  const others = classic.kind === 'page' ? (classic.total ?? classic.rows.length) : 0;
  return answered(
    read.flatMap((one) => one ?? []),
    [
      onlySolutions,
      ...unread([classic]),
      ...(others > 0
        ? [
            {
              en: `${others} classic workflows and business rules are not read (they are stored as XAML)`,
              ja: `クラシック ワークフローとビジネス ルール ${others} 件は読み取っていません（XAML 形式のため）`,
            },
          ]
        : []),
      ...(broken > 0
        ? [{ en: `${broken} flows could not be read`, ja: `${broken} 件のフローは読み取れませんでした` }]
        : []),
      ...(flows.whole
        ? []
        : [{ en: `only the first ${mostFlows} flows`, ja: `最初の ${mostFlows} 件のフローだけです` }]),
    ],
  );
};
