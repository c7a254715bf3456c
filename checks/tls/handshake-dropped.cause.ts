import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { wordless } from '../net/contacts.ts';
import { doorCandidates, doorsWork } from '../net/other-doors.ts';
import { endText, handshakeFault } from './handshake-faults.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly seen: Text;
  /** Versions that the server takes when nothing newer is offered. */
  readonly versions: readonly string[];
}

export const handshakeDropped = defineCause<Detail>({
  id: 'tls.handshake-dropped',
  title: both('The server breaks off the start of encryption', 'TLS のハンドシェイク中に接続が切れます'),
  about: both(
    'On this port encryption (TLS) starts with the first byte. The connection opens, but is closed or reset as soon as the handshake begins, with every TLS version. The mail server has no usable certificate or key, it crashes, or a device on the way does not let TLS pass. The certificate was never shown, so nothing can be said about it.',
    'このポートでは、最初から暗号化 (TLS) を始めます。接続は確立しますが、ハンドシェイク（暗号化を始めるためのやり取り）に入ると、どの TLS バージョンでも接続が切断またはリセットされます。メールサーバーに使える証明書や鍵がない、サーバーの処理が異常終了している、途中の機器が TLS を通さない、といった場合に起こります。証明書は届いていないため、その内容は判断できません。',
  ),
  owner: 'mail-admin',
  unless: ['config.malformed-value', 'config.wrong-port', 'net.mtu-blackhole', 'tls.sni-rejected'],
  explain: (evidence, subject) =>
    tlsViews(evidence, subject).flatMap((view) => {
      const { fact, service, check } = view;
      if (fact.mode !== 'tls' || handshakeFault(view) !== 'ended' || wordless(evidence, service)) return [];
      const seen = endText(view);
      const versions = fact.versions ?? [];
      return [
        findingOf(
          [view],
          { places: tlsPlaces([view]), seen, versions },
          {
            severity: () => 'critical',
            confidence: fact.handshake?.kind === 'failed' ? 0.75 : 0.87,
            says: () => seen,
            ruledOut:
              versions.length === 0 && fact.versions
                ? [
                    {
                      cause: 'tls.protocol-too-old',
                      check,
                      says: both(
                        'TLS 1.2, 1.1 and 1.0 alone fail as well',
                        'TLS 1.2、1.1、1.0 を単独で試しても失敗します',
                      ),
                    },
                  ]
                : [],
          },
        ),
      ];
    }),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ places, seen, versions }, change) => {
    const where = placesText(places);
    const taken =
      versions.length > 0
        ? both(
            ` Only when nothing but ${versions.join(', ')} is offered does it succeed.`,
            `${versions.join('、')} だけを提示した場合にのみ成功します。`,
          )
        : both('', '');
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} an encrypted connection stands.`,
            `${changeWords(change)} に変更すると、暗号化された接続が確立することを確認しました。`,
          )
        : both('', '');
    return both(
      `The connection to ${where.en} opens, but ${seen.en}.${taken.en}${way.en}`,
      `${where.ja} への接続は確立しますが、${seen.ja}。${taken.ja}${way.ja}`,
    );
  },
  steps: ({ places }, change) => {
    const first = firstOf(places);
    return [
      ...(change.length > 0
        ? [
            both(
              `Set ${changeWords(change)}, here and in the CRM, until the server is repaired.`,
              `サーバーが修復されるまで、この設定ファイルと CRM の両方で、${changeWords(change)} に変更します。`,
            ),
          ]
        : []),
      both(
        `On ${first.host}: look in the mail log at the time of this run for TLS errors (cannot load certificate or key), and check that certificate and key fit.`,
        `${first.host} のメールログで、この検査の時刻の TLS のエラー（証明書や鍵を読み込めないなど）を確認し、証明書と秘密鍵が対応しているか確認します。`,
      ),
      both(
        'Check whether a firewall on the way filters TLS on this port, by trying from another network.',
        '途中のファイアウォールがこのポートの TLS を遮断していないか、別のネットワークから試して確認します。',
      ),
      both(
        `Verify: ${inspect(first)} must show a certificate.`,
        `確認: ${inspect(first)} を実行し、証明書が表示されることを確認します。`,
      ),
    ];
  },
});
