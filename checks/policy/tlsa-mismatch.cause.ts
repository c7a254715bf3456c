import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { senderPolicy } from '../mail/sender-policy.check.ts';
import { policyFact } from './policy-finding.ts';

interface TlsaMismatch {
  readonly host: string;
  readonly port: number;
  readonly records: readonly string[];
  readonly served: string;
  /** Only of an MX: the domain whose mail it takes. */
  readonly takesFor?: string;
}

export const tlsaMismatch = defineCause<TlsaMismatch>({
  id: 'policy.tlsa-mismatch',
  title: both('The TLSA record does not fit the certificate', 'TLSA レコードがサーバーの証明書と合っていません'),
  about: both(
    'TLSA records (DANE) tell in the signed DNS which certificate or key a server shows. Mail servers that check them refuse a server whose key is another one. It happens when a certificate is renewed with a new key and the record stays as it was.',
    'TLSA レコード (DANE) とは、サーバーが提示する証明書や鍵を、署名付きの DNS で宣言するしくみです。これを確認するメールサーバーは、鍵が違うサーバーへの接続を拒否します。証明書を新しい鍵で更新したのに、レコードを変更していない場合に起こります。',
  ),
  explain: (evidence) =>
    (policyFact(evidence)?.tlsa ?? [])
      .filter(({ compared }) => compared === 'mismatch')
      .map(({ target, host, port, records, served = '', takesFor }) => ({
        detail: { host, port, records, served, ...(takesFor === undefined ? {} : { takesFor }) },
        severity: 'warning' as const,
        confidence: 0.95,
        affects: [target],
        evidence: [
          {
            check: senderPolicy,
            says: both(
              `_${port}._tcp.${host} TLSA ${records.join(' | ')}; served: ${served}`,
              `_${port}._tcp.${host} の TLSA: ${records.join(' | ')}、実際の鍵: ${served}`,
            ),
          },
        ],
      })),
  owner: 'dns-admin',
  because: ({ host, port, records, takesFor }) =>
    takesFor === undefined
      ? both(
          `The DNS says by ${records.length === 1 ? 'a TLSA record' : `${records.length} TLSA records`}, signed with DNSSEC, which key ${host}:${port} shows, and the server shows another one. Programs that check it (DANE) do not connect.`,
          `DNSSEC で署名された TLSA レコード（${records.length} 件）の内容と、${host}:${port} が提示した鍵が一致しません。DANE を確認するプログラムからは接続できません。`,
        )
      : both(
          `The DNS says by ${records.length === 1 ? 'a TLSA record' : `${records.length} TLSA records`}, signed with DNSSEC, which key ${host}:${port} shows, and the server shows another one. It takes the mail for ${takesFor}: senders that check the record (DANE) hold their mail back and return it in the end, answers to the CRM among it.`,
          `${takesFor} 宛てのメールを受け取る ${host}:${port} が提示した鍵が、DNSSEC で署名された TLSA レコード（${records.length} 件）と一致しません。DANE を確認する送信元からのメールは、CRM への返信も含めて保留され、最終的に送信者へ戻されます。`,
        ),
  steps: ({ host, port, served }) => [
    both(
      `Publish at _${port}._tcp.${host} a TLSA record for the key that is served now: ${served}`,
      `_${port}._tcp.${host} に、現在の鍵の TLSA レコードを登録します: ${served}`,
    ),
    both(
      'Before the next renewal publish the record of the new key beside the old one first, or renew with the same key.',
      '次回の更新では、新しい鍵のレコードを先に追加してから証明書を切り替えるか、同じ鍵で更新します。',
    ),
  ],
});
