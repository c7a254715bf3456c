import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { Requirement } from '../../src/reason/bulk-rules.ts';
import { bulkRulesOf, unmetIn } from '../../src/reason/bulk-rules.ts';
import { spfTrouble } from '../../src/reason/spf-faults.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { senderPolicy } from '../mail/sender-policy.check.ts';
import { policyFact } from './policy-finding.ts';

interface BulkRefused extends Refused {
  readonly missing: readonly Requirement[];
}

const names: Readonly<Record<Requirement, Text>> = {
  spf: both('SPF', 'SPF'),
  dkim: both('DKIM', 'DKIM'),
  dmarc: both('a DMARC record', 'DMARC レコード'),
  alignment: both('the same domain in From and in SPF or DKIM', 'From と SPF または DKIM のドメインの一致'),
  tls: both('TLS on the way', '通信の暗号化 (TLS)'),
  'reverse-name': both('a reverse name of the sending address', '送信元 IP アドレスの逆引き'),
  unsubscribe: both('one-click unsubscribe', 'ワンクリックの配信停止'),
  'spam-rate': both('few complaints', '迷惑メール報告の少なさ'),
};

const listed = (missing: readonly Requirement[]): Text => ({
  en: missing.map((one) => names[one].en).join(', '),
  ja: missing.map((one) => names[one].ja).join('、'),
});

const stepsFor: Readonly<Record<Requirement, (domain: string) => Text>> = {
  spf: (domain) =>
    both(
      `SPF: list the sending server in the TXT record of ${domain} that begins with v=spf1.`,
      `SPF: ${domain} の v=spf1 で始まる TXT レコードに、送信サーバーを追加します。`,
    ),
  dkim: (domain) =>
    both(
      `DKIM: switch signing for ${domain} on in the mail server or the sending service, and publish its key.`,
      `DKIM: メールサーバーまたは配信サービスで ${domain} の署名を有効にし、公開鍵を DNS に登録します。`,
    ),
  dmarc: (domain) =>
    both(
      `DMARC: publish a TXT record at _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
      `DMARC: _dmarc.${domain} に TXT レコードを追加します: v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
    ),
  alignment: (domain) =>
    both(
      `Let the sending service sign with DKIM for ${domain}, not for a domain of its own.`,
      `配信サービスの DKIM 署名を、サービス側のドメインではなく ${domain} で行うように設定します。`,
    ),
  tls: () =>
    both('Let the sending server use TLS (opportunistic STARTTLS).', '送信サーバーで TLS (STARTTLS) を有効にします。'),
  'reverse-name': () =>
    both(
      'Let the owner of the sending address give it a reverse name (PTR) that leads back to it.',
      '送信元 IP アドレスの管理者に、正引きと一致する逆引き (PTR) の設定を依頼します。',
    ),
  unsubscribe: () =>
    both(
      'Put List-Unsubscribe and List-Unsubscribe-Post: List-Unsubscribe=One-Click into newsletters (RFC 8058).',
      'メールマガジンに List-Unsubscribe と List-Unsubscribe-Post: List-Unsubscribe=One-Click のヘッダーを付けます (RFC 8058)。',
    ),
  'spam-rate': () =>
    both(
      'Send to people who asked for it only, and watch the rate in the receiver’s postmaster tools (below 0.3 %).',
      '許可を得た相手だけに送り、受信側のポストマスターツールで迷惑メール率（0.3 % 未満）を確認します。',
    ),
};

const domainIn = ({ sender }: Refused): string => sender.slice(sender.lastIndexOf('@') + 1);

export const bulkSenderRules = defineCause<BulkRefused>({
  id: 'policy.bulk-sender-rules',
  title: both('The rules of the receiver for bulk senders are not met', '受信側の送信者ガイドラインを満たしていません'),
  about: both(
    'Gmail and Yahoo (since February 2024) and Outlook.com (since 5 May 2025) ask everybody who sends many messages, from about 5000 a day, for SPF, DKIM and DMARC (three proofs that the domain stands behind the mail), TLS, a reverse name of the sending address and, in newsletters, one-click unsubscribe. What is missing stands in the refusal.',
    'Gmail と Yahoo は 2024 年 2 月から、Outlook.com は 2025 年 5 月 5 日から、大量に送信するドメイン（目安は 1 日 5000 通以上）に対し、SPF・DKIM・DMARC（送信ドメイン認証）、TLS、送信元 IP アドレスの逆引き、メールマガジンでのワンクリック配信停止を求めています。不足している項目は、拒否の応答に書かれています。',
  ),
  unless: ['policy.freemail-from'],
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    const fromDns: readonly Requirement[] = fact
      ? [
          ...(spfTrouble(fact.spf, fact) || fact.provider?.state === 'not-listed' ? (['spf'] as const) : []),
          ...(fact.dkim.some(({ state }) => state !== 'good' && state !== 'unreachable') ? (['dkim'] as const) : []),
          ...(['none', 'syntax', 'several'].includes(fact.dmarc.state) ? (['dmarc'] as const) : []),
        ]
      : [];
    return saysSo('policy.bulk-sender-rules', evidence, subject).map((finding) => {
      const said = unmetIn(finding.detail.says);
      const missing = [...new Set([...said, ...fromDns])];
      return {
        ...finding,
        detail: { ...finding.detail, missing },
        evidence: [
          ...finding.evidence,
          ...(fromDns.length > 0
            ? [
                {
                  check: senderPolicy,
                  says: both(
                    `missing in the DNS: ${listed(fromDns).en}`,
                    `DNS で不足している項目: ${listed(fromDns).ja}`,
                  ),
                },
              ]
            : []),
        ],
      };
    });
  },
  owner: 'dns-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    const rules = bulkRulesOf(host, detail.says);
    const missing = listed(detail.missing);
    const what =
      detail.missing.length > 0 ? both(` Missing: ${missing.en}.`, `不足している項目: ${missing.ja}。`) : both('', '');
    const who = rules
      ? both(
          ` These are the rules of ${rules.receiver} since ${rules.since}.`,
          `これは ${rules.receiver} が ${rules.since} から適用している規則です。`,
        )
      : both('', '');
    return both(
      `${host}:${port} refuses mail from ${detail.sender} by its rules for senders: "${detail.says}".${what.en}${who.en}`,
      `${host}:${port} は、送信者向けの規則により ${detail.sender} からのメールを拒否しました。応答は「${detail.says}」です。${what.ja}${who.ja}`,
    );
  },
  steps: (detail) => {
    const rules = bulkRulesOf(firstPlace(detail).host, detail.says);
    const needed = detail.missing.length > 0 ? detail.missing : (['spf', 'dkim', 'dmarc'] as const);
    return [
      ...needed.map((one) => stepsFor[one](domainIn(detail))),
      ...(rules
        ? [
            both(
              `The rules of ${rules.receiver} stand at ${rules.source}`,
              `${rules.receiver} の規則: ${rules.source} を参照してください。`,
            ),
          ]
        : []),
      both('Wait until the records are visible, and send again.', 'レコードが反映されてから、もう一度送信します。'),
    ];
  },
});
