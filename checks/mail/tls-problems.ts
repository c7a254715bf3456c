import type { Service } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { Certificate, Handshake, TlsFact } from '../../src/model/tls-facts.ts';
import { type RuntimeRules, rulesOf, versionRank } from '../../src/reason/runtimes.ts';
import { clientCertificateFault } from './client-certificate.ts';
import { soonDays, weakBelowBits } from './runtimes.ts';
import { protocolName, welcomed } from './service.ts';

export type TlsProblemKind =
  | 'hello'
  | 'not-offered'
  | 'starttls-refused'
  | 'starttls-broken'
  | 'plain'
  | 'handshake'
  | 'greeting'
  | 'protocol-too-old'
  | 'cipher'
  | 'dh'
  | 'expired'
  | 'not-yet-valid'
  | 'name'
  | 'untrusted'
  | 'purpose'
  | 'weak-key'
  | 'weak-signature'
  | 'ends-soon'
  | 'clear-password'
  | 'runtime-version'
  | 'runtime-cipher'
  | 'renegotiation'
  | 'client-certificate'
  | 'sni';

/** One thing that is wrong with the way into TLS; `fail` where this CRM's runtime would refuse it. */
export interface TlsProblem {
  readonly kind: TlsProblemKind;
  readonly grade: 'fail' | 'warn';
  readonly symptom: Text;
}

type Done = Extract<Handshake, { kind: 'done' }>;

const days = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);

const weakSignature = (certificate: Certificate): boolean => /sha1|md5|md2/i.test(certificate.signature);

// OpenSSL reports one fault of a chain; where it is one that is judged from the certificates themselves it is not named
// twice. An expired root that was not sent, though, is only in OpenSSL's word.
const sameFault: readonly (readonly [RegExp, TlsProblemKind])[] = [
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
  [/^INVALID_PURPOSE$/, 'purpose'],
  [/^(HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)$/, 'name'],
  [/^(EE_KEY_TOO_SMALL|CA_KEY_TOO_SMALL)$/, 'weak-key'],
  [/^CA_MD_TOO_WEAK$/, 'weak-signature'],
];

/** Certificates whose signature counts: a trusted root's own is not checked by anybody. */
const signed = (chain: readonly Certificate[]): readonly Certificate[] => chain.filter(({ selfSigned }) => !selfSigned);

const ofCertificates = ({ chain, trust, nameMatches }: Done, fact: TlsFact, service: Service): TlsProblem[] => {
  const { at } = fact;
  const problems: TlsProblem[] = [];
  const rules = rulesOf(service);
  const add = (kind: TlsProblemKind, grade: TlsProblem['grade'], symptom: Text) =>
    problems.push({ kind, grade, symptom });
  const [leaf] = chain;
  if (!leaf) return problems;
  const expired = chain.find(({ notAfter }) => Date.parse(notAfter) < Date.parse(at));
  const early = chain.find(({ notBefore }) => Date.parse(notBefore) > Date.parse(at));
  if (expired) {
    const day = expired.notAfter.slice(0, 10);
    add('expired', 'fail', { en: `the certificate ended on ${day}`, ja: `証明書の有効期限が ${day} に切れています` });
  }
  if (early) {
    const day = early.notBefore.slice(0, 10);
    add('not-yet-valid', 'fail', {
      en: `the certificate is valid only from ${day}`,
      ja: `証明書は ${day} から有効です（まだ有効になっていません）`,
    });
  }
  if (!nameMatches) {
    add('name', 'fail', {
      en: `the certificate is for ${leaf.names.slice(0, 3).join(', ') || leaf.subject}, not for ${service.host}`,
      ja: `証明書は ${leaf.names.slice(0, 3).join('、') || leaf.subject} のもので、${service.host} のものではありません`,
    });
  }
  if (!leaf.forServers) {
    add('purpose', 'fail', { en: 'the certificate is not made for servers', ja: 'サーバー用の証明書ではありません' });
  }
  if (leaf.key.type === 'rsa' && leaf.key.bits < weakBelowBits) {
    const refused = leaf.key.bits < rules.minimumBits.rsa && !takenAsCrm(fact, /KEY_TOO_SMALL|UNSPECIFIED/);
    add('weak-key', refused ? 'fail' : 'warn', {
      en: `the certificate's RSA key has only ${leaf.key.bits} bits`,
      ja: `証明書の RSA 鍵が ${leaf.key.bits} ビットしかありません`,
    });
  }
  const weak = signed(chain).find(weakSignature);
  if (weak) {
    add('weak-signature', rules.acceptsSha1 ? 'warn' : 'fail', {
      en: `a certificate is signed with ${weak.signature}`,
      ja: `証明書の署名が ${weak.signature} です`,
    });
  }
  const named = (code: string) =>
    sameFault.some(([pattern, kind]) => pattern.test(code) && problems.some((problem) => problem.kind === kind));
  if (!trust.ok && !named(trust.code)) {
    add('untrusted', 'fail', {
      en: `the certificate is not trusted (${trust.says})`,
      ja: `証明書を信頼できません (${trust.says})`,
    });
  }
  const left = days(at, leaf.notAfter);
  if (!expired && !early && left < soonDays) {
    add('ends-soon', 'warn', {
      en: `the certificate ends in ${left} days (${leaf.notAfter.slice(0, 10)})`,
      ja: `証明書の有効期限まであと ${left} 日です (${leaf.notAfter.slice(0, 10)})`,
    });
  }
  return problems;
};

