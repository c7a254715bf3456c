import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { acceptedTrip, circleWords, reportOf } from '../deliver/trip-words.ts';
import { mailRoundTrip, wentInACircle } from '../mail/round-trip.check.ts';

interface ForwardingLoop {
  readonly address: string;
  /** The server's own words, where it gave up. */
  readonly says: string;
  readonly by: string;
  /** The server that it came to most often, and how often. */
  readonly again: string;
  readonly times: number;
  readonly delivered: number;
}

const circle = ({ again, times, delivered }: ForwardingLoop): Text | undefined => {
  if (times === 0) return undefined;
  return delivered > 1
    ? both(
        `it was delivered to the same address ${delivered} times and came to ${again} ${times} times`,
        `同じアドレスに ${delivered} 回配信され、${again} を ${times} 回通っています`,
      )
    : both(`it came to ${again} ${times} times`, `${again} を ${times} 回通っています`);
};

export const forwardingLoop = defineCause<ForwardingLoop>({
  id: 'mailbox.forwarding-loop',
  title: both('Mail is forwarded in a circle', 'メールの転送が循環しています'),
  about: both(
    'Two mailboxes that forward to each other, or an address that is forwarded to itself by way of another, pass each message round and round. Servers stop it by counting the "Received" lines or by a line that they have written themselves (Delivered-To), and return the message.',
    '2 つのメールボックスが互いに転送していたり、別のアドレスを経由して自分に戻る転送があったりすると、メールは回り続けます。サーバーは「Received」行の数や、自分が書いた「Delivered-To」行で循環を検出し、メールを差し戻します。',
  ),
  explain: (evidence, subject) => {
    const fact = acceptedTrip(evidence);
    const report = fact && reportOf(fact, 'failed');
    const says = report && circleWords.test(report.says) ? report.says : '';
    const rounds = fact && wentInACircle(fact) ? fact.found?.rounds : undefined;
    const detail: ForwardingLoop = {
      address: subject.address,
      says,
      by: report?.by ?? '',
      again: rounds?.by ?? '',
      times: rounds?.most ?? 0,
      delivered: rounds?.delivered ?? 0,
    };
    const shown = circle(detail);
    if (says === '' && !shown) return [];
    return [
      {
        detail,
        severity: fact?.found ? 'warning' : 'critical',
        confidence: says === '' ? 0.85 : 0.97,
        affects: [subject.address],
        evidence: [
          ...(says === ''
            ? []
            : [
                {
                  check: mailRoundTrip,
                  says: both(`returned by ${detail.by}: "${says}"`, `${detail.by} からの不達通知:「${says}」`),
                },
              ]),
          ...(shown ? [{ check: mailRoundTrip, says: shown }] : []),
        ],
        ruledOut: [
          {
            cause: 'smtp.mail-loop',
            check: mailRoundTrip,
            says: both(
              'the outgoing server took the message; the circle begins at the mailbox',
              '送信サーバーはメールを受け付けています。循環しているのは配信先の転送です',
            ),
          },
        ],
      },
    ];
  },
  owner: 'mail-admin',
  because: (detail) => {
    const shown = circle(detail);
    const parts = [
      ...(detail.says === ''
        ? []
        : [
            both(
              `${detail.by || 'a server'} gave up with "${detail.says}"`,
              `${detail.by || 'サーバー'} が「${detail.says}」として配信を打ち切りました`,
            ),
          ]),
      ...(shown ? [shown] : []),
    ];
    return both(
      `A test message to ${detail.address} went in a circle: ${parts.map(({ en }) => en).join(', and ')}.`,
      `${detail.address} 宛てのテストメールの転送が循環しています。${parts.map(({ ja }) => `${ja}。`).join('')}`,
    );
  },
  steps: ({ address }) => [
    both(
      `Write down where ${address} is forwarded to, and where that address is forwarded to, until one comes again.`,
      `${address} の転送先と、その先の転送先を順に書き出し、同じアドレスが再び現れる場所を探します。`,
    ),
    both(
      'Take one forwarding out; let the mailbox keep the message, or the CRM fetch the last one.',
      '転送のどれか 1 つを解除し、メールボックスに残すか、最後のメールボックスを CRM で取得します。',
    ),
    both(
      'Look at automatic replies as well: two of them answer each other in the same way.',
      '自動返信も確認します。自動返信どうしも同じように循環します。',
    ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
