import { defineCause } from '../../src/model/cause.ts';
import { costlyTerms } from '../../src/reason/spf-repair.ts';
import { nodesOf } from '../../src/reason/spf-verdict.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFinding, refusedText, visibleStep } from './policy-finding.ts';
import { spfTroubled } from './spf-troubled.ts';

interface TooMany extends PolicyDetail {
  readonly what: 'lookups' | 'voids';
  readonly count: number;
  /** The terms of the domain's own record that cost lookups; or those that lead to nothing. */
  readonly terms: readonly string[];
}

export const spfTooManyLookups = defineCause<TooMany>({
  id: 'policy.spf-too-many-lookups',
  title: both('The SPF record needs too many DNS lookups', 'SPF レコードの DNS 問い合わせ回数が上限を超えています'),
  about: both(
    'Receivers follow at most 10 references (include, a, mx, ptr, exists, redirect) of an SPF record, those inside included records counted too, and at most 2 that lead to nothing. Beyond that the result is an error (permerror): servers that stand late in the record are not accepted.',
    '受信側が SPF レコードの参照（include、a、mx、ptr、exists、redirect）をたどるのは、参照先の中も含めて最大 10 回、存在しない名前への参照は最大 2 回です。これを超えるとエラー (permerror) となり、後ろに書かれたサーバーは認められません。',
  ),
  explain: (evidence, subject) => {
    const troubled = spfTroubled({ kind: 'too-many', cause: 'policy.spf-too-many-lookups' }, evidence, subject);
    if (!troubled) return [];
    const { fact, refusals } = troubled;
    const { what, count } = troubled.trouble;
    const empty = nodesOf(fact.spf).flatMap(({ terms }) => terms.flatMap((term) => (term.void ? [term.text] : [])));
    const terms = what === 'lookups' ? costlyTerms(fact.spf.records[0] ?? '') : empty;
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: { ...policyDetail(subject, refusals), what, count, terms: terms.slice(0, 20) },
          says:
            what === 'lookups'
              ? both(
                  `${count} lookups in the SPF record of ${fact.domain}`,
                  `${fact.domain} の SPF レコードの問い合わせは ${count} 回`,
                )
              : both(
                  `${count} names in the SPF record of ${fact.domain} lead to nothing`,
                  `${fact.domain} の SPF レコードにある ${count} 個の名前が存在しません`,
                ),
          confidence: 0.95,
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) => {
    const { domain, what, count, terms } = detail;
    const list = terms.join(' ');
    return joined(
      what === 'lookups'
        ? both(
            `The SPF record of ${domain} needs ${count} DNS lookups; receivers stop after 10 with an error. These terms cost them: ${list}.`,
            `${domain} の SPF レコードは DNS の問い合わせが ${count} 回必要ですが、受信側は 10 回で打ち切り、エラーとして扱います。問い合わせが必要な項目は ${list} です。`,
          )
        : both(
            `${count} names in the SPF record of ${domain} lead to nothing; receivers stop at the third one with an error. These are: ${list}.`,
            `${domain} の SPF レコードにある ${count} 個の名前が存在せず、受信側は 3 個目でエラーとして扱います。該当する項目は ${list} です。`,
          ),
      refusedText(detail),
    );
  },
  steps: ({ domain, what }) => [
    what === 'lookups'
      ? both(
          'Remove services that are not used any more, and a, mx and ptr where the same servers are listed by an include.',
          '使っていないサービスの include と、include に含まれるサーバーと重複する a、mx、ptr を削除します。',
        )
      : both('Remove the terms whose names do not exist.', '存在しない名前の項目を削除します。'),
    both(
      `Send newsletters from a subdomain of ${domain} (such as news.${domain}) with an SPF record of its own, and write the fixed addresses of own servers as ip4: and ip6:, which cost no lookup.`,
      `メール配信サービスは ${domain} のサブドメイン（news.${domain} など）に分け、そのサブドメインに SPF レコードを置きます。自社サーバーの固定 IP アドレスは、問い合わせの要らない ip4:、ip6: で書きます。`,
    ),
    visibleStep(domain),
  ],
});
