import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { crmMailSettings, fetchesNothing } from './mail-settings.check.ts';
import { settingsSeen } from './settings-seen.ts';

interface Gap {
  readonly product: string;
  readonly account: string;
  readonly place: Text;
  readonly day: string;
}

export const fetchSinceGap = defineCrmCause<Gap>({
  id: 'crm.fetch-since-gap',
  title: both('The CRM fetches mail from a later day on only', 'CRM が取り込む期間の開始日が先の日付です'),
  about: both(
    'Some CRMs fetch only mail that arrived from a set day on. A day that lies ahead (a slip of the year, day and month changed over) lets every message pass by: the connection is well, the job runs, and nothing comes in.',
    'CRM によっては、指定した日以降に届いたメールだけを取り込みます。開始日が先の日付になっていると（年の入力間違い、月日の取り違えなど）、接続もジョブも正常なのに、どのメールも取り込まれません。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const seen = settingsSeen(evidence);
    if (!seen) return [];
    const { product, at } = seen.fact;
    return seen.settings.accounts
      .filter((account) => fetchesNothing(account, at))
      .map(({ name, place, fetchSince }) => {
        const day = (fetchSince ?? '').slice(0, 10);
        return {
          detail: { product, account: name, place, day },
          severity: 'critical' as const,
          confidence: 0.95,
          affects: [label, `${label} incoming`],
          evidence: [
            {
              check: crmMailSettings,
              says: both(`"${name}" fetches from ${day} on`, `「${name}」の開始日は ${day} です`),
            },
          ],
        };
      });
  },
  because: ({ product, account, day }) =>
    both(
      `${product} fetches for "${account}" only mail from ${day} on, and that day is yet to come: nothing is fetched until then.`,
      `${product} の「${account}」は ${day} 以降のメールだけを取り込む設定で、その日はまだ来ていません。それまで何も取り込まれません。`,
    ),
  steps: ({ product, place, day }) => [
    both(`In ${product}, open: ${place.en}.`, `${product} で次の画面を開きます: ${place.ja}。`),
    both(
      `Set the day from which mail is fetched (now ${day}) to the last day on which mail came in.`,
      `取り込みの開始日（現在は ${day}）を、最後に取り込めた日に変更します。`,
    ),
    both(
      'Messages of the days between are then fetched too; look whether none is there twice.',
      '間の期間のメールも取り込まれます。重複がないか確認します。',
    ),
  ],
});
