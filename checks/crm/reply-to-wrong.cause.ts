import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { acceptedTrip } from '../deliver/trip-words.ts';
import { foreignReplyTo, mailRoundTrip } from '../mail/round-trip.check.ts';

interface ReplyToWrong {
  readonly address: string;
  readonly replyTo: string;
  readonly lastHop: string;
}

export const replyToWrong = defineCause<ReplyToWrong>({
  id: 'crm.reply-to-wrong',
  title: both('Replies go to another address', '返信が別のアドレスに送られます'),
  about: both(
    'A reply goes to the Reply-To line of a message where there is one, else to its sender. Mailing lists, transport rules and shared accounts add such a line. Customers then answer a person or a list in place of the mailbox that the CRM fetches.',
    'メールに Reply-To 行があると、返信は差出人ではなくそのアドレスに送られます。メーリングリスト、トランスポート ルール、共有アカウントの設定で追加されることがあります。お客様の返信が、CRM が受信するメールボックスではなく、担当者個人やリストに届きます。',
  ),
  explain: (evidence, subject) => {
    const fact = acceptedTrip(evidence);
    const found = fact?.found;
    const replyTo = fact && foreignReplyTo(fact, subject);
    if (!found || replyTo === undefined) return [];
    return [
      {
        detail: { address: subject.address, replyTo, lastHop: found.hops.at(-1)?.by ?? '' },
        severity: 'warning',
        confidence: 0.93,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `sent without Reply-To, arrived with "${replyTo}"`,
              `Reply-To なしで送ったメールが、「${replyTo}」付きで届きました`,
            ),
          },
        ],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ address, replyTo, lastHop }) =>
    both(
      `A server on the way${lastHop === '' ? '' : ` (the last was ${lastHop})`} added "Reply-To: ${replyTo}" to a message of ${address}: replies go there and not to the CRM.`,
      `途中のサーバー${lastHop === '' ? '' : `（最後は ${lastHop}）`}が、${address} からのメールに「Reply-To: ${replyTo}」を加えています。返信は CRM ではなく、そのアドレスに送られます。`,
    ),
  steps: ({ replyTo }) => [
    both(
      `Find the list, rule or account setting that writes ${replyTo}, and take it out for the mail of the CRM.`,
      `${replyTo} を書き込んでいるメーリングリスト、ルール、アカウント設定を探し、CRM のメールを対象から外します。`,
    ),
    both(
      'Or let the CRM set a Reply-To of its own: most servers keep one that is there.',
      'または、CRM 側で Reply-To を設定します。すでにある Reply-To は、多くのサーバーでそのまま残ります。',
    ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
