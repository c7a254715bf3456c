import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFact, policyFinding, refusedText, visibleStep } from './policy-finding.ts';

interface DkimMissing extends PolicyDetail {
  readonly selector: string;
  /** d= of the signature, or the sender's domain. */
  readonly signer: string;
  readonly from: 'config' | 'message';
}

export const dkimMissing = defineCause<DkimMissing>({
  id: 'policy.dkim-missing',
  title: both('The DKIM key is not in the DNS', 'DKIM の公開鍵が DNS にありません'),
  about: both(
    'DKIM is a signature in every message; receivers verify it with a public key that stands in the DNS, under a name called the selector. Where there is no key at that name, the signature proves nothing. It happens when the record was never published, stands at a wrong name, or was lost when the DNS was moved.',
    'DKIM とは、メールに付ける電子署名です。受信側は、セレクターと呼ばれる名前で DNS に公開された鍵を使って署名を確認します。その名前に鍵がないと、署名は意味を持ちません。レコードの追加を忘れた、名前を間違えた、DNS の移行で失われた、などの場合に起こります。',
  ),
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    const configured = (fact?.dkim ?? [])
      .filter(({ state }) => state === 'missing')
      .map(({ selector }) => {
        const name = `${selector}._domainkey.${fact?.domain ?? ''}`;
        return policyFinding(
          { subject },
          {
            detail: { ...policyDetail(subject), selector, signer: fact?.domain ?? '', from: 'config' as const },
            says: both(`no key at ${name}`, `${name} に公開鍵がありません`),
            confidence: 0.95,
          },
        );
      });
    const known = new Set((fact?.dkim ?? []).map(({ selector }) => selector.toLowerCase()));
    const signed = (evidence.fact(mailRoundTrip)?.found?.dkim ?? [])
      .filter(({ why, selector }) => why === 'no-key' && !known.has(selector))
      .map(({ selector, domain }) => ({
        ...policyFinding(
          { subject },
          {
            detail: { ...policyDetail(subject), selector, signer: domain, from: 'message' as const },
            seen: [
              {
                check: mailRoundTrip,
                says: both(
                  `the test message is signed for ${selector}._domainkey.${domain}, and there is no key`,
                  `テストメールの署名が指す ${selector}._domainkey.${domain} に公開鍵がありません`,
                ),
              },
            ],
            confidence: 0.97,
          },
        ),
      }));
    return [...configured, ...signed];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      detail.from === 'message'
        ? both(
            `The mail is signed with DKIM for ${detail.signer}, but its key at ${detail.selector}._domainkey.${detail.signer} does not exist, so no receiver can verify it.`,
            `メールには ${detail.signer} の DKIM 署名がありますが、${detail.selector}._domainkey.${detail.signer} に公開鍵がないため、受信側は署名を確認できません。`,
          )
        : both(
            `The DKIM key of the configured selector ${detail.selector} does not exist: there is nothing at ${detail.selector}._domainkey.${detail.signer}.`,
            `設定されたセレクター ${detail.selector} の公開鍵がありません（${detail.selector}._domainkey.${detail.signer} にレコードが見つかりません）。`,
          ),
      refusedText(detail),
    ),
  steps: ({ selector, signer }) => [
    both(
      'Take the record from the service that signs (the mail server, or the settings of the sending service).',
      '署名を行うサービス（メールサーバーまたは配信サービスの設定画面）で、追加すべきレコードを確認します。',
    ),
    both(
      `Publish it at ${selector}._domainkey.${signer} as TXT (v=DKIM1; k=rsa; p=KEY) or, where the service says so, as CNAME.`,
      `${selector}._domainkey.${signer} に、TXT（v=DKIM1; k=rsa; p=KEY）、またはサービスの指定に従って CNAME として追加します。`,
    ),
    visibleStep(`${selector}._domainkey.${signer}`),
  ],
});
