import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { duplicateAccount } from '../config/duplicate-account.cause.ts';
import { crmMailSettings, doubled } from './mail-settings.check.ts';
import { settingsSeen } from './settings-seen.ts';

interface Doubled {
  readonly product: string;
  readonly username: string;
  readonly host: string;
  readonly accounts: readonly { readonly name: string; readonly place: Text }[];
}

export const doubledAccount = defineCrmCause<Doubled>({
  id: duplicateAccount.id,
  title: duplicateAccount.title,
  about: duplicateAccount.about,
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const seen = settingsSeen(evidence);
    if (!seen) return [];
    return doubled(seen.settings.accounts).map(({ first, second }) => {
      const service = second.services.imap ?? second.services.pop3;
      const [username, host] = [service?.username ?? '', service?.host ?? ''];
      return {
        detail: {
          product: seen.fact.product,
          username,
          host,
          accounts: [first, second].map(({ name, place }) => ({ name, place })),
        },
        severity: 'warning' as const,
        confidence: 0.95,
        affects: [label, `${label} incoming`],
        evidence: [
          {
            check: crmMailSettings,
            says: both(
              `"${first.name}" and "${second.name}" both fetch as ${username} from ${host}`,
              `「${first.name}」と「${second.name}」は、どちらも ${host} に ${username} でログインして取り込みます`,
            ),
          },
        ],
      };
    });
  },
  because: ({ product, username, host, accounts }) => {
    const names = accounts.map(({ name }) => name);
    return both(
      `Two accounts of ${product} (${names.join(', ')}) read the same mailbox (${username} at ${host}): each gets only a part of the mail, or both make a record of the same message.`,
      `${product} の 2 つのアカウント（${names.join('、')}）が、同じメールボックス（${host} の ${username}）を読んでいます。それぞれがメールの一部しか取り込めないか、同じメールから記録が二重に作られます。`,
    );
  },
  steps: ({ product, accounts }) => [
    ...accounts.map(({ place }) =>
      both(`In ${product}, open: ${place.en}.`, `${product} で次の画面を開きます: ${place.ja}。`),
    ),
    both(
      'Decide which of the two shall fetch, and switch the other off; or give each a folder of its own.',
      'どちらで取り込むかを決めて、もう一方を無効にします。両方が必要なら、別々のフォルダーを指定します。',
    ),
  ],
});
