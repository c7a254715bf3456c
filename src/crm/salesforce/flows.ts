import type { CrmDefinition } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered } from '../cloud/answering.ts';
import { idIn, isObject, type Json, numberIn, objectIn, textIn } from '../reading.ts';
import { rights } from './errors.ts';
import { metadataXml } from './metadata-xml.ts';
import { type Org, query } from './query.ts';

/** One request each. */
const mostFlows = 300;

/** Of each flow the active version, else the newest. */
const versionsOf = (rows: readonly Json[]): readonly Json[] => {
  const best = new Map<string, Json>();
  const rank = (row: Json): number => (row.Status === 'Active' ? 1e9 : 0) + (numberIn(row.VersionNumber) ?? 0);
  for (const row of rows) {
    const flow = idIn(row.DefinitionId);
    if (flow === undefined) continue;
    const other = best.get(flow);
    if (!other || rank(row) > rank(other)) best.set(flow, row);
  }
  return [...best.values()];
};

const notRead: Text = {
  en: 'workflow rules and approval processes are not read this way: retrieve them with the Salesforce CLI and name the folder under workflow.files',
  ja: 'ワークフロールールと承認プロセスはこの方法では取得しません。Salesforce CLI で取得し、そのフォルダーを workflow.files に指定してください',
};

const definitionOf = (row: Json, metadata: Json, org: Org): CrmDefinition => {
  const id = idIn(row.Id) ?? '';
  const known = textIn(objectIn(row.Definition).DeveloperName) ?? id;
  const api = /^\w{1,120}$/.test(known) ? known : id.replace(/\W/g, '_');
  const label = org.printable(textIn(metadata.label) ?? textIn(row.MasterLabel) ?? api, 120);
  return {
    path: `salesforce/flows/${api}.flow-meta.xml`,
    text: metadataXml('Flow', metadata),
    name: label,
    place: {
      en: `Setup > Process Automation > Flows > ${label}`,
      ja: `設定 > プロセスの自動化 > フロー > ${label}`,
    },
    url: `${org.site}/builder_platform_interaction/flowBuilder.app?flowId=${encodeURIComponent(id)}`,
  };
};

/** Flows with all their elements, as the Metadata API writes them. */
export const readFlows = async (org: Org, signal: AbortSignal): Promise<CrmReply<readonly CrmDefinition[]>> => {
  const right = rights.flows;
  const list = await query(
    org,
    "SELECT Id, DefinitionId, Definition.DeveloperName, Status, VersionNumber, MasterLabel FROM Flow WHERE Status IN ('Active', 'Draft', 'InvalidDraft') ORDER BY Id",
    { right, tooling: true, most: 10_000 },
    signal,
  );
  if (list.kind === 'failed') return list;
  const flows = versionsOf(list.rows);
  const definitions: CrmDefinition[] = [];
  const hidden: string[] = [];
  for (const row of flows.slice(0, mostFlows)) {
    const id = idIn(row.Id) ?? '';
    if (!/^\w{15,18}$/.test(id)) continue;
    // Metadata comes with one row at a time only.
    const one = await query(org, `SELECT Metadata FROM Flow WHERE Id = '${id}'`, { right, tooling: true }, signal);
    if (one.kind === 'failed' && one.failure.kind !== 'not-found' && one.failure.kind !== 'too-large') return one;
    const metadata = one.kind === 'rows' ? one.rows[0]?.Metadata : undefined;
    if (isObject(metadata)) definitions.push(definitionOf(row, metadata, org));
    else hidden.push(org.printable(textIn(row.MasterLabel) ?? id, 80));
  }
  return answered(definitions, [
    notRead,
    ...(hidden.length > 0
      ? [
          {
            en: `flows whose inside is not shown (managed packages): ${hidden.slice(0, 10).join(', ')}`,
            ja: `内容が公開されていないフロー（管理パッケージ）: ${hidden.slice(0, 10).join(', ')}`,
          },
        ]
      : []),
    ...(flows.length > mostFlows || !list.whole
      ? [{ en: `only the first ${mostFlows} flows`, ja: `最初の ${mostFlows} 件のフローだけです` }]
      : []),
  ]);
};