/**
 * The handshake in the runtime's own profile did stand, and the certificate was not refused for it. Node.js has no name for
 * OpenSSL's EE_KEY_TOO_SMALL and says UNSPECIFIED.
 */
const takenAsCrm = ({ asCrm }: TlsFact, code: RegExp): boolean =>
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
const otherCertificate = (done: Done, { handshake }: AsCrm): boolean => {
  if (handshake.kind !== 'done') return false;
  const [own, other] = [done.chain[0], handshake.chain[0]];
  if (!own || !other || own.fingerprint === other.fingerprint) return false;
  return (done.nameMatches && !handshake.nameMatches) || (done.trust.ok && !handshake.trust.ok);
};

/** What the CRM's runtime meets and our open look does not, as its own handshake has shown. */
const ofRuntime = (done: Done, { asCrm }: TlsFact, rules: RuntimeRules, service: Service): TlsProblem[] => {
  if (!asCrm) return [];
  const why = whyRefused(asCrm);
  const { name } = rules;
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

const ofHandshake = (done: Done, fact: TlsFact, service: Service): TlsProblem[] => {
  const problems: TlsProblem[] = [];
  const rules = rulesOf(service);
  if (/^(SSLv3|TLSv1|TLSv1\.1)$/.test(done.version)) {
    problems.push({
      kind: 'protocol-too-old',
      // An old runtime, known by its version, still speaks it.
      grade: rules.versionKnown && versionRank(rules.oldest) <= versionRank(done.version) ? 'warn' : 'fail',
      symptom: { en: `the server speaks only ${done.version}`, ja: `サーバーが ${done.version} までしか話せません` },
    });
  } else if (!done.cipherIsCommon) {
    problems.push({
      kind: 'cipher',
      grade: 'fail',
      symptom: { en: `the server offers only ${done.cipher}`, ja: `サーバーが ${done.cipher} しか提示しません` },
    });
  }
  if (done.dhBits !== undefined && done.dhBits < weakBelowBits) {
    problems.push({
      kind: 'dh',
      grade: done.dhBits < rules.minimumBits.dh && !takenAsCrm(fact, /DH_KEY_TOO_SMALL/) ? 'fail' : 'warn',
      symptom: {
        en: `the Diffie-Hellman group has only ${done.dhBits} bits`,
        ja: `Diffie-Hellman の鍵長が ${done.dhBits} ビットしかありません`,
      },
    });
  }
  return [...problems, ...ofRuntime(done, fact, rules, service)];
};

const handshakeSymptom = (handshake: Exclude<Handshake, Done>): Text => {
  switch (handshake.kind) {
    case 'plain':
      return {
        en: `the server starts without encryption: "${handshake.line}"`,
        ja: `サーバーは暗号化なしで話し始めます:「${handshake.line}」`,
      };
    case 'failed':
      return {
        en: `the TLS handshake fails: ${handshake.says}`,
        ja: `TLS のハンドシェイクに失敗します: ${handshake.says}`,
      };
    case 'silent':
      return { en: 'no answer to the TLS handshake', ja: 'TLS のハンドシェイクに応答がありません' };
    case 'closed':
      return { en: 'the server closes during the TLS handshake', ja: 'TLS のハンドシェイク中に接続が閉じられます' };
    case 'reset':
      return {
        en: 'the connection is reset during the TLS handshake',
        ja: 'TLS のハンドシェイク中に接続がリセットされます',
      };
  }
};

const ofStartTls = (fact: TlsFact): TlsProblem | undefined => {
  const { startTls } = fact;
  switch (startTls?.kind) {
    case 'not-offered':
      return {
        kind: 'not-offered',
        grade: 'fail',
        symptom: { en: 'the server does not offer STARTTLS', ja: 'サーバーが STARTTLS に対応していません' },
      };
    case 'refused':
      return {
        kind: 'starttls-refused',
        grade: 'fail',
        symptom: {
          en: `STARTTLS is refused: "${startTls.reply}"`,
          ja: `STARTTLS が拒否されました:「${startTls.reply}」`,
        },
      };
    case 'broken':
      return {
        kind: 'starttls-broken',
        grade: 'fail',
        symptom: { en: 'the connection breaks after STARTTLS', ja: 'STARTTLS の直後に接続が切れます' },
      };
    default:
      return undefined;
  }
};

/** What is wrong with our own client certificate; it is no use then, whatever the server says. */
const ofClientCertificate = ({ clientCertificate: own, at }: TlsFact): TlsProblem[] => {
  if (!own) return [];
  const fault = clientCertificateFault(own, at);
  return fault ? [{ kind: 'client-certificate', grade: 'fail', symptom: fault }] : [];
};

/** Everything that is wrong on the way into TLS, the earliest step first. */
export const tlsProblems = (fact: TlsFact, service: Service): readonly TlsProblem[] => [
  ...(fact.mode === 'none' ? [] : ofClientCertificate(fact)),
  ...wayProblems(fact, service),
];

const wayProblems = (fact: TlsFact, service: Service): readonly TlsProblem[] => {
  if (fact.hello) {
    const { code, text } = fact.hello;
    return [
      {
        kind: 'hello',
        grade: 'fail',
        symptom: {
          en: `the server refuses the first command: "${code} ${text}"`,
          ja: `最初のコマンドが拒否されました:「${code} ${text}」`,
        },
      },
    ];
  }
  if (fact.mode === 'none') {
    if (!service.password) return [];
    return [
      {
        kind: 'clear-password',
        grade: 'warn',
        symptom: {
          en: `the ${protocolName[service.protocol]} password crosses the network unencrypted`,
          ja: `${protocolName[service.protocol]} のパスワードが暗号化されずに流れます`,
        },
      },
    ];
  }
  const stopped = ofStartTls(fact);
  if (stopped) return [stopped];
  if (!fact.handshake) return [];
  if (fact.handshake.kind !== 'done') {
    return [
      {
        kind: fact.handshake.kind === 'plain' ? 'plain' : 'handshake',
        grade: 'fail',
        symptom: handshakeSymptom(fact.handshake),
      },
    ];
  }
  const problems = [...ofHandshake(fact.handshake, fact, service), ...ofCertificates(fact.handshake, fact, service)];
  const { greeting } = fact;
  if (greeting && !welcomed(service.protocol, greeting)) {
    const line = greeting.kind === 'greeted' ? greeting.lines[0] : undefined;
    problems.push({
      kind: 'greeting',
      grade: 'fail',
      symptom:
        line === undefined
          ? { en: 'no greeting after the TLS handshake', ja: 'TLS 接続後に最初の応答がありません' }
          : { en: `the server greets with "${line}"`, ja: `サーバーの最初の応答が「${line}」です` },
    });
  }
  return problems;
};
