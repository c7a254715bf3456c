import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both, placesText } from '../auth/words.ts';
import type { TlsPlace } from '../tls/views.ts';
import { findingOf, tlsPlaces, tlsViews } from '../tls/views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** Strict checking fails: what it says there. */
  readonly hides: string;
  /** It stands in the CRM itself, which told of it, and not in our configuration. */
  readonly inCrm?: { readonly product: string; readonly account: string; readonly screen: Text };
}

/** What the switch is called where it stands. */
const switchText = ({ inCrm }: Pick<Detail, 'inCrm'>): Text =>
  inCrm
    ? both(`set so in ${inCrm.product}, "${inCrm.account}"`, `${inCrm.product} の「${inCrm.account}」の設定`)
    : both('mail.verify: false', 'mail.verify: false');

export const verifyDisabled = defineCause<Detail>({
  id: 'config.verify-disabled',
  title: both('The CRM does not check certificates', 'CRM で証明書の確認が無効になっています'),
  about: both(
    'A certificate tells the CRM that it really talks to the mail server. With the check switched off (verify_peer, rejectUnauthorized, "ignore certificate errors") the CRM takes any certificate: whoever stands on the way can read the password and the mail. And a certificate that ends or is set up wrongly is noticed by nobody. The switch is often set to get past a fault that could have been mended.',
    '証明書は、通信相手が本物のメールサーバーであることを示します。確認を無効にすると（verify_peer、rejectUnauthorized、「証明書エラーを無視」など）、どの証明書でも受け入れるため、途中の第三者がパスワードやメールを盗み見ることができます。また、証明書の期限切れや設定の誤りに気付けません。直せるはずの問題を避けるために無効にされていることがよくあります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    if (subject.config.verify !== false) return [];
    const views = tlsViews(evidence, subject).filter(({ done }) => done !== undefined);
    if (views.length === 0) return [];
    const faulty = views.find(({ done }) => done && !(done.trust.ok && done.nameMatches));
    const { crm } = subject;
    const inCrm = crm ? { inCrm: { product: crm.product, account: crm.account.name, screen: crm.account.place } } : {};
    const where = switchText(inCrm);
    const { done, service } = faulty ?? {};
    const words = done ? (done.trust.ok ? `the certificate is not for ${service?.host}` : done.trust.says) : '';
    return [
      findingOf(
        views,
        { places: tlsPlaces(views), hides: words, ...inCrm },
        {
          severity: () => 'warning',
          confidence: 0.95,
          says: (view) =>
            view.done?.trust.ok && view.done.nameMatches
              ? both(
                  `the check is off (${where.en}); strict checking of the certificate passes`,
                  `確認が無効ですが（${where.ja}）、証明書を厳密に確認しても問題はありません`,
                )
              : both(
                  `the check is off (${where.en}); strict checking of the certificate fails`,
                  `確認が無効で（${where.ja}）、証明書を厳密に確認すると失敗します`,
                ),
        },
      ),
    ];
  },
  because: ({ places, hides, inCrm }) => {
    const where = placesText(places);
    const told = switchText(inCrm ? { inCrm } : {});
    return hides === ''
      ? both(
          `The CRM is set not to check the certificate of ${where.en} (${told.en}). It need not be: the certificate passes the strict check as it is.`,
          `CRM は、${where.ja} の証明書を確認しない設定です（${told.ja}）。証明書は厳密な確認でも問題がないため、無効にする必要はありません。`,
        )
      : both(
          `The CRM is set not to check the certificate of ${where.en} (${told.en}), and that hides a fault: ${hides}. It is named on its own here.`,
          `CRM は、${where.ja} の証明書を確認しない設定で（${told.ja}）、そのために問題が隠れています: ${hides}。原因は別に示しています。`,
        );
  },
  steps: ({ hides, inCrm }) => [
    ...(hides === ''
      ? []
      : [
          both(
            'Mend the fault that is named beside this one first; the check would stop the CRM until then.',
            '先に、別に示した原因を解消します。解消するまでは、確認を有効にすると CRM が接続できなくなります。',
          ),
        ]),
    ...(inCrm
      ? [
          both(
            `In ${inCrm.product}, open: ${inCrm.screen.en}, and switch the check of certificates on there.`,
            `${inCrm.product} で次の画面を開き、証明書の確認を有効にします: ${inCrm.screen.ja}。`,
          ),
          both('Run the check again: crm-doctor check', 'もう一度検査します: crm-doctor check'),
        ]
      : [
          both(
            'Switch the check on in the CRM (PHPMailer: remove SMTPOptions with verify_peer false; PHP imap: remove /novalidate-cert; nodemailer: remove tls.rejectUnauthorized; Odoo: "SSL/TLS" with certificate validation).',
            'CRM で証明書の確認を有効にします（PHPMailer は SMTPOptions の verify_peer: false を削除、PHP の imap は /novalidate-cert を削除、nodemailer は tls.rejectUnauthorized を削除、Odoo は証明書を検証する SSL/TLS を選択）。',
          ),
          both(
            'Remove mail.verify: false here, and run the check again.',
            'この設定ファイルの mail.verify: false を削除し、もう一度検査します。',
          ),
        ]),
  ],
});
