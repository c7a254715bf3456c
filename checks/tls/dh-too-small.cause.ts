import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { weakBelowBits } from '../mail/runtimes.ts';
import { handshakeFault } from './handshake-faults.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, runtimeOf, severityOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** 0 where the handshake failed before its size was seen. */
  readonly bits: number;
  readonly as: RuntimeOf;
  readonly refused: boolean;
}

export const dhTooSmall = defineCause<Detail>({
  id: 'tls.dh-too-small',
  title: both("The server's Diffie-Hellman parameters are too small", 'サーバーの Diffie-Hellman の鍵長が短すぎます'),
  about: both(
    `Diffie-Hellman is a method by which both sides agree on a secret key over an open line. With groups of less than ${weakBelowBits} bits it can be broken ("Logjam"), so current systems refuse them with "dh key too small". Whether the connection fails depends on the runtime of the CRM: PHP, Python and .NET on a current Linux refuse 1024 bits, Node.js and Java still take them.`,
    `Diffie-Hellman は、盗み見られる可能性のある回線上で、双方が秘密の鍵を決める方法です。${weakBelowBits} ビット未満では解読される危険があるため (Logjam)、現在のシステムは「dh key too small」として拒否します。接続できるかどうかは CRM の実行環境によって異なり、現在の Linux 上の PHP、Python、.NET は 1024 ビットを拒否しますが、Node.js と Java はまだ受け入れます。`,
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    // An outdated version is named first, but the group is a fault of its own.
    const views = tlsViews(evidence, subject).filter(
      (view) => problemIn(view, 'dh') !== undefined || handshakeFault(view) === 'dh',
    );
    return grouped(views, ({ service, done }) => `${service.host} ${done?.dhBits ?? 0}`).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const bits = first.done?.dhBits ?? 0;
      const refused = group.some((view) => !view.done || problemIn(view, 'dh')?.grade === 'fail');
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), bits, as: runtimeOf(first), refused },
          {
            severity: (view) => {
              const problem = problemIn(view, 'dh');
              return problem ? severityOf(problem) : 'critical';
            },
            confidence: 0.95,
            says: ({ fact: { handshake } }) =>
              bits > 0
                ? both(`the Diffie-Hellman group has ${bits} bits`, `Diffie-Hellman の鍵長は ${bits} ビットです`)
                : both(
                    `the handshake fails: ${handshake?.kind === 'failed' ? handshake.says : ''}`,
                    `ハンドシェイクに失敗します: ${handshake?.kind === 'failed' ? handshake.says : ''}`,
                  ),
          },
        ),
      ];
    });
  },
  because: ({ places, bits, as, refused }) => {
    const where = placesText(places);
    const { name } = rulesOf(as);
    const size = bits > 0 ? both(`of ${bits} bits`, `${bits} ビット`) : both('that is too small', '短すぎる値');
    const effect = refused
      ? both(`${name}, on which the CRM runs, refuses it`, `CRM の実行環境である ${name} は、これを拒否します`)
      : both(
          `${name} still accepts it; PHP, Python and openssl refuse it already`,
          `${name} はまだ受け入れますが、PHP、Python、openssl はすでに拒否します`,
        );
    return both(
      `The server at ${where.en} uses a Diffie-Hellman group ${size.en}. ${effect.en}.`,
      `${where.ja} のサーバーは、Diffie-Hellman の鍵長として、${size.ja}を使っています。${effect.ja}。`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: prefer ECDHE, and replace the Diffie-Hellman parameters (Postfix: remove smtpd_tls_dh1024_param_file or set it to auto; Dovecot: ssl_dh with a file from openssl dhparam 2048).`,
        `${first.host} で ECDHE を優先し、Diffie-Hellman のパラメーターを差し替えます（Postfix は smtpd_tls_dh1024_param_file を削除または auto に、Dovecot は ssl_dh に openssl dhparam 2048 で作成したファイルを指定）。`,
      ),
      both(
        'Reload the mail services: systemctl reload postfix dovecot.',
        'メールサービスを再読み込みします: systemctl reload postfix dovecot。',
      ),
      both(
        `Verify: ${inspect(first, 'grep "Server Temp Key"')} must show ECDH, X25519 or DH with ${weakBelowBits} bits.`,
        `確認: ${inspect(first, 'grep "Server Temp Key"')} を実行し、ECDH、X25519、または ${weakBelowBits} ビット以上の DH が表示されることを確認します。`,
      ),
    ];
  },
});
