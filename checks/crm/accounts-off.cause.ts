import type { Finding } from '../../src/model/cause.ts';
import { defineCrmCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { CrmMailAccount } from '../../src/model/crm/answers.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { Logged } from '../logs/log-says.ts';
import { logSentence } from '../logs/log-says.ts';
import { orFromCrmLogs } from './crm-log-says.ts';
import { mailDisabled } from './mail-disabled.cause.ts';
import { allOff, crmMailSettings } from './mail-settings.check.ts';
import { settingsSeen } from './settings-seen.ts';

interface OffAccount {
  readonly name: string;
  readonly place: Text;
  /** Enabled, and not used for this reason. */
  readonly unused?: Text;
  readonly failures?: number;
  readonly says?: string;
}

interface Off {
  readonly kind: 'off';
  readonly product: string;
  readonly way: 'outgoing' | 'incoming';
  readonly accounts: readonly OffAccount[];
  /** No other account of this way is in use. */
  readonly all: boolean;
}

const offAccount = ({ name, place, enabled, unused, failures, lastError }: CrmMailAccount): OffAccount => ({
  name,
  place,
  ...(enabled && unused ? { unused } : {}),
  ...(failures === undefined ? {} : { failures }),
  ...(lastError === undefined ? {} : { says: lastError.says }),
});

const wayText = {
  outgoing: both('outgoing', '送信用'),
  incoming: both('incoming', '受信用'),
} as const;

const affects = (label: string, way: Off['way']): readonly string[] => [label, `${label} ${way}`];

const explain = (evidence: Evidence, { label }: CrmSubject): readonly Finding<Off>[] => {
  const seen = settingsSeen(evidence);
  if (!seen) return [];
  const { accounts } = seen.settings;
  const { product } = seen.fact;
  const whole = (['outgoing', 'incoming'] as const).map((way) => ({ way, off: allOff(accounts, way) }));
  const gone = whole.flatMap(({ off }) => off);
  const alone = accounts.filter((one) => one.enabled && one.unused !== undefined && !gone.includes(one));
  const finding = (way: Off['way'], off: readonly CrmMailAccount[], all: boolean): Finding<Off> => {
    const names = off.map(({ name }) => `"${name}"`).join(', ');
    return {
      detail: { kind: 'off', product, way, accounts: off.map(offAccount), all },
      severity: all ? 'critical' : 'warning',
      confidence: 0.97,
      affects: affects(label, way),
      evidence: [
        {
          check: crmMailSettings,
          says: all
            ? both(
                `no ${way} account is in use: ${names}`,
                `使用中の${wayText[way].ja}アカウントがありません: ${names}`,
              )
            : both(`not in use: ${names}`, `使用されていません: ${names}`),
        },
      ],
    };
  };
  return [
    ...whole.flatMap(({ way, off }) => (off.length > 0 ? [finding(way, off, true)] : [])),
    ...alone.map((one) => finding(one.services.smtp ? 'outgoing' : 'incoming', [one], false)),
  ];
};

const because = ({ product, way, accounts, all }: Off): Text => {
  const [name, names] = [wayText[way], accounts.map((one) => one.name)];
  const [first] = accounts;
  const reason = first?.unused;
  const head = all
    ? both(
        `${product} has ${name.en} accounts (${names.join(', ')}), and none of them is in use${reason ? `: ${reason.en}` : ''}.`,
        `${product} に${name.ja}アカウント（${names.join('、')}）はありますが、使用中のものがありません${reason ? `（${reason.ja}）` : ''}。`,
      )
    : both(
        `${product} does not use the account "${names.join(', ')}"${reason ? `: ${reason.en}` : ''}. Others of its kind are in use.`,
        `${product} はアカウント「${names.join('、')}」を使用していません${reason ? `（${reason.ja}）` : ''}。同じ種類のほかのアカウントは使用中です。`,
      );
  const failed = accounts.find(({ failures, says }) => (failures ?? 0) > 0 || says !== undefined);
  if (!failed) return head;
  return both(
    `${head.en} The last that "${failed.name}" reported before: ${failed.says ?? `${failed.failures} failures in a row`}.`,
    `${head.ja}「${failed.name}」の最後の記録: ${failed.says ?? `${failed.failures} 回続けて失敗`}。`,
  );
};

const steps = ({ product, accounts }: Off): readonly Text[] => [
  ...accounts
    .slice(0, 3)
    .map(({ place }) =>
      both(
        `In ${product}, open: ${place.en} (show archived and inactive entries too).`,
        `${product} で次の画面を開きます（アーカイブ済みや無効のものも表示）: ${place.ja}。`,
      ),
    ),
  both(
    'Find out why it is off: somebody may have meant it, or the CRM did it after failures; mend those first.',
    '無効になっている理由を確認します。意図した設定の場合も、失敗が続いて CRM が止めた場合もあります。失敗が理由なら、先にそれを直します。',
  ),
  both(
    'Switch it on (and confirm its connection where the CRM asks for that), and run the check again: crm-doctor check',
    '有効にし（CRM が求める場合は接続の確認も行い）、もう一度検査します: crm-doctor check',
  ),
];

/** What the CRM's settings show, else what its log shows. */
export const accountsOff = defineCrmCause<Off | Logged>({
  id: mailDisabled.id,
  title: mailDisabled.title,
  about: mailDisabled.about,
  owner: 'crm-admin',
  explain: (evidence, subject) => orFromCrmLogs(explain(evidence, subject), mailDisabled.id, evidence, subject),
  because: (detail) => {
    if (detail.kind === 'off') return because(detail);
    const says = logSentence(detail.log);
    return both(
      `The CRM does not use a mail account because it is switched off. ${says.en}`,
      `メールアカウントが CRM で無効になっているため、使われていません。${says.ja}`,
    );
  },
  steps: (detail) => (detail.kind === 'off' ? steps(detail) : mailDisabled.steps(detail.log, [])),
});
