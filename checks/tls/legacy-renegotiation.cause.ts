import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, runtimeOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly version: string;
  readonly as: RuntimeOf;
}

export const legacyRenegotiation = defineCause<Detail>({
  id: 'tls.legacy-renegotiation',
  title: both(
    'The server lacks secure renegotiation, which OpenSSL 3 demands',
    'サーバーが安全な再ネゴシエーションに対応していません',
  ),
  about: both(
    'Since 2010 (RFC 5746) both sides of an encrypted connection tell each other that nobody can slip words in front of it. This server does not. Programs on OpenSSL 3, as current Linux systems have it, end the connection with "unsafe legacy renegotiation disabled"; older ones connect without a word. So it often breaks on the day when the CRM moves to a newer system.',
    '2010 年以降 (RFC 5746)、暗号化された通信の双方は、第三者が通信の先頭に割り込めないことを確認し合いますが、このサーバーは対応していません。現在の Linux で使われている OpenSSL 3 は「unsafe legacy renegotiation disabled」として接続を中止し、古いバージョンは何も言わずに接続します。そのため、CRM を新しいシステムに移した日から失敗することがよくあります。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => problemIn(view, 'renegotiation') !== undefined);
    return grouped(views, ({ service }) => service.host).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), version: first.done?.version ?? '', as: runtimeOf(first) },
          {
            severity: () => 'critical',
            confidence: 0.97,
            says: () =>
              both(
                "with OpenSSL's legacy option the handshake succeeds, without it OpenSSL refuses the server",
                'OpenSSL の互換オプションを有効にするとハンドシェイクに成功し、無効（既定）では拒否されます',
              ),
            ruledOut: [
              {
                cause: 'tls.handshake-dropped',
                check: first.check,
                says: both('the server itself completes the handshake', 'サーバー側はハンドシェイクを完了します'),
              },
            ],
          },
        ),
      ];
    });
  },
  because: ({ places, version, as }) => {
    const where = placesText(places);
    const { name } = rulesOf(as);
    return both(
      `The server at ${where.en} speaks ${version} without secure renegotiation (RFC 5746). ${name}, on which the CRM runs, refuses it by the default of OpenSSL 3 ("unsafe legacy renegotiation disabled").`,
      `${where.ja} のサーバーは ${version} に対応していますが、安全な再ネゴシエーション (RFC 5746) に対応していません。CRM の実行環境である ${name} は、OpenSSL 3 の既定の動作としてこれを拒否します (unsafe legacy renegotiation disabled)。`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: bring the mail server and its TLS library up to date, or switch secure renegotiation on; any OpenSSL since 0.9.8m (2010) and any GnuTLS since 2.10 has it. TLS 1.3 does not need it.`,
        `${first.host} のメールサーバーと TLS ライブラリーを更新するか、安全な再ネゴシエーションを有効にします。OpenSSL 0.9.8m（2010 年）以降、GnuTLS 2.10 以降は対応しています。TLS 1.3 では不要です。`,
      ),
      both(
        'Where the fault is a device in front of it (load balancer, inspecting firewall), update that.',
        '手前にある機器（ロードバランサーや通信を検査するファイアウォール）が原因の場合は、その機器を更新します。',
      ),
      both(
        'Do not weaken the CRM for all servers (UnsafeLegacyServerConnect in openssl.cnf) except as a stopgap.',
        'CRM 側の緩和（openssl.cnf の UnsafeLegacyServerConnect）は、すべての接続の安全性を下げるため、一時しのぎにとどめます。',
      ),
      both(
        `Verify: ${inspect(first, 'grep "Secure Renegotiation"')} must say "Secure Renegotiation IS supported".`,
        `確認: ${inspect(first, 'grep "Secure Renegotiation"')} を実行し、「Secure Renegotiation IS supported」と表示されることを確認します。`,
      ),
    ];
  },
});
