import type { Runbook } from '../../../runbook/runbook.ts';
import type { FoundRun } from '../../../runbook/runs.ts';
import { UsageError } from '../../command.ts';

export type KeptRun = Extract<FoundRun, { readonly kind: 'found' }>;

/** A recorded run by its id, its beginning or `last`; anything else is a wrong call. */
export const foundRun = async (runbook: Runbook, wanted: string): Promise<KeptRun> => {
  const found = await runbook.run(wanted);
  switch (found.kind) {
    case 'found':
      return found;
    case 'none':
      throw new UsageError(
        wanted === 'last'
          ? { en: 'no run is recorded yet', ja: 'まだ記録された検査がありません' }
          : {
              en: `no run ${wanted} is recorded; \`crm-doctor runbook list\` shows them`,
              ja: `${wanted} という記録はありません。\`crm-doctor runbook list\` で一覧を表示できます`,
            },
      );
    case 'ambiguous':
      throw new UsageError({
        en: `${wanted} fits several runs: ${found.ids.join(', ')}`,
        ja: `${wanted} に当てはまる記録が複数あります: ${found.ids.join('、')}`,
      });
    case 'unreadable':
      throw new UsageError({
        en: `${found.path} is no readable run`,
        ja: `${found.path} は検査の記録として読み取れません`,
      });
    case 'failed':
      throw new UsageError(found.text);
  }
};
