import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { Refused } from './refusals.ts';
import { firstPlace, saysSo } from './refusals.ts';
import { both } from './words.ts';

const forTenant = ({ says }: Refused): boolean => /for the tenant/i.test(says);

const microsoftSteps = (detail: Refused): readonly Text[] => [
  both(
    `In the Microsoft 365 admin center open Users > Active users > ${detail.username} > Mail > Manage email apps, and tick "Authenticated SMTP".`,
    `Microsoft 365 管理センターの［ユーザー］>［アクティブなユーザー］> ${detail.username} >［メール］>［電子メール アプリを管理する］で、［認証済み SMTP］にチェックを入れます。`,
  ),
  ...(forTenant(detail)
    ? [
        both(
          `Or in Exchange Online PowerShell: Set-CASMailbox -Identity ${detail.username} -SmtpClientAuthenticationDisabled $false (the mailbox's own value wins over the tenant's).`,
          `または Exchange Online PowerShell で Set-CASMailbox -Identity ${detail.username} -SmtpClientAuthenticationDisabled $false を実行します（メールボックスの値がテナントの値より優先されます）。`,
        ),
      ]
    : []),
  both(
    'Plan the move to OAuth 2.0: password logins for sending are off by default from the end of December 2026 in existing tenants, new tenants do not get them after that, and the date of their removal is announced in the second half of 2027.',
    'OAuth 2.0 への移行も計画します。パスワードによる送信は、既存テナントでは 2026 年 12 月末から既定で無効になり、それ以降の新規テナントでは使えません。廃止日は 2027 年後半に発表される予定です。',
  ),
];

export const smtpDisabled = defineCause<Refused>({
  id: 'auth.smtp-disabled',
  title: both('Sending with a login (SMTP AUTH) is switched off', 'SMTP 認証 (SMTP AUTH) が無効になっています'),
  about: both(
    'SMTP AUTH is the login of a program that sends mail. Microsoft 365 and others can switch it off for the whole organisation (the tenant) or for one mailbox, and do so by default. The password may be right; as long as the switch is off, no login for sending is taken.',
    'SMTP 認証 (SMTP AUTH) は、プログラムがメールを送るときのログインです。Microsoft 365 などでは、組織全体（テナント）またはメールボックス単位で無効にでき、既定で無効の場合もあります。パスワードが正しくても、無効になっている間は送信用のログインを受け付けません。',
  ),
  explain: (evidence, subject) => saysSo('auth.smtp-disabled', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    const [en, ja] = forTenant(detail)
      ? ['for the whole organisation', '組織（テナント）全体で']
      : /for the mailbox/i.test(detail.says)
        ? [`for the mailbox ${detail.username}`, `メールボックス ${detail.username} で`]
        : [`for ${detail.username}`, `${detail.username} で`];
    return both(
      `${host}:${port} does not let ${detail.username} log in to send: SMTP AUTH is switched off ${en}. The server says "${detail.says}".`,
      `${host}:${port} で ${detail.username} として送信のためのログインができません。SMTP 認証が${ja}無効になっています。サーバーの応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) =>
    detail.provider === 'microsoft'
      ? microsoftSteps(detail)
      : [
          both(
            `In the provider's control panel, enable sending by mail programs (SMTP) for ${detail.username}.`,
            `提供元の管理画面で、${detail.username} のメールソフトからの送信 (SMTP) を有効にします。`,
          ),
          both(
            'Wait some minutes after the change, then check again.',
            '変更が反映されるまで数分待ってから、もう一度検査します。',
          ),
        ],
});
