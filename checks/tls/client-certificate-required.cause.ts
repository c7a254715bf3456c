import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { doorCandidates, doorsWork } from '../net/other-doors.ts';
import { endText, handshakeFault } from './handshake-faults.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** One was shown and did not do. */
  readonly shown: boolean;
}

export const clientCertificateRequired = defineCause<Detail>({
  id: 'tls.client-certificate-required',
  title: both('The server demands a client certificate', 'サーバーがクライアント証明書を要求しています'),
  about: both(
    "Usually only the server shows a certificate (an identity card). This server also asks the client for one and ends the connection when none comes. The CRM is to use a certificate that the server's operator has issued, or the port is meant for other machines and not for programs with a password.",
    '通常、証明書（身分証）を提示するのはサーバーだけですが、このサーバーは接続する側にも証明書を要求し、提示しないと接続を切断します。サーバーの運営者が発行した証明書を CRM に設定する必要があるか、このポートが、パスワードでログインするプログラム用ではないことが考えられます。',
  ),
  owner: 'crm-admin',
  unless: ['config.client-certificate-file', 'tls.client-certificate-purpose'],
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => handshakeFault(view) === 'client-certificate');
    return grouped(views, ({ service }) => service.host).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), shown: first.fact.clientCertificate?.state === 'usable' },
          {
            severity: () => 'critical',
            confidence: 0.95,
            says: (view) => {
              const end = endText(view);
              if (view.fact.clientCertificate?.state === 'usable') {
                return both(
                  `the server asked for a client certificate; with the configured one ${end.en}`,
                  `サーバーがクライアント証明書を要求し、設定した証明書を提示しても${end.ja}`,
                );
              }
              return both(
                `the server asked for a client certificate; without one ${end.en}`,
                `サーバーがクライアント証明書を要求し、提示しないと${end.ja}`,
              );
            },
            ruledOut: [
              {
                cause: 'tls.no-common-cipher',
                check: first.check,
                says: both('a request for a client certificate was seen', 'クライアント証明書の要求が確認されています'),
              },
            ],
          },
        ),
      ];
    });
  },
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ places, shown }, change) => {
    const where = placesText(places);
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} it does without.`,
            `${changeWords(change)} に変更すると、証明書なしで接続できることを確認しました。`,
          )
        : both('', '');
    if (shown) {
      return both(
        `The server at ${where.en} asks for a client certificate and does not take the one that is configured: another authority than the one that it trusts has issued it, or it is not known there.${way.en}`,
        `${where.ja} のサーバーはクライアント証明書を要求しますが、設定した証明書を受け付けません。サーバーが信頼する認証局の発行ではないか、サーバーに登録されていません。${way.ja}`,
      );
    }
    return both(
      `The server at ${where.en} asks for a client certificate and ends the connection, since none is configured.${way.en}`,
      `${where.ja} のサーバーがクライアント証明書を要求し、提示されないため接続を切断します。${way.ja}`,
    );
  },
  steps: ({ places }, change) => {
    const first = firstOf(places);
    return [
      ...(change.length > 0
        ? [
            both(
              `Set ${changeWords(change)}, here and in the CRM.`,
              `この設定ファイルと CRM の両方で、${changeWords(change)} に変更します。`,
            ),
          ]
        : []),
      both(
        `Ask the administrator of ${first.host} whether port ${first.port} is meant for clients with a password, and which one is.`,
        `ポート ${first.port} がパスワードでログインするプログラム用か、そうでなければどのポートを使うべきか、${first.host} の管理者に確認します。`,
      ),
      both(
        'If the certificate is wanted: have one issued for the CRM, and enter certificate and key in its mail settings.',
        '証明書が必要な場合は、CRM 用のクライアント証明書を発行してもらい、証明書と秘密鍵を CRM のメール設定に登録します。',
      ),
      both(
        'If it is not: let the server make it optional (Postfix: smtpd_tls_req_ccert = no, Dovecot: auth_ssl_require_client_cert = no).',
        '不要な場合は、サーバー側で任意にします（Postfix は smtpd_tls_req_ccert = no、Dovecot は auth_ssl_require_client_cert = no）。',
      ),
    ];
  },
});
