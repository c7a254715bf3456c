import type { CrmDefinition } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered } from '../cloud/answering.ts';
import type { Api } from '../cloud/ask.ts';
import { idIn, textIn } from '../reading.ts';
import { scope } from './errors.ts';
import { list } from './pages.ts';

/** One request each. */
const mostFlows = 500;

const ending: Text = {
  en: 'read with version v4 of the API, which HubSpot supports until 2027-03-30',
  ja: 'API の v4 で取得しています（HubSpot のサポートは 2027-03-30 まで）',
};

/** Workflows, each as the API tells it. */
export const readFlows = async (
  {
    api,
    printable,
    site,
  }: {
    readonly api: Api;
    readonly printable: (text: string, most?: number) => string;
    /** `https://app.hubspot.com/workflows/12345` */
    readonly site: string | undefined;
  },
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmDefinition[]>> => {
  const right = scope('automation');
  const flows = await list(api, { path: '/automation/v4/flows', right, most: mostFlows }, signal);
  if (flows.kind === 'failed') return flows;
  const definitions: CrmDefinition[] = [];
  const hidden: string[] = [];
  for (const row of flows.rows) {
    const id = idIn(row.id);
    if (id === undefined || !/^\d{1,20}$/.test(id)) continue;
    const name = printable(textIn(row.name) ?? id, 120);
    const one = await api({ path: `/automation/v4/flows/${id}`, right }, signal);
    if (one.kind === 'failed') {
      // A flow that uses sensitive data needs a scope of its own; one may be deleted meanwhile.
      if (one.failure.kind !== 'permission' && one.failure.kind !== 'not-found') return one;
      hidden.push(name);
      continue;
    }
    definitions.push({
      path: `hubspot/flows/${id}.json`,
      text: JSON.stringify(one.object, undefined, 2),
      name,
      place: { en: `Automation > Workflows > ${name}`, ja: `自動化 > ワークフロー > ${name}` },
      ...(site === undefined ? {} : { url: `${site}/platform/flow/${id}/edit` }),
    });
  }
  return answered(definitions, [
    ending,
    ...(hidden.length > 0
      ? [
          {
            en: `not readable with this key (sensitive data needs scopes of its own): ${hidden.slice(0, 10).join(', ')}`,
            ja: `このキーでは読み取れません（機密データには別のスコープが必要です）: ${hidden.slice(0, 10).join(', ')}`,
          },
        ]
      : []),
    ...(flows.whole
      ? []
      : [{ en: `only the first ${mostFlows} workflows`, ja: `最初の ${mostFlows} 件のワークフローだけです` }]),
  ]);
};
