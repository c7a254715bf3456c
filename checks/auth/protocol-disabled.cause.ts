import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { changeWords } from '../config/door-changes.ts';
import { protocolName } from '../mail/service.ts';
import { otherOf, takesLogin, throughOtherProtocol } from './other-protocol.ts';
import type { Refused } from './refusals.ts';
import { findingsFrom, firstPlace, loginCheck, refusalsIn, saysSo } from './refusals.ts';
import { acceptedElsewhere } from './same-login.ts';
import { both, placesText, protocolsText } from './words.ts';

interface ProtocolDisabled extends Refused {
  /** Where the same login works, when that is how it was seen. */
  readonly acceptedBy: readonly Protocol[];
}

/** A plain refusal here, and the same name and password accepted there. */
const byComparison = (evidence: Evidence, subject: Subject): readonly Finding<ProtocolDisabled>[] =>
  refusalsIn(evidence, subject).flatMap((refusal) => {
    const { service, step, reading } = refusal;
    if (step !== 'login' || service.protocol === 'smtp' || !reading?.generic) return [];
    const acceptedBy = acceptedElsewhere(evidence, subject, service);
    if (acceptedBy.length === 0) return [];
    const [other = 'smtp' as const] = acceptedBy;
    const accepted = both(
      `accepts the same user name (${service.username}) and password`,
      `同じユーザー名 (${service.username}) とパスワードでログインできています`,
    );
    return findingsFrom('auth.protocol-disabled', [refusal], evidence, { subject }).map((finding) => ({
      ...finding,
      detail: { ...finding.detail, acceptedBy },
      confidence: 0.7,
      evidence: [
        ...finding.evidence,
        ...acceptedBy.map((protocol) => ({ check: loginCheck[protocol], says: accepted })),
      ],
      ruledOut: [{ cause: 'auth.wrong-credentials', check: loginCheck[other], says: accepted }],
    }));
  });

const providerSteps = ({ provider }: ProtocolDisabled, name: string): readonly Text[] => {
  switch (provider) {
    case 'google':
      return [
        both(
          'In Gmail open Settings > See all settings > Forwarding and POP/IMAP, and enable it.',
          'Gmail の［設定］>［すべての設定を表示］>［メール転送と POP/IMAP］で有効にします。',
        ),
        both(
          `In Google Workspace the administrator allows it under Apps > Google Workspace > Gmail > End User Access.`,
          'Google Workspace の場合は、管理コンソールの［アプリ］>［Google Workspace］>［Gmail］>［エンドユーザーのアクセス］で、管理者が許可します。',
        ),
      ];
    case 'microsoft':
      return [
        both(
          `In the Microsoft 365 admin center open Users > Active users > the user > Mail > Manage email apps, and tick ${name}.`,
          `Microsoft 365 管理センターの［ユーザー］>［アクティブなユーザー］>対象ユーザー>［メール］>［電子メール アプリを管理する］で、${name} にチェックを入れます。`,
        ),
      ];
    case 'zoho':
      return [
        both(
          `In Zoho Mail open Settings > Mail Accounts > the account, and enable ${name} access.`,
          `Zoho Mail の［設定］>［メールアカウント］で対象のアカウントを開き、${name} アクセスを有効にします。`,
        ),
      ];
    default:
      return [
        both(
          `Ask the provider, or look in its control panel, whether ${name} is enabled for this mailbox.`,
          `提供元の管理画面またはサポート窓口で、このメールボックスの ${name} が有効かどうかを確認します。`,
        ),
      ];
  }
};

const disabledText = ({ places, says, acceptedBy, username }: ProtocolDisabled): Text => {
  const where = placesText(places);
  if (acceptedBy.length === 0) {
    return both(
      `${where.en} is switched off for ${username}: the server says "${says}".`,
      `${where.ja} は、${username} では無効になっています。サーバーの応答は「${says}」です。`,
    );
  }
  const works = protocolsText(acceptedBy);
  return both(
    `${where.en} refuses the login as ${username} ("${says}"), while ${works.en} ${acceptedBy.length > 1 ? 'take' : 'takes'} the same user name and password. So the password is right, and this protocol is most likely switched off for the account.`,
    `${where.ja} は ${username} のログインを拒否します（応答:「${says}」）。一方、${works.ja} には同じユーザー名とパスワードでログインできます。パスワードは正しく、この受信方式がアカウントで無効になっている可能性が高いと考えられます。`,
  );
};

export const protocolDisabled = defineCause<ProtocolDisabled>({
  id: 'auth.protocol-disabled',
  title: both('IMAP or POP3 is switched off for this account', 'このアカウントでは IMAP または POP3 が無効です'),
  about: both(
    'Providers can switch each way of fetching mail on and off, for one mailbox or for the whole organisation: IMAP (read on the server) and POP3 (take away). A login over a protocol that is off is refused although the password is right, often with the same words as a wrong password. That another protocol takes the same login shows the difference.',
    'メールの受信方式には IMAP（サーバーに残したまま読む方式）と POP3（手元に取り込む方式）があり、提供元はメールボックスごと、または組織全体で有効・無効を切り替えられます。無効な方式でログインすると、パスワードが正しくても、パスワード違いと同じ文言で拒否されることがあります。別の方式で同じユーザー名とパスワードが使えるかどうかで見分けられます。',
  ),
  unless: ['config.username-form', 'config.placeholder'],
  explain: (evidence, subject) => [
    ...saysSo('auth.protocol-disabled', evidence, subject).map((finding) => ({
      ...finding,
      detail: { ...finding.detail, acceptedBy: [] },
    })),
    ...byComparison(evidence, subject),
  ],
  owner: 'mail-admin',
  candidates: (detail, subject) => {
    const { protocol } = firstPlace(detail);
    return protocol === 'smtp' ? [] : throughOtherProtocol(protocol, subject);
  },
  works: (trial, _subject, detail) => {
    const { protocol } = firstPlace(detail);
    return protocol !== 'smtp' && takesLogin(trial, otherOf(protocol));
  },
  because: (detail, change) => {
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} the same account works.`,
            `${changeWords(change)} とすると、同じアカウントでログインできることを確認しました。`,
          )
        : both('', '');
    const { en, ja } = disabledText(detail);
    return both(en + way.en, ja + way.ja);
  },
  steps: (detail, change) => {
    const name = protocolName[firstPlace(detail).protocol];
    return [
      ...(change.length > 0
        ? [
            both(
              `Fetch by the other protocol (${changeWords(change)}), here and in the CRM, and take the settings of ${name} out; or switch ${name} on as follows.`,
              `この設定と CRM の両方で、もう一方の受信方式（${changeWords(change)}）に切り替えて ${name} の設定を削除します。または、次の手順で ${name} を有効にします。`,
            ),
          ]
        : []),
      ...providerSteps(detail, name),
      both(
        `On your own Dovecot, see that "protocols" holds ${name.toLowerCase()} and that no per-user rule denies it.`,
        `自社の Dovecot の場合は、protocols に ${name.toLowerCase()} が含まれ、ユーザーごとの拒否設定がないことを確認します。`,
      ),
      both(
        'Wait some minutes after the change, then check again.',
        '変更が反映されるまで数分待ってから、もう一度検査します。',
      ),
    ];
  },
});
