import type { Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Security } from '../../src/model/config.ts';
import type { Service } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';
import { reaches } from '../net/reach.ts';
import { changeWords, throughOtherDoors, toDoor } from './door-changes.ts';
import { awaitsTls } from './stranger.ts';

interface Detail {
  readonly place: Place;
  readonly configured: Security;
  /** How the server begins on this port. */
  readonly begins: 'clear' | 'tls';
}

/** How the server begins, where the configuration has it the other way round. */
const beginning = (evidence: Evidence, service: Service): { begins: Detail['begins']; seen: Seen } | undefined => {
  const { protocol, security } = service;
  const tls = mailTls[protocol];
  const handshake = evidence.bad(tls)?.handshake;
  if (security === 'tls' && handshake?.kind === 'plain' && handshake.speaks === protocol) {
    const says = both(
      `in answer to the TLS handshake came clear text: "${handshake.line}"`,
      `TLS の開始要求に、暗号化されていない応答が返りました:「${handshake.line}」`,
    );
    return { begins: 'clear', seen: { check: tls, says } };
  }
  if (!awaitsTls(evidence, service)) return undefined;
  const says = both(
    'the server stays silent in clear text and answers a TLS handshake',
    '暗号化なしでは何も応答せず、TLS の開始要求には応答します',
  );
  return { begins: 'tls', seen: { check: mailPort[protocol], says } };
};

const modes: Readonly<Record<Security, { readonly en: string; readonly ja: string }>> = {
  tls: both('TLS from the first byte (security: tls)', '最初から暗号化する SSL/TLS (security: tls)'),
  starttls: both('STARTTLS (security: starttls)', '途中から暗号化する STARTTLS (security: starttls)'),
  none: both('no encryption (security: none)', '暗号化なし (security: none)'),
};

export const securityMismatch = defineCause<Detail>({
  id: 'config.security-mismatch',
  title: both('The encryption mode does not fit the port', '暗号化方式の設定がポートに合っていません'),
  about: both(
    'A mail connection is encrypted in one of two ways: with TLS from the first byte (usual on 465, 993 and 995), or by STARTTLS, which begins in clear text and switches over (usual on 587, 143 and 110). When the settings say one and the server expects the other, both sides wait for each other, or the handshake ends with "wrong version number". The other mode was tried before it is proposed.',
    'メールの通信を暗号化する方式は 2 つあります。最初から暗号化する SSL/TLS（465、993、995 番が一般的）と、暗号化なしで始めて途中で切り替える STARTTLS（587、143、110 番が一般的）です。設定とサーバーの方式が食い違うと、互いに相手を待ち続けるか、「wrong version number」というエラーで終わります。提案する方式は、実際に接続を確認済みです。',
  ),
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) =>
    servicesOf(subject).flatMap((service) => {
      const found = beginning(evidence, service);
      if (!found) return [];
      const { protocol, host, port, security } = service;
      const ruledOut =
        found.begins === 'tls'
          ? [
              {
                cause: 'net.no-greeting',
                check: found.seen.check,
                says: both(
                  'the server does answer, as soon as TLS is spoken',
                  'TLS で話しかけると応答するため、無応答ではありません',
                ),
              },
            ]
          : [
              {
                cause: 'tls.handshake-dropped',
                check: found.seen.check,
                says: both(
                  'the server answers in clear text, so nobody breaks a TLS handshake off',
                  'サーバーは暗号化なしで応答しており、TLS の接続処理が打ち切られたのではありません',
                ),
              },
            ];
      return [
        {
          detail: { place: { protocol, host, port }, configured: security, begins: found.begins },
          severity: 'critical' as const,
          confidence: 0.95,
          affects: [targetOf(service)],
          evidence: [found.seen],
          ruledOut,
        },
      ];
    }),
  // The same port in the other mode first. Where that fails (a server without STARTTLS), port and mode still do not pair,
  // and the protocol's other doors are the way out.
  candidates: ({ place: { protocol, port }, begins }, subject) => {
    const service = subject.services[protocol];
    if (!service) return [];
    const other = toDoor(service, subject, { port, security: begins === 'tls' ? 'tls' : 'starttls' });
    return [other, ...throughOtherDoors(service, subject)];
  },
  works: (trial, subject, { place: { protocol } }) => {
    if (reaches(trial, subject, protocol)) return true;
    // The mode is right as soon as TLS is spoken; what ends the handshake then is found behind this.
    const handshake = trial.fact(mailTls[protocol])?.handshake;
    if (handshake?.kind !== 'failed') return false;
    const { sawServerHello, clientCertificateAsked, alert } = handshake;
    return sawServerHello || clientCertificateAsked || alert !== undefined;
  },
  because: ({ place: { host, port }, configured, begins }, change) => {
    const server =
      begins === 'tls'
        ? both('the server starts with TLS at once', 'サーバーは最初から TLS で通信を始めます')
        : both('the server starts in clear text', 'サーバーは暗号化なしで通信を始めます');
    return both(
      `The settings say ${modes[configured].en} for ${host} port ${port}, but ${server.en}. With ${changeWords(change)} the encrypted connection stands.`,
      `${host} のポート ${port} に対し、設定は${modes[configured].ja} ですが、${server.ja}。${changeWords(change)} に変更すると、暗号化された接続が確立することを確認しました。`,
    );
  },
  steps: ({ place: { port } }, change) => [
    both(`Set ${changeWords(change)}.`, `${changeWords(change)} に変更します。`),
    both(
      `Choose the same mode in the CRM: "SSL/TLS" stands for tls, "STARTTLS" for starttls; the port was ${port} so far.`,
      `CRM の画面でも同じ方式を選びます。「SSL/TLS」は tls、「STARTTLS」は starttls に当たります。これまでのポートは ${port} です。`,
    ),
  ],
});
