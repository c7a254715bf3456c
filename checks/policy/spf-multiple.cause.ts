import { defineCause } from '../../src/model/cause.ts';
import { mergedSpf } from '../../src/reason/spf-repair.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFinding, refusedText, visibleStep } from './policy-finding.ts';
import { spfTroubled } from './spf-troubled.ts';

interface SpfMultiple extends PolicyDetail {
  readonly records: readonly string[];
  /** All of them in one. */
  readonly merged?: string;
}

export const spfMultiple = defineCause<SpfMultiple>({
  id: 'policy.spf-multiple',
  title: both('The sender’s domain has more than one SPF record', '差出人のドメインに SPF レコードが複数あります'),
  about: both(
    'A domain may have one SPF record (the list of servers that may send for it). With two, receivers must not choose: the result is an error (permerror), as if none of the servers were listed. It often comes from adding a service’s record beside the one that was there.',
    'SPF レコード（送ってよいサーバーの一覧）は、1 つのドメインに 1 つと決められています。2 つ以上あると受信側はどちらも採用できず、エラー (permerror) となり、どのサーバーも認められません。新しいサービスの案内どおりに、既存のレコードとは別に追加したときによく起こります。',
  ),
  explain: (evidence, subject) => {
    const troubled = spfTroubled({ kind: 'several', cause: 'policy.spf-multiple' }, evidence, subject);
    if (!troubled) return [];
    const { fact, refusals } = troubled;
    const { records } = fact.spf;
    const merged = mergedSpf(records);
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: { ...policyDetail(subject, refusals), records, ...(merged === undefined ? {} : { merged }) },
          says: both(
            `${fact.domain} has ${records.length} SPF records: ${records.join(' | ')}`,
            `${fact.domain} に SPF レコードが ${records.length} 個あります: ${records.join(' | ')}`,
          ),
          confidence: 0.98,
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      both(
        `The domain ${detail.domain} has ${detail.records.length} SPF records, and receivers take that for an error (RFC 7208 section 4.5): no server is accepted as a sender.`,
        `ドメイン ${detail.domain} に SPF レコードが ${detail.records.length} 個あります。受信側ではエラーとして扱われ（RFC 7208 の 4.5 節）、どのサーバーも送信元として認められません。`,
      ),
      refusedText(detail),
    ),
  steps: ({ domain, records, merged }) => [
    merged === undefined
      ? both(
          `Write the terms of the ${records.length} records into one: v=spf1 once at the beginning, one all at the end.`,
          `${records.length} 個のレコードの内容を 1 つにまとめます。v=spf1 は先頭に 1 回、all は末尾に 1 回だけ書きます。`,
        )
      : both(`Replace them at ${domain} by one: ${merged}`, `${domain} のレコードを次の 1 つに置き換えます: ${merged}`),
    both(
      'Delete the other TXT records that begin with v=spf1; other TXT records stay.',
      'v=spf1 で始まるほかの TXT レコードを削除します。それ以外の TXT レコードは残します。',
    ),
    visibleStep(domain),
  ],
});
