import type { CrmWorkflowRun } from '../../model/crm/answers.ts';
import type { Text } from '../../model/text.ts';
import { idIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { archivedToo, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';

const onlyTimed: Text = {
  en: 'runs of rules that a record or a webhook starts: Odoo keeps no record of them',
  ja: 'レコードや Webhook で起動する規則の実行履歴（Odoo は記録を残しません）',
};

/** Odoo keeps the last run of rules by time, nothing else. */
export const runsOf = async ({ calls }: OdooDoor, signal: AbortSignal): Promise<Found<readonly CrmWorkflowRun[]>> => {
  const ask = { domain: [archivedToo, ['last_run', '!=', false]], fields: ['last_run'] };
  const rows = await unlessRefused(
    () => searchRead(calls, 'base.automation', ask, signal),
    ['not-found'],
    () => {},
  );
  return {
    value: (rows ?? []).flatMap((row) => {
      const at = utcIn(row.last_run);
      return at === undefined
        ? []
        : [{ workflow: `odoo/base.automation/${idIn(row.id)}.json`, at, state: 'ok' as const }];
    }),
    gaps: [onlyTimed],
  };
};
