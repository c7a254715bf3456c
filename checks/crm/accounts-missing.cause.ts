import type { Finding } from '../../src/model/cause.ts';
import { defineCrmCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { Logged } from '../logs/log-says.ts';
import { logSentence } from '../logs/log-says.ts';
import { orFromCrmLogs } from './crm-log-says.ts';
import { crmMailSettings } from './mail-settings.check.ts';
import { noMailAccount } from './no-mail-account.cause.ts';
import { settingsSeen } from './settings-seen.ts';

interface Missing {
  readonly kind: 'missing';
  readonly product: string;
  readonly way: 'outgoing' | 'incoming';
  /** The mailbox of the configuration, whose settings can be taken over. */
  readonly mailbox?: string;
  /** Where accounts of this CRM are set, as far as another one shows it. */
  readonly place?: Text;
}

const explain = (evidence: Evidence, { label, mailboxes }: CrmSubject): readonly Finding<Missing>[] => {
  const seen = settingsSeen(evidence);
  if (!seen) return [];
  const [mailbox] = mailboxes;
  const [neighbour] = seen.settings.accounts;
  return (seen.settings.missing ?? []).map((way) => ({
    detail: {
      kind: 'missing',
      product: seen.fact.product,
      way,
      ...(mailbox ? { mailbox: mailbox.address } : {}),
      ...(neighbour ? { place: neighbour.place } : {}),
    },
    severity: way === 'outgoing' ? ('critical' as const) : ('warning' as const),
    confidence: 0.97,
    affects: [label, `${label} ${way}`],
    evidence: [
      {
        check: crmMailSettings,
        says:
          way === 'outgoing'
            ? both('the list of outgoing accounts is empty', '送信用アカウントの一覧が空です')
            : both('the list of incoming accounts is empty', '受信用アカウントの一覧が空です'),
      },
    ],
  }));
};

/** What the CRM's settings show, else what its log shows. */
export const accountsMissing = defineCrmCause<Missing | Logged>({
  id: noMailAccount.id,
  title: both('The CRM has no mail account for this', 'CRM に必要なメールアカウントが設定されていません'),
  about: noMailAccount.about,
  owner: 'crm-admin',
  explain: (evidence, subject) => orFromCrmLogs(explain(evidence, subject), noMailAccount.id, evidence, subject),
  because: (detail) => {
    if (detail.kind === 'missing') {
      const { product, way } = detail;
      return way === 'outgoing'
        ? both(
            `${product} has no account to send with, so that no mail server is ever asked.`,
            `${product} に送信用のアカウントがないため、メールサーバーへの接続自体が行われません。`,
          )
        : both(
            `${product} has no account to fetch with: mail to it does not come in. Where only sending is wanted, this is as it should be.`,
            `${product} に受信用のアカウントがないため、メールは取り込まれません。送信だけに使う場合は問題ありません。`,
          );
    }
    const says = logSentence(detail.log);
    return both(
      `The CRM found no mail account to send with. ${says.en}`,
      `CRM に、送信に使えるメールアカウントがありません。${says.ja}`,
    );
  },
  steps: (detail) => {
    if (detail.kind !== 'missing') return noMailAccount.steps(detail.log, []);
    const { product, way, mailbox, place } = detail;
    const where = place === undefined ? both('', '') : both(` (beside: ${place.en})`, `（既存の設定: ${place.ja}）`);
    return [
      way === 'outgoing'
        ? both(
            `Set an outgoing account in ${product}${where.en}.`,
            `${product} に送信用アカウントを設定します${where.ja}。`,
          )
        : both(
            `Set an incoming account in ${product}${where.en}.`,
            `${product} に受信用アカウントを設定します${where.ja}。`,
          ),
      ...(mailbox === undefined
        ? []
        : [
            both(
              `The settings of ${mailbox} in crm-doctor.yaml are checked in the same run: take those that pass.`,
              `crm-doctor.yaml の ${mailbox} の設定も同じ検査で確認しています。正常だった値を使います。`,
            ),
          ]),
      both('Run the check again: crm-doctor check', 'もう一度検査します: crm-doctor check'),
    ];
  },
});
