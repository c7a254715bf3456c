import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFact, policyFinding, refusedText, visibleStep } from './policy-finding.ts';

interface DkimKeyInvalid extends PolicyDetail {
  readonly selector: string;
  readonly signer: string;
  readonly why: string;
}

const reasons: Readonly<Record<string, Text>> = {
  revoked: both('the key was withdrawn (p= is empty)', '鍵が取り消されています（p= が空）'),
  syntax: both('the record is not written as tag=value pairs', 'レコードが「タグ=値」の形になっていません'),
  version: both(
    'the version is not v=DKIM1, or does not stand first',
    'バージョンが v=DKIM1 でないか、先頭にありません',
  ),
  'no-p': both('there is no p= with a key', '公開鍵 (p=) がありません'),
  base64: both('the key holds characters that cannot be', '公開鍵に使えない文字が含まれています'),
  key: both('the key is cut off or damaged', '公開鍵が途中で切れているか、壊れています'),
  algorithm: both('the key is of another kind than the signature', '鍵の種類が署名と合いません'),
  'too-short': both('the key is shorter than 1024 bits', '鍵長が 1024 ビット未満です'),
  hash: both('the key is not for SHA-256 (h=)', '鍵が SHA-256 に使えません (h=)'),
  service: both('the key is not for mail (s=)', '鍵がメール用ではありません (s=)'),
  strict: both('the key is for exactly its own domain (t=s)', '鍵がサブドメインに使えません (t=s)'),
};

const reason = (why: string): Text => reasons[why] ?? both('the record is damaged', 'レコードが壊れています');

export const dkimKeyInvalid = defineCause<DkimKeyInvalid>({
  id: 'policy.dkim-key-invalid',
  title: both('The DKIM key in the DNS cannot be used', 'DNS にある DKIM の公開鍵が使えません'),
  about: both(
    'Receivers verify the DKIM signature of a message with a public key in the DNS. A key that was cut while it was copied (long keys have to be split into pieces of 255 characters), holds line breaks or quotation marks, is shorter than 1024 bits or was withdrawn, verifies nothing.',
    '受信側は、DNS に公開された鍵で DKIM の署名を確認します。コピーの途中で切れた鍵（長い鍵は 255 文字ごとに分割して書きます）、改行や引用符が混じった鍵、1024 ビット未満の鍵、取り消された鍵では確認できません。',
  ),
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    const configured = (fact?.dkim ?? []).flatMap(({ selector, state, why, at }) => {
      if (state !== 'revoked' && state !== 'invalid') return [];
      const cause = state === 'revoked' ? 'revoked' : (why ?? 'syntax');
      const where = at === undefined || at === '' ? '' : `: ${at}`;
      const name = `${selector}._domainkey.${fact?.domain ?? ''}`;
      return policyFinding(
        { subject },
        {
          detail: { ...policyDetail(subject), selector, signer: fact?.domain ?? '', why: cause },
          says: both(`${name}: ${reason(cause).en}${where}`, `${name}: ${reason(cause).ja}${where}`),
          confidence: 0.96,
        },
      );
    });
    const known = new Set((fact?.dkim ?? []).map(({ selector }) => selector.toLowerCase()));
    const signed = (evidence.fact(mailRoundTrip)?.found?.dkim ?? []).flatMap(
      ({ selector, domain, result, why = '' }) => {
        if (result !== 'permerror' || !why.startsWith('key-') || known.has(selector)) return [];
        const cause = why.slice('key-'.length);
        return policyFinding(
          { subject },
          {
            detail: { ...policyDetail(subject), selector, signer: domain, why: cause },
            seen: [
              {
                check: mailRoundTrip,
                says: both(
                  `the test message is signed for ${selector}._domainkey.${domain}: ${reason(cause).en}`,
                  `テストメールの署名が指す ${selector}._domainkey.${domain}: ${reason(cause).ja}`,
                ),
              },
            ],
            confidence: 0.97,
          },
        );
      },
    );
    return [...configured, ...signed];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      both(
        `The DKIM key at ${detail.selector}._domainkey.${detail.signer} cannot be used: ${reason(detail.why).en}.`,
        `${detail.selector}._domainkey.${detail.signer} の DKIM 公開鍵が使えません。理由: ${reason(detail.why).ja}。`,
      ),
      refusedText(detail),
    ),
  steps: ({ selector, signer, why }) => [
    why === 'too-short' || why === 'revoked'
      ? both(
          'Make a new key of 2048 bits in the service that signs, under a new selector, and sign with it.',
          '署名を行うサービスで、2048 ビットの新しい鍵を別のセレクターで作り、それで署名するように切り替えます。',
        )
      : both(
          `Copy the record for ${selector}._domainkey.${signer} again from the service that signs, whole and without line breaks.`,
          `署名を行うサービスから ${selector}._domainkey.${signer} のレコードをもう一度コピーし、改行を入れずに全体を貼り付けます。`,
        ),
    both(
      'Where the DNS wants pieces of 255 characters, write them as "part one" "part two" in one record, not as two records.',
      'DNS の設定画面に 255 文字までしか入力できない場合は、"前半" "後半" のように 1 つのレコードの中で分割します。レコードを 2 つに分けてはいけません。',
    ),
    visibleStep(`${selector}._domainkey.${signer}`),
  ],
});
