import { defineCause } from '../../src/model/cause.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { clockIsRight, hasEnded, shownWhere, validElsewhere } from './certificate-dates.ts';
import type { TlsPlace } from './views.ts';
import { dayOf, daysBetween, findingOf, firstOf, inspect, reload, shortName, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly subject: string;
  readonly issuer: string;
  readonly notAfter: string;
  readonly daysAgo: number;
  /** False where not the server's own certificate but one above it has ended. */
  readonly leaf: boolean;
  readonly fingerprint: string;
  /** Another service of the same host shows a newer certificate already. */
  readonly newer?: Place & { readonly notAfter: string };
}

export const certificateExpired = defineCause<Detail>({
  id: 'tls.certificate-expired',
  title: both('The server certificate has expired', 'サーバー証明書の有効期限が切れています'),
  about: both(
    'A server certificate is the identity card of a server; it is issued for a limited time, often 90 days. After its last day programs refuse the encrypted connection, since they can no longer be sure whom they talk to. Usually the automatic renewal has failed, or the renewed file was never loaded by the mail server. Switching the check off is no remedy: it would let anybody read the password.',
    'サーバー証明書はサーバーの身分証で、多くは 90 日などの有効期限付きで発行されます。期限を過ぎると、通信相手を確認できなくなるため、プログラムは暗号化された接続を拒否します。多くの場合、自動更新に失敗しているか、更新したファイルをメールサーバーが読み込んでいません。証明書の確認を無効にする対処は、パスワードを盗み見られる危険があるため行わないでください。',
  ),
  unless: ['clock.skewed'],
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject);
    return shownWhere(views, hasEnded).map((shown) => {
      const { certificate, leaf } = shown;
      const { notAfter } = certificate;
      const at = shown.views[0]?.fact.at ?? notAfter;
      const other = validElsewhere(
        views.filter(({ service }) => shown.views.some((view) => view.service.host === service.host)),
        shown,
      );
      const newer =
        leaf && other?.leaf
          ? {
              protocol: other.service.protocol,
              host: other.service.host,
              port: other.service.port,
              notAfter: other.leaf.notAfter,
            }
          : undefined;
      const fits = shown.views.find(({ done }) => done?.nameMatches);
      return findingOf(
        shown.views,
        {
          places: tlsPlaces(shown.views),
          subject: shortName(certificate.subject),
          issuer: shortName(certificate.issuer),
          notAfter,
          daysAgo: daysBetween(notAfter, at),
          leaf,
          fingerprint: certificate.fingerprint,
          ...(newer ? { newer } : {}),
        },
        {
          severity: () => 'critical',
          confidence: 0.98,
          says: () => both(`notAfter ${notAfter}`, `有効期限 (notAfter) ${notAfter}`),
          ruledOut: [
            ...clockIsRight(views, shown),
            ...(fits
              ? [
                  {
                    cause: 'tls.hostname-mismatch',
                    check: fits.check,
                    says: both(
                      `the certificate is for ${fits.service.host}`,
                      `証明書は ${fits.service.host} 用のものです`,
                    ),
                  },
                ]
              : []),
          ],
        },
      );
    });
  },
  because: ({ places, subject, notAfter, daysAgo, leaf, newer }) => {
    const where = placesText(places);
    const whose = leaf
      ? both('The certificate', '証明書')
      : both(
          `The intermediate certificate ${subject}, which the server sends along,`,
          `サーバーが送る中間証明書（${subject}）`,
        );
    const other = newer
      ? both(
          ` ${newer.host}:${newer.port} shows a newer one already (until ${dayOf(newer.notAfter)}), so it was renewed but not loaded here.`,
          `${newer.host}:${newer.port} はすでに新しい証明書（${dayOf(newer.notAfter)} まで有効）を使っているため、更新後の読み込みだけが済んでいません。`,
        )
      : both('', '');
    return both(
      `${whose.en} of ${where.en} ended on ${dayOf(notAfter)}, ${daysAgo} days ago. The CRM refuses the connection for it.${other.en}`,
      `${where.ja} の${whose.ja}の有効期限が ${dayOf(notAfter)} に切れています（${daysAgo} 日前）。このため、CRM は接続を拒否します。${other.ja}`,
    );
  },
  steps: ({ places, issuer, newer, leaf }) => {
    const first = firstOf(places);
    const renew = /let's encrypt|^(?:R|E|YR|YE)\d{1,2}$/i.test(issuer)
      ? both(
          'Renew the certificate: certbot renew, and look in its output for the reason of the failure.',
          '証明書を更新します: certbot renew を実行し、失敗している場合は出力で理由を確認します。',
        )
      : both(
          `Renew the certificate at its issuer (${issuer}) and install it on ${first.host}.`,
          `発行元 (${issuer}) で証明書を更新し、${first.host} に設置します。`,
        );
    const chain = both(
      'Replace the intermediate certificate by the present one of the issuer (fullchain.pem).',
      '中間証明書を、発行元の最新のもの (fullchain.pem) に差し替えます。',
    );
    return [
      ...(newer ? [] : [leaf ? renew : chain]),
      reload,
      both(
        'Let the renewal reload them by itself in future (certbot: --deploy-hook "systemctl reload postfix dovecot").',
        '今後は更新時に自動で読み込まれるようにします（certbot の場合: --deploy-hook "systemctl reload postfix dovecot"）。',
      ),
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -enddate')} must show a date to come.`,
        `確認: ${inspect(first, 'openssl x509 -noout -enddate')} を実行し、今日より後の日付が表示されることを確認します。`,
      ),
    ];
  },
});
