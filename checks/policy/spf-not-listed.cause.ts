import type { Finding, Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import { spfWith } from '../../src/reason/spf-repair.ts';
import { both } from '../auth/words.ts';
import { refusedOwnAddresses } from '../mail/policy-problems.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { senderPolicy } from '../mail/sender-policy.check.ts';
import { spfRefusal } from '../mail/sending-address.ts';
import type { PolicyDetail } from './policy-finding.ts';
import {
  joined,
  policyDetail,
  policyFact,
  policyFinding,
  refusalsOf,
  refusedText,
  visibleStep,
} from './policy-finding.ts';
import { receiversWord } from './receivers-word.ts';

interface NotListed extends PolicyDetail {
  /** The provider or the host that sends. */
  readonly sentBy: string;
  /** What would list it. */
  readonly term?: string;
  /** The record with that. */
  readonly record?: string;
}

const sentFromText = ({ by, address, spf }: NonNullable<ReturnType<typeof spfRefusal>>): Seen => ({
  check: mailRoundTrip,
  says: both(
    `${by} got the test message from ${address}: SPF of ${spf.domain} says ${spf.result}`,
    `${by} は、テストメールを ${address} から受け取りました。${spf.domain} の SPF の結果: ${spf.result}`,
  ),
});

export const spfNotListed = defineCause<NotListed>({
  id: 'policy.spf-not-listed',
  title: both('The sending server is not in the SPF record', '送信サーバーが SPF レコードに含まれていません'),
  about: both(
    'SPF is the list of servers that may send for a domain. The CRM sends through a server that is not in it, so receivers take the mail for a forgery. It typically happens after a change of the mail provider, or when the CRM sends through a service of its own.',
    'SPF とは、そのドメインのメールを送ってよいサーバーの一覧です。CRM の送信サーバーが一覧にないため、受信側からは、なりすましに見えます。メールサービスの移行後や、CRM が独自の配信サービスから送るときによく起こります。',
  ),
  unless: [
    'policy.spf-missing',
    'policy.spf-multiple',
    'policy.spf-syntax',
    'policy.spf-too-many-lookups',
    'policy.freemail-from',
  ],
  explain: (evidence, subject): readonly Finding<NotListed>[] => {
    const fact = policyFact(evidence);
    const refusals = refusalsOf(evidence, subject, ['policy.spf-not-listed']);
    const word = receiversWord(evidence, 'spf', ['fail', 'softfail']);
    const provider = fact?.provider?.state === 'not-listed' ? fact.provider : undefined;
    const own = fact ? refusedOwnAddresses(fact) : [];
    const sent = spfRefusal(evidence.fact(mailRoundTrip)?.found);
    if (refusals.length === 0 && !word && !provider && own.length === 0 && !sent) return [];
    const host = subject.services.smtp?.host ?? '';
    const address = own[0] ?? sent?.address;
    const term = provider
      ? `include:${provider.include}`
      : address === undefined
        ? undefined
        : `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`;
    const record = fact?.spf.state === 'record' ? fact.spf.records[0] : undefined;
    const says = provider
      ? both(
          `${provider.example?.address ?? provider.include} of ${provider.name}: SPF says ${provider.example?.result ?? 'fail'}`,
          `${provider.name} の ${provider.example?.address ?? provider.include} に対する SPF の結果: ${provider.example?.result ?? 'fail'}`,
        )
      : own.length > 0
        ? both(
            `SPF says no to the addresses of ${host}: ${own.join(', ')}`,
            `${host} のアドレス ${own.join(', ')} は SPF で認められていません`,
          )
        : undefined;
    return [
      policyFinding(
        { subject, refusals },
        {
          detail: {
            ...policyDetail(subject, refusals),
            sentBy: provider ? `${provider.name} (${host})` : sent ? `${sent.from} [${sent.address}]` : host,
            ...(term === undefined ? {} : { term }),
            ...(term !== undefined && record !== undefined ? { record: spfWith(record, term) } : {}),
          },
          ...(says ? { says } : {}),
          seen: [...(word ? [word] : []), ...(sent ? [sentFromText(sent)] : [])],
          confidence: refusals.length > 0 || word || sent ? 0.95 : 0.9,
          ruledOut:
            record === undefined
              ? []
              : [
                  {
                    cause: 'policy.spf-missing',
                    check: senderPolicy,
                    says: both(`there is one SPF record: ${record}`, `SPF レコードは 1 つあります: ${record}`),
                  },
                ],
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) =>
    joined(
      both(
        `The SPF record of ${detail.domain} does not list the server that sends the CRM's mail (${detail.sentBy}).`,
        `${detail.domain} の SPF レコードに、CRM のメールを送るサーバー（${detail.sentBy}）がありません。`,
      ),
      refusedText(detail),
    ),
  steps: ({ domain, term, record }) => [
    term === undefined
      ? both(
          `Ask the provider of the sending server for its SPF entry (an include: or addresses), and add it to the TXT record of ${domain} that begins with v=spf1, before the all at its end.`,
          `送信サーバーの提供元に SPF の記述（include: または IP アドレス）を確認し、${domain} の v=spf1 で始まる TXT レコードの、末尾の all の前に追加します。`,
        )
      : both(`Add ${term} to the SPF record of ${domain}.`, `${domain} の SPF レコードに ${term} を追加します。`),
    ...(record === undefined ? [] : [both(`The record then reads: ${record}`, `変更後のレコード: ${record}`)]),
    both(
      'Do not add a second record: two SPF records are an error.',
      '別のレコードとして追加しないでください。SPF レコードが 2 つあるとエラーになります。',
    ),
    visibleStep(domain),
  ],
});
