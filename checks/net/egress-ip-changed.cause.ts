import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { refusalsIn } from '../auth/refusals.ts';
import { answerText, both, saidBy } from '../auth/words.ts';
import { logTime } from '../logs/log-words.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';

interface Detail {
  readonly host: string;
  readonly now: string;
  readonly before: string;
  readonly at: string;
  /** What is refused for it; absent where all works. */
  readonly says?: string;
}

/** Refusals that are about the address from which we come. */
const ofOurAddress = new Set([
  'policy.connector-mismatch',
  'auth.network-not-allowed',
  'smtp.client-refused',
  'smtp.relay-denied',
  'net.ip-not-allowlisted',
  'policy.spf-not-listed',
]);

export const egressIpChanged = defineCause<Detail>({
  id: 'net.egress-ip-changed',
  title: both('The sending address has changed', '送信元の IP アドレスが変わりました'),
  about: both(
    'Servers see the CRM by the public address of its network. After a move, a new line or another cloud gateway it is a new one, while SPF (the list of permitted senders in the DNS), connectors and allow lists still name the old one. Mail is then refused or taken for spam although nothing was changed in the CRM.',
    'メールサーバーからは、CRM のネットワークのグローバル IP アドレスが接続元として見えます。移転、回線の変更、クラウドのゲートウェイの変更などで新しい IP アドレスになっても、SPF（送信を許可するサーバーの一覧を示す DNS レコード）やコネクタ、許可リストには古い IP アドレスが残っています。そのため、CRM の設定を変えていないのに、拒否されたり迷惑メールと判定されたりします。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const { smtp } = subject.services;
    const fact = evidence.fact(smtpAuth);
    if (!smtp || !fact?.client || !fact.clientBefore || fact.client === fact.clientBefore.address) return [];
    const refused = refusalsIn(evidence, subject).filter(
      ({ service, reading }) => service === smtp && reading && ofOurAddress.has(reading.cause),
    );
    const [first] = refused;
    const { at, address } = fact.clientBefore;
    return [
      {
        detail: {
          host: smtp.host,
          now: fact.client,
          before: address,
          at,
          ...(first ? { says: saidBy(first.reply) } : {}),
        },
        severity: first ? ('critical' as const) : ('info' as const),
        confidence: first ? 0.85 : 0.95,
        affects: [targetOf(smtp)],
        evidence: [
          {
            check: smtpAuth,
            says: both(
              `${smtp.host} sees us as ${fact.client}; at ${logTime(at)} it was ${address}`,
              `${smtp.host} から見た接続元は ${fact.client} です。${logTime(at)} には ${address} でした`,
            ),
          },
          ...refused.map(({ check, step, reply }) => ({ check, says: answerText(step, saidBy(reply)) })),
        ],
      },
    ];
  },
  because: ({ host, now, before, at, says }) => {
    const effect =
      says === undefined
        ? both(' It is accepted at present.', '現在は受け付けられています。')
        : both(` It refuses us now: "${says}".`, `現在は拒否されています。応答は「${says}」です。`);
    return both(
      `${host} sees this machine as ${now}. In the last good run, at ${logTime(at)}, it was ${before}.${effect.en}`,
      `${host} から見たこのマシンの IP アドレスは ${now} です。前回正常だった検査（${logTime(at)}）では ${before} でした。${effect.ja}`,
    );
  },
  steps: ({ host, now, before }) => [
    both(
      `Ask the administrator of ${host} to admit ${now} in place of ${before} (connector, allow list, mynetworks).`,
      `${host} の管理者に、${before} の代わりに ${now} を許可するよう依頼します（コネクタ、許可リスト、mynetworks）。`,
    ),
    both(
      `If SPF of the sending domain names ${before}, enter ${now} there, and give it a reverse name (PTR).`,
      `送信ドメインの SPF に ${before} がある場合は、${now} に変更し、逆引き (PTR) も設定します。`,
    ),
    both(
      'To keep it from changing again, use a fixed outgoing address (static line, NAT gateway with a reserved address).',
      '再び変わらないように、固定の送信元 IP アドレス（固定 IP の回線、予約済みアドレスの NAT ゲートウェイ）を使います。',
    ),
  ],
});
