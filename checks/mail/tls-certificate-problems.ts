import type { Service } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { Certificate, TlsFact } from '../../src/model/tls-facts.ts';
import { rulesOf } from '../../src/reason/runtimes.ts';
import { soonDays, weakBelowBits } from './runtimes.ts';
import type { Stood, TlsProblem, TlsProblemKind } from './tls-problem.ts';
import { takenAsCrm } from './tls-runtime-problems.ts';

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

/** What is wrong with the certificates that the server showed. */
export const certificateProblems = (
  { chain, trust, nameMatches }: Stood,
  fact: TlsFact,
  service: Service,
): TlsProblem[] => {
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
