import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { acceptedTrip } from '../deliver/trip-words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface MessageIdRewritten {
  readonly address: string;
  readonly host: string;
  readonly sent: string;
  readonly arrived: string;
}

export const messageIdRewritten = defineCause<MessageIdRewritten>({
  id: 'crm.message-id-rewritten',
  title: both('The mail service replaces the Message-ID', 'メールサービスがメッセージ ID を書き換えています'),
  about: both(
    'Each message has an identity, the Message-ID, and a reply names the one that it answers (In-Reply-To, References). A CRM finds the case by it. Some services (Amazon SES, some Exchange set-ups) give each message a new one, so that the reply names an identity that the CRM has never seen, and a new case is opened.',
    'メールには固有のメッセージ ID があり、返信には返信元の ID（In-Reply-To、References）が書かれます。CRM はこれで案件を特定します。Amazon SES や一部の Exchange 環境では、送信時に ID が付け直されます。返信には CRM が知らない ID が書かれるため、別の新しい案件として登録されます。',
  ),
  explain: (evidence, subject) => {
    const fact = acceptedTrip(evidence);
    const found = fact?.found;
    if (!fact || !found || found.messageIdKept || !found.newMessageId) return [];
    return [
      {
        detail: {
          address: subject.address,
          host: subject.services.smtp?.host ?? '',
          sent: fact.messageId,
          arrived: found.newMessageId,
        },
        severity: 'warning',
        confidence: 0.97,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `sent as ${fact.messageId}, arrived as ${found.newMessageId}`,
              `送信時は ${fact.messageId}、到着時は ${found.newMessageId}`,
            ),
          },
        ],
      },
    ];
  },
  owner: 'crm-admin',
  because: ({ address, host, sent, arrived }) =>
    both(
      `A message that ${address} sent through ${host} as ${sent} arrived as ${arrived}. Replies name the second one, which the CRM does not know.`,
      `${address} が ${host} から ${sent} として送ったメールは、${arrived} として届きました。返信には後者が書かれますが、CRM はその ID を知りません。`,
    ),
  steps: ({ host }) => [
    both(
      `Let the CRM store the Message-ID that ${host} gives (the answer to the message, or the API of the service, names it).`,
      `${host} が付けた ID を CRM に保存します（送信時の応答やサービスの API で取得できます）。`,
    ),
    both(
      'Or let the CRM recognise replies by more than that: a case number in the subject, a reply address of its own for each case, the References line.',
      'または、件名の案件番号、案件ごとの返信先アドレス、References 行など、別の手掛かりで返信を照合する設定にします。',
    ),
    both(
      'Or send through a server that keeps the Message-ID; the round trip shows whether it does (crm-doctor mail --send).',
      'または、メッセージ ID を保持するサーバーから送信します。保持されるかは往復テストで確認できます（crm-doctor mail --send）。',
    ),
  ],
});
