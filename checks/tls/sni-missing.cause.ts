import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import type { TlsPlace, TlsView } from './views.ts';
import {
  findingOf,
  firstOf,
  inspect,
  problemIn,
  runtimeOf,
  severityOf,
  shortName,
  tlsPlaces,
  tlsViews,
} from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** Names of the certificate that comes without a server name; empty where the handshake fails. */
  readonly shown: readonly string[];
  readonly right: string;
  readonly as: RuntimeOf;
  /** The CRM's client is known to send none; else it is what its runtime's usual client does. */
  readonly known: boolean;
}

const shownTo = ({ fact: { asCrm } }: TlsView): readonly string[] => {
  const leaf = asCrm?.handshake.kind === 'done' ? asCrm.handshake.chain[0] : undefined;
  if (!leaf) return [];
  return leaf.names.length > 0 ? leaf.names.slice(0, 3) : [shortName(leaf.subject)];
};

export const sniMissing = defineCause<Detail>({
  id: 'tls.sni-missing',
  title: both(
    'To a client that sends no server name the server shows another certificate',
    'サーバー名 (SNI) を送らないプログラムには、別の証明書が提示されます',
  ),
  about: both(
    'One server may stand for many domains, each with a certificate of its own. It chooses by the server name that the client sends at the start (SNI, server name indication). Old mail libraries send none, above all the imap extension of PHP; then the server shows its default certificate, which is for another name, and the check of the certificate fails. A test with openssl or a mail program finds nothing, since those send the name.',
    '1 台のサーバーで複数のドメインを扱う場合、それぞれに証明書があり、接続の最初に送られるサーバー名 (SNI) で選ばれます。古いメールライブラリー、特に PHP の imap 拡張はサーバー名を送らないため、別の名前の既定の証明書が提示され、証明書の確認に失敗します。openssl やメールソフトはサーバー名を送るので、それらで試しても問題は見つかりません。',
  ),
  owner: 'mail-admin',
  unless: ['tls.hostname-mismatch', 'tls.self-signed', 'tls.unknown-issuer'],
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => problemIn(view, 'sni') !== undefined);
    return grouped(views, (view) => `${view.service.host} ${shownTo(view).join()}`).flatMap((group) => {
      const [first] = group;
      if (!first?.leaf) return [];
      const shown = shownTo(first);
      return [
        findingOf(
          group,
          {
            places: tlsPlaces(group),
            shown,
            right: first.leaf.names[0] ?? shortName(first.leaf.subject),
            as: runtimeOf(first),
            known: first.service.sni === false,
          },
          {
            severity: (view) => {
              const problem = problemIn(view, 'sni');
              return problem ? severityOf(problem) : 'warning';
            },
            confidence: first.service.sni === false ? 0.96 : 0.8,
            says: ({ leaf }) =>
              shown.length > 0
                ? both(
                    `with the server name the certificate is for ${leaf?.names[0] ?? ''}, without it for ${shown.join(', ')}`,
                    `サーバー名を送ると ${leaf?.names[0] ?? ''} の証明書、送らないと ${shown.join('、')} の証明書が提示されます`,
                  )
                : both(
                    'with the server name the handshake succeeds, without it it fails',
                    'サーバー名を送るとハンドシェイクに成功し、送らないと失敗します',
                  ),
            ruledOut: [
              {
                cause: 'tls.hostname-mismatch',
                check: first.check,
                says: both(
                  'with the server name the certificate fits the host',
                  'サーバー名を送れば、証明書はホスト名と一致します',
                ),
              },
            ],
          },
        ),
      ];
    });
  },
  because: ({ places, shown, right, as, known }) => {
    const where = placesText(places);
    const { name } = rulesOf(as);
    const who = known
      ? both('the mail client of the CRM sends none', 'CRM のメール機能はサーバー名を送りません')
      : both(
          `the usual mail client of ${name} (its imap extension) sends none`,
          `${name} の標準的なメール機能（imap 拡張）はサーバー名を送りません`,
        );
    const seen =
      shown.length > 0
        ? both(
            `shows the certificate of ${right} only to who sends the server name, and that of ${shown.join(', ')} to all others`,
            `サーバー名 (SNI) を送った場合だけ ${right} の証明書を提示し、送らない場合は ${shown.join('、')} の証明書を提示します`,
          )
        : both(
            'ends the handshake with who sends no server name',
            'サーバー名 (SNI) を送らない接続のハンドシェイクを中止します',
          );
    return both(
      `The server at ${where.en} ${seen.en}; ${who.en}.`,
      `${where.ja} のサーバーは、${seen.ja}。${who.ja}。`,
    );
  },
  steps: ({ places, right }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: make the certificate of ${right} the default one, or give the default one all names (Dovecot: ssl_cert outside of local_name; Postfix: smtpd_tls_chain_files beside tls_server_sni_maps).`,
        `${first.host} で、${right} の証明書を既定にするか、既定の証明書にすべての名前を含めます（Dovecot は local_name の外の ssl_cert、Postfix は tls_server_sni_maps とは別の smtpd_tls_chain_files）。`,
      ),
      both(
        `Or use the name of the certificate that is shown without SNI as the host in the CRM, where it leads to the same server; or update the mail library of the CRM (PHP: a library on streams in place of the imap extension).`,
        'または、SNI なしで提示される証明書の名前が同じサーバーを指していれば、その名前を CRM のホストに設定します。CRM のメールライブラリーの更新（PHP では imap 拡張の代わりにストリームを使うもの）でも解決します。',
      ),
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -ext subjectAltName').replace(`-servername ${first.host}`, '-noservername')} must show ${first.host}.`,
        `確認: ${inspect(first, 'openssl x509 -noout -ext subjectAltName').replace(`-servername ${first.host}`, '-noservername')} を実行し、${first.host} が表示されることを確認します。`,
      ),
    ];
  },
});
