import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { shownWhere } from './certificate-dates.ts';
import { distrustOf } from './trust.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, reload, shortName, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly subject: string;
  readonly fingerprint: string;
}

export const selfSigned = defineCause<Detail>({
  id: 'tls.self-signed',
  title: both('The server certificate is self-signed', 'サーバー証明書が自己署名です'),
  about: both(
    'A server certificate is the identity card of a server; a certificate authority that everybody trusts signs it. This server has signed its card itself, so nobody can tell it from one that an attacker made. Mail servers come with such a certificate when they are installed. The remedy is a certificate of a public authority, which costs nothing, or to trust exactly this one by choice; switching the check off would let anybody read the password.',
    'サーバー証明書はサーバーの身分証で、通常は信頼された認証局（証明書の発行機関）が署名します。このサーバーは自分自身で署名しているため、攻撃者が作った証明書と区別できません。メールサーバーのインストール直後によくある状態です。公的な認証局の証明書（無料のものもあります）を設置するか、この証明書だけを意図的に信頼する設定にします。証明書の確認を無効にすると、パスワードを盗み見られる危険があります。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => distrustOf(view) === 'self-signed');
    return shownWhere(views, (certificate, { leaf }) => certificate === leaf).map(({ certificate, views: shown }) =>
      findingOf(
        shown,
        { places: tlsPlaces(shown), subject: shortName(certificate.subject), fingerprint: certificate.fingerprint },
        {
          severity: () => 'critical',
          confidence: 0.97,
          says: () =>
            both(
              `issuer and subject are both "${certificate.subject}", and it is not trusted`,
              `発行者と所有者がどちらも「${certificate.subject}」で、信頼された証明書ではありません`,
            ),
          ruledOut: shown.slice(0, 1).map(({ check }) => ({
            cause: 'tls.intercepted',
            check,
            says: both(
              'the certificate bears no name of an inspecting product',
              '通信を検査する製品の名前は、証明書に含まれていません',
            ),
          })),
        },
      ),
    );
  },
  because: ({ places, subject }) => {
    const where = placesText(places);
    return both(
      `The certificate of ${where.en} ("${subject}") is signed by itself and by no authority, so the CRM cannot know that the server is the right one and refuses the connection.`,
      `${where.ja} の証明書（${subject}）は、認証局ではなく自分自身が署名しています。CRM はサーバーが本物か確認できないため、接続を拒否します。`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `Have a certificate issued for ${first.host} by a public authority: certbot certonly -d ${first.host}, and enter it in the mail server (Postfix: smtpd_tls_chain_files, Dovecot: ssl_cert and ssl_key).`,
        `${first.host} の証明書を公的な認証局から取得し (certbot certonly -d ${first.host})、メールサーバーに設定します（Postfix は smtpd_tls_chain_files、Dovecot は ssl_cert と ssl_key）。`,
      ),
      reload,
      both(
        `If the server is inside your own network and shall keep it: save the certificate (${inspect(first, 'openssl x509 > server.pem')}), compare its fingerprint with the administrator, and name the file at mail.ca and in the CRM.`,
        `社内サーバーなどでこの証明書を使い続ける場合は、証明書を保存し (${inspect(first, 'openssl x509 > server.pem')})、フィンガープリントを管理者と照合したうえで、mail.ca と CRM に指定します。`,
      ),
      both(
        `Verify: ${inspect(first, 'grep "Verify return code"')} must show 0 (ok).`,
        `確認: ${inspect(first, 'grep "Verify return code"')} を実行し、0 (ok) と表示されることを確認します。`,
      ),
    ];
  },
});
