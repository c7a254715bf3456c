import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { distrustOf, topOf } from './trust.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, shortName, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly issuer: string;
}

export const unknownIssuer = defineCause<Detail>({
  id: 'tls.unknown-issuer',
  title: both(
    'The certificate was issued by an authority that is not trusted here',
    '証明書の発行元（認証局）が信頼されていません',
  ),
  about: both(
    'A server certificate is the identity card of a server; programs accept it when they know the authority that signed it. The authority at the end of this chain is in no list of trusted ones: it is a private authority, as companies run them, or an unknown one. If it is your own, its certificate has to be installed where the CRM runs; if it is not, be careful, since somebody may stand between.',
    'サーバー証明書はサーバーの身分証で、プログラムは、署名した認証局（証明書の発行機関）を知っている場合に受け入れます。この証明書の最上位の認証局は、信頼された認証局の一覧にありません。社内などで運用している独自の認証局か、未知の認証局です。自社の認証局であれば、その証明書を CRM のマシンに登録する必要があります。心当たりがない場合は、第三者が通信に割り込んでいる可能性があるため注意してください。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => distrustOf(view) === 'unknown-issuer');
    return grouped(views, (view) => topOf(view)?.issuer ?? '').flatMap((group) => {
      const [first] = group;
      const issuer = first && topOf(first)?.issuer;
      if (!first || issuer === undefined) return [];
      const incomplete = first.fact.aia?.result === 'does-not-complete';
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), issuer: shortName(issuer) },
          {
            severity: () => 'critical',
            confidence: 0.92,
            says: ({ done }) => {
              const says = done && !done.trust.ok ? done.trust.says : '';
              return both(
                `the chain ends at "${issuer}": ${says}`,
                `証明書チェーンの最上位の発行者は「${issuer}」です (${says})`,
              );
            },
            ruledOut: [
              {
                cause: 'tls.self-signed',
                check: first.check,
                says: both('an authority has signed the certificate', '証明書には認証局の署名があります'),
              },
              ...(incomplete
                ? [
                    {
                      cause: 'tls.incomplete-chain',
                      check: first.check,
                      says: both(
                        'with the fetched intermediate it is not trusted either',
                        '中間証明書を取得して補っても、信頼されません',
                      ),
                    },
                  ]
                : []),
            ],
          },
        ),
      ];
    });
  },
  because: ({ places, issuer }) => {
    const where = placesText(places);
    return both(
      `The certificate of ${where.en} was issued by "${issuer}", which neither the system nor the settings trust. The CRM refuses the connection for it.`,
      `${where.ja} の証明書の発行元は「${issuer}」ですが、システムの信頼リストにも設定にもありません。このため、CRM は接続を拒否します。`,
    );
  },
  steps: ({ places, issuer }) => {
    const first = firstOf(places);
    return [
      both(
        `Ask the administrator of ${first.host} whether "${issuer}" is your company's own authority, and for its root certificate as a PEM file.`,
        `「${issuer}」が自社の認証局か、${first.host} の管理者に確認し、ルート証明書を PEM ファイルで受け取ります。`,
      ),
      both(
        'If it is: name the file at mail.ca, and install it where the CRM runs (Debian: copy it to /usr/local/share/ca-certificates/ as .crt and run update-ca-certificates; Java: keytool -importcert -cacerts).',
        '自社の認証局の場合は、mail.ca にそのファイルを指定し、CRM のマシンにも登録します（Debian では /usr/local/share/ca-certificates/ に .crt として置き、update-ca-certificates を実行します。Java では keytool -importcert -cacerts を使います）。',
      ),
      both(
        `If nobody knows it: do not trust it, and have ${first.host} use a certificate of a public authority.`,
        `心当たりがない場合は信頼せず、${first.host} に公的な認証局の証明書を設置します。`,
      ),
      both(
        `Verify: ${inspect(first, 'grep "Verify return code"')} must show 0 (ok).`,
        `確認: ${inspect(first, 'grep "Verify return code"')} を実行し、0 (ok) と表示されることを確認します。`,
      ),
    ];
  },
});
