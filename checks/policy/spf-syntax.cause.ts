import { defineCause } from '../../src/model/cause.ts';
import type { SpfFault } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import type { SpfTrouble } from '../../src/reason/spf-faults.ts';
import { meantTerm } from '../../src/reason/spf-repair.ts';
import { nodesOf } from '../../src/reason/spf-verdict.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFinding, refusedText, visibleStep } from './policy-finding.ts';
import { spfTroubled } from './spf-troubled.ts';

type How = Extract<SpfTrouble, { kind: 'broken' }>['how'];

interface SpfSyntax extends PolicyDetail {
  /** Whose record it is: the sender's domain, or one that it includes. */
  readonly at: string;
  readonly how: How;
  readonly term: string;
  readonly why?: SpfFault['why'];
  /** What was probably meant. */
  readonly meant?: string;
}

const reasons: Readonly<Record<SpfFault['why'], Text>> = {
  version: both('does not begin with v=spf1 and a blank', 'が「v=spf1」と半角スペースで始まっていません'),
  'unknown-mechanism': both('is no term that SPF knows', 'は SPF にない項目です'),
  'bad-address': both('holds something that is no IP address', 'の値が IP アドレスではありません'),
  'bad-length': both('has a prefix length that cannot be', 'のネットワーク長（/ のあとの数値）が正しくありません'),
  'bad-domain': both('names something that is no domain', 'に書かれた値がドメイン名ではありません'),
  'bad-macro': both('holds a macro (%) that SPF does not know', 'に SPF にないマクロ (%) があります'),
  'missing-domain': both('names no domain', 'にドメイン名がありません'),
  'needless-value': both('may not have a value', 'には値を付けられません'),
  twice: both('stands twice', 'が 2 回書かれています'),
  'not-ascii': both('holds characters other than half-width ones', 'に半角文字以外の文字があります'),
};

const words = ({ at, how, term, why, domain }: SpfSyntax): Text => {
  const whose =
    at === domain
      ? both(`the SPF record of ${at}`, `${at} の SPF レコード`)
      : both(
          `the SPF record of ${at}, which that of ${domain} includes,`,
          `${domain} が参照している ${at} の SPF レコード`,
        );
  switch (how) {
    case 'syntax': {
      const reason = why ? reasons[why] : reasons['bad-domain'];
      return both(`In ${whose.en} "${term}" ${reason.en}.`, `${whose.ja}にある「${term}」${reason.ja}。`);
    }
    case 'near-miss':
      return both(
        `A TXT record of ${at} is meant as SPF, but no receiver takes it for that, since it does not begin with v=spf1 and a blank: "${term}".`,
        `${at} の TXT レコード「${term}」は SPF を意図したものとみられますが、「v=spf1」と半角スペースで始まっていないため、SPF として扱われません。`,
      );
    case 'no-record':
      return both(
        `In ${whose.en} "${term}" leads to a domain that has no SPF record.`,
        `${whose.ja}にある「${term}」の参照先に、SPF レコードがありません。`,
      );
    case 'several':
      return both(
        `In ${whose.en} "${term}" leads to a domain that has more than one SPF record.`,
        `${whose.ja}にある「${term}」の参照先に、SPF レコードが複数あります。`,
      );
    case 'loop':
      return both(
        `In ${whose.en} "${term}" leads back to itself.`,
        `${whose.ja}にある「${term}」の参照が循環しています。`,
      );
    case 'too-many-mx':
      return both(
        `In ${whose.en} "${term}" leads to more than 10 MX hosts, which is not allowed.`,
        `${whose.ja}にある「${term}」の MX が 10 台を超えています（上限 10 台）。`,
      );
  }
};

export const spfSyntax = defineCause<SpfSyntax>({
  id: 'policy.spf-syntax',
  title: both('The SPF record cannot be evaluated', 'SPF レコードに誤りがあり、評価できません'),
  about: both(
    'One error anywhere in an SPF record (the list of servers that may send for a domain), or in a record that it includes, makes receivers give up with an error (permerror). Typical are ipv4: instead of ip4:, a comma or semicolon, a blank behind a colon, full-width characters, and an include of a service that was cancelled.',
    'SPF レコード（送ってよいサーバーの一覧）や、その参照先に 1 か所でも誤りがあると、受信側は評価を打ち切り、エラー (permerror) として扱います。よくある誤りは、ip4: を ipv4: と書く、コンマやセミコロンで区切る、コロンのあとにスペースを入れる、全角文字が混じる、解約したサービスの include が残る、などです。',
  ),
  explain: (evidence, subject) => {
    const troubled = spfTroubled({ kind: 'broken', cause: 'policy.spf-syntax' }, evidence, subject);
    if (!troubled) return [];
    const { fact, refusals } = troubled;
    const { domain: at, how, at: term } = troubled.trouble;
    const why = nodesOf(fact.spf).find((node) => node.domain === at)?.fault?.why;
    const meant = how === 'syntax' ? meantTerm(term) : undefined;
    const detail: SpfSyntax = {
      ...policyDetail(subject, refusals),
      at,
      how,
      term,
      ...(why ? { why } : {}),
      ...(meant === undefined ? {} : { meant }),
    };
    return [policyFinding({ subject, refusals }, { detail, says: words(detail), confidence: 0.97 })];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      words(detail),
      both(' Receivers answer that with an error.', '受信側ではエラー (permerror) として扱われます。'),
      refusedText(detail),
    ),
  steps: ({ at, how, term, meant, domain }) => [
    how === 'syntax'
      ? meant === undefined
        ? both(
            `Correct or remove "${term}" in the TXT record of ${at}.`,
            `${at} の TXT レコードにある「${term}」を修正または削除します。`,
          )
        : both(
            `Replace "${term}" by "${meant}" in the TXT record of ${at}.`,
            `${at} の TXT レコードにある「${term}」を「${meant}」に直します。`,
          )
      : how === 'near-miss'
        ? both(
            `Write the record anew so that it begins with v=spf1 and one blank, without quotation marks of your own.`,
            '「v=spf1」と半角スペース 1 つで始まるように書き直します。引用符は付けません。',
          )
        : both(
            `Remove "${term}" from the record of ${at} where the service is not used any more, or ask its provider for the present name.`,
            `「${term}」のサービスをもう使っていなければ ${at} のレコードから削除します。使っている場合は、現在の正しい値を提供元に確認します。`,
          ),
    ...(at === domain
      ? []
      : [
          both(
            `${at} belongs to somebody else: tell its owner, or leave it out of the record of ${domain} until it is mended.`,
            `${at} の管理者に修正を依頼するか、直るまで ${domain} のレコードから外します。`,
          ),
        ]),
    visibleStep(at),
  ],
});
