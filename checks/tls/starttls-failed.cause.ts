import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { doorCandidates, doorsWork } from '../net/other-doors.ts';
import { endText, handshakeFault } from './handshake-faults.ts';
import { startTlsWord } from './starttls.ts';
import type { TlsPlace, TlsView } from './views.ts';
import { findingOf, firstOf, inspect, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly seen: Text;
}

const broken: Readonly<Record<'closed' | 'reset' | 'silent' | 'flood', Text>> = {
  closed: both('after the command the server closes the connection', '命令の直後に、サーバーが接続を切断します'),
  reset: both('after the command the connection is reset', '命令の直後に、接続がリセットされます'),
  silent: both('the command is not answered', '命令に応答がありません'),
  flood: both('the command is answered with endless data', '命令に対し、際限なくデータが返ります'),
};

/** How the way to TLS broke after it was offered. */
const failureOf = (view: TlsView): Text | undefined => {
  const { startTls, before, handshake } = view.fact;
  switch (startTls?.kind) {
    case 'refused':
      return both(`the answer to STARTTLS: "${startTls.reply}"`, `STARTTLS への応答:「${startTls.reply}」`);
    case 'broken':
      // Without a list the connection broke at the first command already (net.dropped-mid-session).
      return before.length > 0 ? broken[startTls.how] : undefined;
    case 'agreed':
      return handshake?.kind === 'plain' || handshakeFault(view) === 'ended' ? endText(view) : undefined;
    default:
      return undefined;
  }
};

export const startTlsFailed = defineCause<Detail>({
  id: 'tls.starttls-failed',
  title: both('The server offers encryption, but the switch to it fails', '暗号化への切り替え (STARTTLS) に失敗します'),
  about: both(
    'STARTTLS is the command by which a connection that began in clear text is switched over to encryption. The server offers it, but refuses the command or breaks the connection when encryption begins. Usually the mail server cannot read its certificate or private key: a wrong path, missing permission, or a key that does not fit the certificate.',
    'STARTTLS は、暗号化なしで始めた通信を途中から暗号化に切り替える命令です。サーバーは対応していると案内しますが、命令を拒否するか、暗号化を始めるときに接続が切れます。多くの場合、メールサーバーが証明書や秘密鍵を読み込めていません（ファイルの場所の誤り、読み取り権限の不足、証明書と鍵の不一致など）。',
  ),
  owner: 'mail-admin',
  unless: ['config.malformed-value', 'net.mtu-blackhole', 'tls.sni-rejected'],
  explain: (evidence, subject) =>
    tlsViews(evidence, subject).flatMap((view) => {
      const seen = failureOf(view);
      if (!seen) return [];
      const { word, list } = startTlsWord[view.service.protocol];
      return [
        findingOf(
          [view],
          { places: tlsPlaces([view]), seen },
          {
            severity: () => 'critical',
            confidence: view.fact.startTls?.kind === 'refused' ? 0.96 : 0.88,
            says: () => seen,
            ruledOut: [
              {
                cause: 'tls.starttls-not-offered',
                check: view.check,
                says: both(`${word} stands in the answer to ${list}`, `${list} の応答に ${word} があります`),
              },
            ],
          },
        ),
      ];
    }),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ places, seen }, change) => {
    const where = placesText(places);
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} an encrypted connection stands.`,
            `${changeWords(change)} に変更すると、暗号化された接続が確立することを確認しました。`,
          )
        : both('', '');
    return both(
      `The server at ${where.en} offers STARTTLS, but the switch to encryption fails: ${seen.en}.${way.en}`,
      `${where.ja} のサーバーは STARTTLS に対応していると案内しますが、暗号化への切り替えに失敗します。${seen.ja}。${way.ja}`,
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
        `On ${first.host}: look in the mail log for "TLS" at the time of this run (for example: cannot load certificate, private key, permission denied).`,
        `${first.host} のメールログで、この検査の時刻の TLS に関するエラー（cannot load certificate、private key、permission denied など）を確認します。`,
      ),
      both(
        'Check that certificate and key fit and can be read: both openssl x509 -noout -pubkey -in CERT and openssl pkey -pubout -in KEY must show the same key.',
        '証明書と秘密鍵が対応していて、読み取れることを確認します: openssl x509 -noout -pubkey -in 証明書 と openssl pkey -pubout -in 秘密鍵 の結果が一致する必要があります。',
      ),
      both(
        'Restart the mail service: systemctl restart postfix dovecot.',
        'メールサービスを再起動します: systemctl restart postfix dovecot。',
      ),
      both(`Verify: ${inspect(first)}.`, `確認: ${inspect(first)} を実行し、証明書が表示されることを確認します。`),
    ];
  },
});
