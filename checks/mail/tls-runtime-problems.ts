import type { Service } from '../../src/model/mailbox.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import { rulesOf } from '../../src/reason/runtimes.ts';
import type { Stood, TlsProblem } from './tls-problem.ts';

/**
 * The handshake in the runtime's own profile did stand, and the certificate was not refused for it. Node.js has no name for
 * OpenSSL's EE_KEY_TOO_SMALL and says UNSPECIFIED.
 */
export const takenAsCrm = ({ asCrm }: TlsFact, code: RegExp): boolean =>
  asCrm?.reasons.includes('bits') === true &&
  asCrm.handshake.kind === 'done' &&
  (asCrm.handshake.trust.ok || !code.test(asCrm.handshake.trust.code));

type AsCrm = NonNullable<TlsFact['asCrm']>;

const codeOf = ({ handshake }: AsCrm): string =>
  handshake.kind === 'failed' ? `${handshake.code} ${handshake.alert ?? ''}`.toUpperCase() : '';

/** Which of the reasons the handshake in the runtime's profile has failed for; OpenSSL and the alert name it. */
const whyRefused = (asCrm: AsCrm): AsCrm['reasons'][number] | undefined => {
  const code = codeOf(asCrm);
  const has = (reason: AsCrm['reasons'][number]): boolean => asCrm.reasons.includes(reason);
  if (asCrm.handshake.kind === 'done' || asCrm.handshake.kind === 'plain') return undefined;
  if (/LEGACY_RENEGOTIATION/.test(code)) return has('renegotiation') ? 'renegotiation' : undefined;
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/.test(code))
    return has('version') ? 'version' : undefined;
  if (/DH_KEY_TOO_SMALL|KEY_TOO_SMALL/.test(code)) return has('bits') ? 'bits' : undefined;
  if (has('cipher') && /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|INSUFFICIENT_SECURITY/.test(code)) return 'cipher';
  // With one reason only there is nothing else that differs from the handshake that stood.
  const [only, ...more] = asCrm.reasons;
  return more.length === 0 && only !== 'bits' ? only : undefined;
};

/** Without the name another certificate comes, one that does not do. */
const otherCertificate = (done: Stood, { handshake }: AsCrm): boolean => {
  if (handshake.kind !== 'done') return false;
  const [own, other] = [done.chain[0], handshake.chain[0]];
  if (!own || !other || own.fingerprint === other.fingerprint) return false;
  return (done.nameMatches && !handshake.nameMatches) || (done.trust.ok && !handshake.trust.ok);
};

/** What the CRM's runtime meets and our open look does not, as its own handshake has shown. */
export const runtimeProblems = (done: Stood, { asCrm }: TlsFact, service: Service): TlsProblem[] => {
  if (!asCrm) return [];
  const why = whyRefused(asCrm);
  const { name } = rulesOf(service);
  if (why === 'version') {
    return [
      {
        kind: 'runtime-version',
        grade: 'fail',
        symptom: {
          en: `${name} speaks up to ${asCrm.newest}, which the server does not take`,
          ja: `${name} は ${asCrm.newest} までしか話せず、サーバーが受け付けません`,
        },
      },
    ];
  }
  if (why === 'cipher') {
    return [
      {
        kind: 'runtime-cipher',
        grade: 'fail',
        symptom: {
          en: `${name} offers no suite that the server takes (${done.cipher})`,
          ja: `${name} が対応する暗号スイートの中に、サーバーが受け付けるもの (${done.cipher}) がありません`,
        },
      },
    ];
  }
  if (why === 'renegotiation') {
    return [
      {
        kind: 'renegotiation',
        grade: 'fail',
        symptom: {
          en: 'the server lacks secure renegotiation (RFC 5746)',
          ja: 'サーバーが安全な再ネゴシエーション (RFC 5746) に対応していません',
        },
      },
    ];
  }
  if (why === 'sni' || otherCertificate(done, asCrm)) {
    return [
      {
        kind: 'sni',
        // Only where the client is known for it; a runtime has several.
        grade: service.sni === false ? 'fail' : 'warn',
        symptom:
          why === 'sni'
            ? {
                en: 'without a server name (SNI) the handshake fails',
                ja: 'サーバー名 (SNI) を送らないと接続できません',
              }
            : {
                en: 'without a server name (SNI) another certificate is shown',
                ja: 'サーバー名 (SNI) を送らないと、別の証明書が提示されます',
              },
      },
    ];
  }
  return [];
};
