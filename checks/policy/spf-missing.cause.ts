import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { joined, policyDetail, policyFinding, refusedText, visibleStep } from './policy-finding.ts';
import { spfTroubled } from './spf-troubled.ts';

interface SpfMissing extends PolicyDetail {
  /** What to publish. */
  readonly record: string;
}

export const spfMissing = defineCause<SpfMissing>({
  id: 'policy.spf-missing',
  title: both('The sender’s domain has no SPF record', '差出人のドメインに SPF レコードがありません'),
  about: both(
    'SPF is a list in the DNS of the servers that may send mail for a domain. Receivers look it up for every message. Without it they cannot tell your mail from forgeries; Gmail, Yahoo and Outlook.com ask for it, and more and more servers refuse mail without it.',
    'SPF とは、そのドメインのメールを送ってよいサーバーの一覧を、DNS で公開するしくみです。受信側は、メールが届くたびにこの一覧を調べます。一覧がないと、なりすましメールと区別できません。Gmail、Yahoo、Outlook.com は SPF を必須としており、SPF のないメールを拒否するサーバーも増えています。',
  ),
  explain: (evidence, subject) => {
    const troubled = spfTroubled({ kind: 'missing', cause: 'policy.spf-missing' }, evidence, subject);
    if (!troubled) return [];
    const { fact, refusals } = troubled;
    const { provider, mx = [], domain } = fact;
    const own = provider ? `include:${provider.include}` : mx.length > 0 ? 'mx' : 'a';
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: { ...policyDetail(subject, refusals), record: `v=spf1 ${own} ~all` },
          says: both(
            `no TXT record of ${domain} begins with v=spf1`,
            `${domain} に v=spf1 で始まる TXT レコードがありません`,
          ),
          confidence: 0.97,
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      both(
        `The domain ${detail.domain} of the sender ${detail.sender} publishes no SPF record, so no receiver can tell whether this mail may be sent in its name.`,
        `差出人 ${detail.sender} のドメイン ${detail.domain} に SPF レコードがないため、受信側は、このメールがドメインの持ち主に認められたものかどうかを判断できません。`,
      ),
      refusedText(detail),
    ),
  steps: ({ domain, record }) => [
    both(
      `List every server that sends for ${domain}: the mail server, the CRM, newsletters, the web site.`,
      `${domain} のメールを送っているサーバーをすべて洗い出します（メールサーバー、CRM、メール配信サービス、Web サイトなど）。`,
    ),
    both(
      `Publish one TXT record at ${domain} that names them, for example: ${record}`,
      `${domain} に、それらを書いた TXT レコードを 1 つだけ追加します。例: ${record}`,
    ),
    visibleStep(domain),
  ],
});
