import { defineCause } from '../../src/model/cause.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { protocolName } from '../mail/service.ts';
import { mailTls } from '../mail/tls.check.ts';
import { tlsProblems } from '../mail/tls-problems.ts';
import { changeWords, throughOtherDoors, toDoor } from './door-changes.ts';

interface Detail {
  readonly place: Place;
  readonly startTlsOffered: boolean;
}

const startTls = /^(?:STARTTLS|STLS)$/;

export const clearPassword = defineCause<Detail>({
  id: 'config.clear-password',
  title: both('The password crosses the network unencrypted', 'パスワードが暗号化されずに送信されます'),
  about: both(
    'The settings switch encryption off (security: none) although a password is configured. Everybody on the way, for example in the same Wi-Fi or at the provider, can read the password and every mail. TLS (encryption of the connection) costs nothing and is offered by nearly every mail server.',
    'パスワードを使う設定なのに、暗号化なし (security: none) になっています。同じ Wi-Fi の利用者や通信経路の途中にいる第三者が、パスワードとメールの内容を読み取れる状態です。TLS（通信の暗号化）は、ほぼすべてのメールサーバーで追加費用なしに利用できます。',
  ),
  owner: 'user',
  // Where the server does not even take the login that way, the same setting is at fault, and worse.
  unless: ['config.security-mismatch', 'config.wrong-port', 'auth.requires-tls'],
  explain: (evidence, subject) =>
    servicesOf(subject).flatMap((service) => {
      const check = mailTls[service.protocol];
      const fact = evidence.bad(check);
      const problem = fact && tlsProblems(fact, service).find(({ kind }) => kind === 'clear-password');
      if (!fact || !problem) return [];
      const { protocol, host, port } = service;
      const startTlsOffered = fact.before.some((word) => startTls.test(word));
      const offered = startTlsOffered
        ? both('; the server offers STARTTLS', '。サーバーは STARTTLS に対応しています')
        : both('', '');
      return [
        {
          detail: { place: { protocol, host, port }, startTlsOffered },
          severity: 'warning' as const,
          confidence: 0.98,
          affects: [targetOf(service)],
          evidence: [{ check, says: both(`${problem.symptom.en}${offered.en}`, `${problem.symptom.ja}${offered.ja}`) }],
        },
      ];
    }),
  candidates: ({ place: { protocol, port }, startTlsOffered }, subject) => {
    const service = subject.services[protocol];
    if (!service) return [];
    return [
      ...(startTlsOffered ? [toDoor(service, subject, { port, security: 'starttls' })] : []),
      ...throughOtherDoors(service, subject).filter((_, index) => index === 0 || !startTlsOffered),
    ];
  },
  works: (trial, _subject, { place: { protocol } }) => {
    const outcome = trial.of(mailTls[protocol]);
    return (
      outcome?.kind === 'observed' &&
      outcome.fact.handshake?.kind === 'done' &&
      (outcome.verdict.grade === 'ok' || outcome.verdict.grade === 'warn')
    );
  },
  because: ({ place: { protocol, host, port } }, change) => {
    const name = protocolName[protocol];
    const better =
      change.length > 0
        ? both(
            ` The server can do better: with ${changeWords(change)} the connection is encrypted.`,
            `${changeWords(change)} に変更すると、暗号化された接続を利用できることを確認しました。`,
          )
        : both(
            ' No encrypted way to this server was found.',
            'このサーバーで暗号化された接続方法は見つかりませんでした。',
          );
    return both(
      `The ${name} connection to ${host} port ${port} is set to no encryption, so that user name and password can be read on the way.${better.en}`,
      `${host} のポート ${port} への ${name} 接続が「暗号化なし」に設定されているため、ユーザー名とパスワードが通信の途中で読み取られるおそれがあります。${better.ja}`,
    );
  },
  steps: ({ place: { host } }, change) => [
    change.length > 0
      ? both(
          `Set ${changeWords(change)}, here and in the CRM.`,
          `この設定ファイルと CRM の両方で、${changeWords(change)} に変更します。`,
        )
      : both(`Ask the administrator of ${host} to offer TLS.`, `${host} の管理者に、TLS を有効にするよう依頼します。`),
    both(
      'Change the password afterwards, since it may have been read.',
      'パスワードが読み取られた可能性があるため、そのあとでパスワードを変更します。',
    ),
  ],
});
