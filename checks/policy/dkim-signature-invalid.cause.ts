import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFinding, refusedText } from './policy-finding.ts';

interface SignatureInvalid extends PolicyDetail {
  readonly selector: string;
  readonly signer: string;
  readonly why: string;
}

const reasons: Readonly<Record<string, Text>> = {
  'body-hash': both(
    'the text of the message was changed after it was signed (a footer, a disclaimer or a virus scanner)',
    '署名のあとで本文が変更されています（フッター、免責文、ウイルス対策など）',
  ),
  signature: both(
    'the signature does not fit the header or the key in the DNS',
    '署名が、ヘッダーまたは DNS の公開鍵と合っていません',
  ),
  expired: both('the signature has run out (x=)', '署名の有効期限 (x=) が切れています'),
};

const reason = (why: string): Text => reasons[why] ?? both('it cannot be verified', '確認できません');

export const dkimSignatureInvalid = defineCause<SignatureInvalid>({
  id: 'policy.dkim-signature-invalid',
  title: both('The DKIM signature does not verify', 'DKIM 署名の検証に失敗します'),
  about: both(
    'DKIM signs the header and the body of a message. Whatever changes them behind the signing server breaks the signature: a footer, a virus scanner, a gateway that encodes anew. A key in the DNS that belongs to another private key does the same. Receivers then treat the mail as unsigned.',
    'DKIM は、メールのヘッダーと本文に署名します。署名のあとで内容が変わると（フッターの追加、ウイルス対策、文字コードの変換など）、署名は無効になります。DNS の公開鍵が、署名に使った秘密鍵と対になっていない場合も同じです。受信側では、署名のないメールとして扱われます。',
  ),
  explain: (evidence, subject) => {
    const found = evidence.fact(mailRoundTrip)?.found;
    const results = found?.dkim ?? [];
    // What changed the body on the way is named for itself (deliver.body-altered, deliver.charset-broken).
    const explained = (why: string | undefined): boolean => why === 'body-hash' && found?.bodyBytes === 'changed';
    // One signature that holds is enough for receivers (RFC 6376 section 6.1).
    if (results.some(({ result }) => result === 'pass')) return [];
    return (
      results
        // One dated ahead is the clock's affair (clock.server-skewed).
        .filter(({ result, why }) => result === 'fail' && why !== 'from-the-future' && !explained(why))
        .map(({ domain, selector, why = 'signature' }) =>
          policyFinding(
            { subject },
            {
              detail: { ...policyDetail(subject), selector, signer: domain, why },
              seen: [
                {
                  check: mailRoundTrip,
                  says: both(
                    `DKIM signature of the test message, ${selector} of ${domain}: ${reason(why).en}`,
                    `テストメールの DKIM 署名（${domain} の ${selector}）: ${reason(why).ja}`,
                  ),
                },
              ],
              confidence: 0.95,
              ruledOut: [
                {
                  cause: 'policy.dkim-missing',
                  check: mailRoundTrip,
                  says: both(
                    `the key at ${selector}._domainkey.${domain} was found`,
                    `${selector}._domainkey.${domain} の公開鍵は見つかりました`,
                  ),
                },
              ],
            },
          ),
        )
    );
  },
  owner: 'mail-admin',
  because: (detail) =>
    joined(
      both(
        `The DKIM signature of ${detail.signer} (selector ${detail.selector}) on the test message does not verify: ${reason(detail.why).en}.`,
        `テストメールの DKIM 署名（ドメイン ${detail.signer}、セレクター ${detail.selector}）の検証に失敗しました。理由: ${reason(detail.why).ja}。`,
      ),
      refusedText(detail),
    ),
  steps: ({ why, selector, signer }) => [
    why === 'body-hash'
      ? both(
          'Let the last server that changes the message sign it: footers and scanners first, the signature at the end.',
          'メールを変更する処理（フッター、ウイルス対策）をすべて終えたあとに署名するよう、順序を変更します。',
        )
      : why === 'expired'
        ? both('Set the clock of the signing server (NTP).', '署名するサーバーの時計を合わせます (NTP)。')
        : both(
            `Compare the key at ${selector}._domainkey.${signer} with the one that the signing server uses, and publish the right one.`,
            `${selector}._domainkey.${signer} の公開鍵と、署名サーバーが使っている鍵を照合し、正しい公開鍵を登録します。`,
          ),
    both(
      'Check again with a round trip (crm-doctor mail --send).',
      '往復テスト（crm-doctor mail --send）で確認します。',
    ),
  ],
});
