import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { oauthTokenExpired } from '../auth/oauth-token-expired.cause.ts';
import { both } from '../auth/words.ts';
import { logTime } from '../logs/log-words.ts';
import { crmMailSettings } from './mail-settings.check.ts';
import { settingsSeen } from './settings-seen.ts';

interface SignIn {
  readonly product: string;
  readonly account: string;
  readonly place: Text;
  readonly state: 'expired' | 'missing';
  readonly provider?: string;
  readonly until?: string;
}

export const signInExpired = defineCrmCause<SignIn>({
  id: oauthTokenExpired.id,
  title: both('The CRM is not signed in at the mail provider', 'CRM がメール事業者にサインインしていません'),
  about: oauthTokenExpired.about,
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const seen = settingsSeen(evidence);
    if (!seen) return [];
    return seen.settings.accounts.flatMap(({ enabled, name, place, oauth }) => {
      const state = oauth?.state;
      if (!enabled || (state !== 'expired' && state !== 'missing')) return [];
      return [
        {
          detail: {
            product: seen.fact.product,
            account: name,
            place,
            state,
            ...(oauth?.provider === undefined ? {} : { provider: oauth.provider }),
            ...(oauth?.until === undefined ? {} : { until: oauth.until }),
          },
          severity: 'critical' as const,
          confidence: 0.93,
          affects: [label],
          evidence: [
            {
              check: crmMailSettings,
              says:
                state === 'expired'
                  ? both(`the sign-in of "${name}" has expired`, `「${name}」のサインインの期限が切れています`)
                  : both(`"${name}" is not signed in`, `「${name}」はサインインしていません`),
            },
          ],
        },
      ];
    });
  },
  because: ({ product, account, state, provider, until }) => {
    const at = provider === undefined ? both('the mail provider', 'メール事業者') : both(provider, provider);
    const since = until === undefined ? both('', '') : both(` (${logTime(until)})`, `（${logTime(until)}）`);
    return state === 'expired'
      ? both(
          `The account "${account}" of ${product} signs in at ${at.en} without a password, and that sign-in has ended${since.en}.`,
          `${product} の「${account}」はパスワードの代わりに ${at.ja} へのサインインを使いますが、その期限が切れています${since.ja}。`,
        )
      : both(
          `The account "${account}" of ${product} is set to sign in at ${at.en}, and nobody has done that yet.`,
          `${product} の「${account}」は ${at.ja} へのサインインを使う設定ですが、まだサインインしていません。`,
        );
  },
  steps: ({ product, place }) => [
    both(
      `In ${product}, open: ${place.en}, and sign in again there as the owner of the mailbox.`,
      `${product} で次の画面を開き、メールボックスの所有者としてもう一度サインインします: ${place.ja}。`,
    ),
    both(
      'If it ends again after some days: the app at the provider may be in test mode, or its secret may have expired.',
      '数日で再び切れる場合は、メール事業者側のアプリがテスト中の状態か、シークレットの期限切れを確認します。',
    ),
    both('Run the check again: crm-doctor check', 'もう一度検査します: crm-doctor check'),
  ],
});
