import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { endText, handshakeFault } from './handshake-faults.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, runtimeOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** The only suite that the server would take, where one was found. */
  readonly cipher: string;
  /** Only this runtime does not offer it; its own handshake has shown that. */
  readonly as?: RuntimeOf;
}

export const noCommonCipher = defineCause<Detail>({
  id: 'tls.no-common-cipher',
  title: both('CRM and server have no cipher suite in common', 'CRM とサーバーに、共通の暗号スイートがありません'),
  about: both(
    'At the start of an encrypted connection both sides agree on a cipher suite, the set of methods to encrypt with. The server offers none that programs of today know or still allow, so it ends the handshake ("handshake failure"). Usually its list was restricted by hand to one rare or outdated method.',
    '暗号化された通信を始めるとき、双方は暗号スイート（暗号化の方式の組み合わせ）を 1 つ決めます。サーバーが、現在のプログラムで使える方式を 1 つも提示しないため、ハンドシェイクが失敗します (handshake failure)。多くの場合、サーバー側の設定が、特殊な方式や古い方式だけに限定されています。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter(
      (view) => handshakeFault(view) === 'cipher' || problemIn(view, 'runtime-cipher') !== undefined,
    );
    return grouped(views, ({ service, done }) => `${service.host} ${done?.cipher ?? ''}`).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const cipher = first.done?.cipher ?? '';
      const own = problemIn(first, 'runtime-cipher') !== undefined;
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), cipher, ...(own ? { as: runtimeOf(first) } : {}) },
          {
            severity: () => 'critical',
            confidence: cipher === '' ? 0.85 : 0.96,
            says: (view) =>
              view.done && own
                ? both(
                    `the server chose ${view.done.cipher}; in the runtime's own profile the handshake fails`,
                    `サーバーが選んだのは ${view.done.cipher} で、CRM の実行環境と同じ設定ではハンドシェイクに失敗します`,
                  )
                : view.done
                  ? both(
                      `the server takes ${view.done.cipher} only, which no common client offers`,
                      `サーバーが受け入れるのは ${view.done.cipher} だけで、一般的なプログラムは対応していません`,
                    )
                  : endText(view),
            ruledOut: [
              {
                cause: 'tls.client-certificate-required',
                check: first.check,
                says: both(
                  'the server did not ask for a client certificate',
                  'サーバーはクライアント証明書を要求していません',
                ),
              },
            ],
          },
        ),
      ];
    });
  },
  because: ({ places, cipher, as }) => {
    const where = placesText(places);
    if (as) {
      const { name } = rulesOf(as);
      return both(
        `The server at ${where.en} takes ${cipher}, but nothing that ${name}, on which the CRM runs, offers by default: a handshake in its profile fails, while Node.js and others still succeed.`,
        `${where.ja} のサーバーは ${cipher} を受け入れますが、CRM の実行環境である ${name} が既定で使う方式はどれも受け入れません。同じ設定で試したハンドシェイクは失敗し、Node.js などでは成功します。`,
      );
    }
    return cipher === ''
      ? both(
          `The server at ${where.en} ends the handshake with "handshake failure", although everything from TLS 1.0 on was offered and no client certificate was asked for: it accepts none of the offered cipher suites.`,
          `${where.ja} のサーバーは、TLS 1.0 以降のすべての方式を提示しても「handshake failure」を返し、クライアント証明書も要求していません。提示した暗号スイートのどれも受け入れない設定です。`,
        )
      : both(
          `The server at ${where.en} insists on the cipher suite ${cipher}. Programs of today do not offer it, so that the CRM finds nothing in common with the server.`,
          `${where.ja} のサーバーは、暗号スイート ${cipher} しか受け入れません。現在のプログラムはこれに対応していないため、CRM との共通の方式がありません。`,
        );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: remove the restriction of ciphers (Postfix: postconf -X tls_medium_cipherlist tls_high_cipherlist, Dovecot: ssl_cipher_list), so that the defaults of OpenSSL count.`,
        `${first.host} で暗号スイートの制限を外し、OpenSSL の既定に戻します（Postfix は postconf -X tls_medium_cipherlist tls_high_cipherlist、Dovecot は ssl_cipher_list を削除）。`,
      ),
      both(
        'Allow at least ECDHE with AES-GCM, and TLS 1.3.',
        '少なくとも、ECDHE と AES-GCM を使う方式、および TLS 1.3 を有効にします。',
      ),
      both(
        `Verify: ${inspect(first, 'grep -E "Cipher|Protocol"')} must name a cipher.`,
        `確認: ${inspect(first, 'grep -E "Cipher|Protocol"')} を実行し、暗号スイートが表示されることを確認します。`,
      ),
    ];
  },
});
