import { defineCause } from '../../src/model/cause.ts';
import type { Certificate } from '../../src/model/tls-facts.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { both, placesText } from '../auth/words.ts';
import { weakBelowBits } from '../mail/runtimes.ts';
import { shownWhere } from './certificate-dates.ts';
import type { TlsPlace, TlsView } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, reload, runtimeOf, severityOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly as: RuntimeOf;
  /** Bits of an RSA key that is too short. */
  readonly bits?: number;
  /** A signature that is too weak. */
  readonly signature?: string;
  readonly refused: boolean;
  readonly fingerprint: string;
}

// A root's own signature is checked by nobody: it is trusted by being in the store.
const weaklySigned = ({ selfSigned, signature }: Certificate): boolean =>
  !selfSigned && /sha1|md5|md2/i.test(signature);

const weakKey = ({ key }: Certificate): boolean => key.type === 'rsa' && key.bits < weakBelowBits;

const isWeak = (certificate: Certificate, view: TlsView): boolean =>
  (certificate === view.leaf && weakKey(certificate) && problemIn(view, 'weak-key') !== undefined) ||
  (weaklySigned(certificate) && problemIn(view, 'weak-signature') !== undefined);

const weakness = ({ bits, signature }: Detail) => {
  const key = bits === undefined ? undefined : both(`an RSA key of ${bits} bits`, `${bits} ビットの RSA 鍵`);
  const signed =
    signature === undefined ? undefined : both(`the signature ${signature}`, `署名アルゴリズム ${signature}`);
  const both2 = [key, signed].filter((one) => one !== undefined);
  return both(both2.map(({ en }) => en).join(' and '), both2.map(({ ja }) => ja).join('と'));
};

export const weakKeyOrSignature = defineCause<Detail>({
  id: 'tls.weak-key',
  title: both("The certificate's key or signature is too weak", '証明書の鍵または署名が弱すぎます'),
  about: both(
    `A server certificate rests on a key and on the signature of its issuer. Keys of RSA (the usual kind) with less than ${weakBelowBits} bits, and signatures with SHA-1 or MD5, can be forged with today's computers. What is refused depends on the runtime of the CRM: PHP, Python and .NET on a current Linux refuse short keys that Node.js and Java still take. So the same server works in one program and fails in another.`,
    `サーバー証明書の安全性は、鍵の長さと、発行元の署名方式で決まります。${weakBelowBits} ビット未満の RSA 鍵や、SHA-1、MD5 による署名は、現在のコンピューターでは偽造される危険があります。どこから拒否するかは CRM の実行環境によって異なり、現在の Linux 上の PHP、Python、.NET は、Node.js や Java がまだ受け入れる短い鍵を拒否します。そのため、同じサーバーでも、プログラムによって接続できたりできなかったりします。`,
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) =>
    shownWhere(tlsViews(evidence, subject), isWeak).map(({ certificate, leaf, views }) => {
      const detail: Detail = {
        places: tlsPlaces(views),
        as: views[0] ? runtimeOf(views[0]) : { as: 'node' },
        ...(leaf && weakKey(certificate) ? { bits: certificate.key.bits } : {}),
        ...(weaklySigned(certificate) ? { signature: certificate.signature } : {}),
        refused: views.some((view) => problemIn(view, 'weak-key', 'weak-signature')?.grade === 'fail'),
        fingerprint: certificate.fingerprint,
      };
      const weak = weakness(detail);
      return findingOf(views, detail, {
        severity: (view) => {
          const problem = problemIn(view, 'weak-key', 'weak-signature');
          return problem ? severityOf(problem) : 'warning';
        },
        confidence: 0.95,
        says: () => both(`"${certificate.subject}" has ${weak.en}`, `「${certificate.subject}」: ${weak.ja}`),
      });
    }),
  because: (detail) => {
    const { places, as, refused } = detail;
    const where = placesText(places);
    const weak = weakness(detail);
    const { name } = rulesOf(as);
    const effect = refused
      ? both(`${name}, on which the CRM runs, refuses it`, `CRM の実行環境である ${name} は、これを拒否します`)
      : both(
          `${name} still accepts it; other programs (PHP, Python, openssl) refuse it already`,
          `${name} はまだ受け入れますが、ほかのプログラム（PHP、Python、openssl など）はすでに拒否します`,
        );
    return both(
      `The certificate of ${where.en} has ${weak.en}. ${effect.en}.`,
      `${where.ja} の証明書は、安全性の低い鍵または署名（${weak.ja}）を使っています。${effect.ja}。`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `Have a new certificate with a new key issued for ${first.host}: ECDSA P-256, or RSA with ${weakBelowBits} bits or more, signed with SHA-256 (certbot certonly --key-type ecdsa -d ${first.host}).`,
        `${first.host} の証明書を、新しい鍵で発行し直します。鍵は ECDSA P-256 または ${weakBelowBits} ビット以上の RSA、署名は SHA-256 にします (certbot certonly --key-type ecdsa -d ${first.host})。`,
      ),
      reload,
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -text | grep -E "Public-Key|Signature Algorithm"')}.`,
        `確認: ${inspect(first, 'openssl x509 -noout -text | grep -E "Public-Key|Signature Algorithm"')} を実行し、鍵長と署名アルゴリズムを確認します。`,
      ),
    ];
  },
});
