import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { findingsFrom, refusalsIn } from './refusals.ts';
import { refusedUnchecked } from './same-login.ts';
import { both, placesText } from './words.ts';

export const temporaryFailure = defineCause<Refused>({
  id: 'auth.temporary-failure',
  title: both('The server cannot check logins now', 'サーバーが一時的にログインを確認できません'),
  about: both(
    'A mail server hands the check of passwords to another program: a directory (LDAP), a database or an authentication service. When that is down, the server answers every login with a temporary error such as 454 or [UNAVAILABLE], whether the password is right or wrong. Some CRMs show this as a wrong password.',
    'メールサーバーは、パスワードの確認を別のプログラム（LDAP などのディレクトリ、データベース、認証サービス）に任せています。それが停止していると、パスワードの正誤に関係なく、454 や [UNAVAILABLE] などの一時的なエラーを返します。CRM によっては「パスワードが違います」と表示されます。',
  ),
  explain: (evidence, subject) => {
    const own = refusalsIn(evidence, subject).filter(({ reading }) => reading?.cause === 'auth.temporary-failure');
    // The words of the text are those that name the reason.
    const all = [...own, ...refusedUnchecked(evidence, subject)];
    return findingsFrom('auth.temporary-failure', all, evidence, { subject });
  },
  owner: 'mail-admin',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} could not check the login of ${username}: the fault is behind the server, not in the password. The server says "${says}".`,
      `${where.ja} は、${username} のログインを確認できませんでした。パスワードではなく、サーバー側の認証の仕組みに問題があります。サーバーの応答は「${says}」です。`,
    );
  },
  steps: ({ places }) => [
    both(
      'Do not change the password; try again in some minutes.',
      'パスワードは変更せずに、数分後にもう一度検査します。',
    ),
    both(
      `If it stays, give the server's words and the time to the administrator of ${places[0]?.host ?? ''}.`,
      `続く場合は、サーバーの応答と時刻を ${places[0]?.host ?? ''} の管理者に伝えます。`,
    ),
    both(
      'On your own server, see that the authentication service runs (doveadm auth test USER; systemctl status dovecot saslauthd) and that Postfix reaches its socket (smtpd_sasl_path).',
      '自社サーバーの場合は、認証サービスの動作（doveadm auth test ユーザー名、systemctl status dovecot saslauthd）と、Postfix から認証ソケット (smtpd_sasl_path) に接続できることを確認します。',
    ),
  ],
});
