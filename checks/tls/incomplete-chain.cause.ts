import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { shownWhere } from './certificate-dates.ts';
import { distrustOf, missingLink } from './trust.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, reload, shortName, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly issuer: string;
  readonly sent: number;
  /** Where the missing certificate was found: an address, another service, or the file of `ca`. */
  readonly by: string;
  /** Trusted here all the same, since `ca` holds the missing link. */
  readonly worksHere: boolean;
  readonly fingerprint: string;
}

export const incompleteChain = defineCause<Detail>({
  id: 'tls.incomplete-chain',
  title: both('The server does not send its intermediate certificate', 'サーバーが中間証明書を送っていません'),
  about: both(
    'A server certificate is usually signed by an intermediate certificate, which a known authority has signed in turn; the server has to send both. This one leaves the intermediate out, so that the way up to the known authority is broken. Browsers fetch the missing part by themselves, mail programs and CRMs do not: hence the web site works and mail fails.',
    'サーバー証明書は通常、中間証明書が署名し、その中間証明書に信頼された認証局が署名しています。サーバーは両方を送る必要がありますが、中間証明書を送っていないため、信頼された認証局までつながりません。Web ブラウザーは足りない証明書を自動で取得しますが、メールソフトや CRM は取得しません。そのため、Web では問題がなくてもメールだけが失敗します。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => distrustOf(view) === 'incomplete-chain');
    return shownWhere(views, (certificate, { leaf }) => certificate === leaf).map(({ certificate, views: shown }) => {
      const [first] = shown;
      const { fact, done } = first ?? {};
      const completed = fact?.aia?.result === 'completes' ? fact.aia.url : undefined;
      const by = completed ?? fact?.completedBy ?? '';
      const sent = done?.chain.length ?? 1;
      const issuer = shortName(done?.chain.at(-1)?.issuer ?? certificate.issuer);
      const found =
        by === ''
          ? both(`"${issuer}" is a public authority`, `「${issuer}」は公的な認証局です`)
          : both(`with the certificate from ${by} it is trusted`, `${by} の証明書で補うと、信頼されます`);
      return findingOf(
        shown,
        {
          places: tlsPlaces(shown),
          issuer,
          sent,
          by,
          worksHere: shown.every((view) => view.done?.trust.ok === true),
          fingerprint: certificate.fingerprint,
        },
        {
          severity: (view) => (view.done?.trust.ok ? 'warning' : 'critical'),
          confidence: Math.max(...shown.map((view) => missingLink(view) ?? 0)),
          says: () =>
            both(
              `${sent} certificate(s) sent, the one of "${issuer}" is missing; ${found.en}`,
              `送られた証明書は ${sent} 枚で、「${issuer}」の証明書がありません。${found.ja}`,
            ),
          ruledOut: shown.slice(0, 1).map(({ check }) => ({ cause: 'tls.unknown-issuer', check, says: found })),
        },
      );
    });
  },
  because: ({ places, issuer, by, worksHere }) => {
    const where = placesText(places);
    const proof =
      by === ''
        ? both(`"${issuer}" is the intermediate of a public authority`, `「${issuer}」は公的な認証局の中間証明書です`)
        : both(`with the one from ${by} the chain is complete`, `${by} の証明書で補うと、チェーンが完成します`);
    const here = worksHere
      ? both(
          ' It works here only because mail.ca holds the missing certificate; others fail.',
          'ここで接続できるのは、足りない証明書が mail.ca に含まれているためです。ほかの環境では失敗します。',
        )
      : both(' The CRM refuses the connection for it.', 'このため、CRM は接続を拒否します。');
    return both(
      `${where.en} shows the server certificate without the intermediate "${issuer}"; ${proof.en}.${here.en}`,
      `${where.ja} は、中間証明書「${issuer}」を送っていません。${proof.ja}。${here.ja}`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: enter the file with the whole chain (certbot: fullchain.pem, not cert.pem) in the mail server (Postfix: smtpd_tls_chain_files, Dovecot: ssl_cert).`,
        `${first.host} のメールサーバーに、チェーン全体を含むファイル（certbot では cert.pem ではなく fullchain.pem）を設定します（Postfix は smtpd_tls_chain_files、Dovecot は ssl_cert）。`,
      ),
      both(
        'If you have no such file: append the intermediate certificate of the issuer to the server certificate, in this order.',
        'そのようなファイルがない場合は、サーバー証明書の後ろに発行元の中間証明書を追記します（順序はサーバー証明書が先です）。',
      ),
      reload,
      both(
        `Verify: ${inspect(first).replace('s_client ', 's_client -showcerts ')} must show two certificates or more, and "Verify return code: 0 (ok)".`,
        `確認: ${inspect(first).replace('s_client ', 's_client -showcerts ')} を実行し、2 枚以上の証明書と「Verify return code: 0 (ok)」が表示されることを確認します。`,
      ),
    ];
  },
});
