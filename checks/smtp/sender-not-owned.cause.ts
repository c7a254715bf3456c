import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

const grant = ({ provider, username, sender }: Refused): Text => {
  switch (provider) {
    case 'microsoft':
      return both(
        `In the Exchange admin center open Recipients > Mailboxes > ${sender} > Delegation > Send as, and add ${username}.`,
        `Exchange 管理センターの［受信者］>［メールボックス］> ${sender} >［委任］>［送信者］（所有者として送信）に、${username} を追加します。`,
      );
    case 'google':
      return both(
        `In Gmail as ${username} open Settings > Accounts > Send mail as, and add ${sender}.`,
        `${username} の Gmail で［設定］>［アカウント］>［名前］を開き、${sender} を追加します。`,
      );
    case 'zoho':
      return both(
        `In Zoho Mail add ${sender} as an alias of ${username}, or as a "Send Mail As" address.`,
        `Zoho Mail で、${sender} を ${username} のエイリアスまたは「送信元」アドレスとして追加します。`,
      );
    default:
      return both(
        `Or ask the administrator to let ${username} send as ${sender} (Postfix: an entry in smtpd_sender_login_maps).`,
        `または、${username} が ${sender} として送信できるよう、管理者に許可を依頼します（Postfix は smtpd_sender_login_maps に追加）。`,
      );
  }
};

export const senderNotOwned = defineCause<Refused>({
  id: 'smtp.sender-not-owned',
  title: both('This login may not use this sender', 'このアカウントでは、この差出人アドレスを使えません'),
  about: both(
    'Many servers compare the sender of a message with the account that has logged in, and take only its own addresses. Otherwise everybody with a login could write in the name of others. CRMs that send as "info@" or as the person at work, through one common account, need a permission for each of these senders.',
    '多くのサーバーは、メールの差出人とログインしたアカウントを照合し、本人のアドレスだけを許可します。なりすましを防ぐためです。共通のアカウントで「info@」や各担当者を差出人として送る CRM では、差出人ごとに許可が必要です。',
  ),
  unless: ['config.sender-mismatch'],
  explain: (evidence, subject) => saysSo('smtp.sender-not-owned', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} does not let ${detail.username} send as ${detail.sender}: "${detail.says}".`,
      `${host}:${port} では、${detail.username} は ${detail.sender} を差出人として送信できません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Set the sender (From) of the CRM to the address of the account ${detail.username}, and ${detail.sender} as Reply-To.`,
      `CRM の差出人 (From) をアカウント ${detail.username} 自身のアドレスにし、${detail.sender} は返信先 (Reply-To) に設定します。`,
    ),
    grant(detail),
    both(
      'Check again; rights take up to an hour to arrive.',
      '権限の反映には最大 1 時間ほどかかります。そのあとで、もう一度検査します。',
    ),
  ],
});
