import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { sizeText } from '../../src/model/figure.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { placeOf, saysSo } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';

interface MessageTooLarge {
  readonly place: Place;
  /** SIZE of the EHLO answer in bytes; 0 where the server tells none. */
  readonly limit: number;
  /** Bytes of the test message; 0 where the refusal came before one was sent. */
  readonly bytes: number;
  readonly says: string;
}

const explain = (evidence: Evidence, subject: Subject): readonly Finding<MessageTooLarge>[] => {
  const { smtp } = subject.services;
  if (!smtp) return [];
  const limit = evidence.fact(smtpAuth)?.size ?? 0;
  const trip = evidence.fact(mailRoundTrip);
  const bytes = trip?.bytes ?? 0;
  const said = saysSo('smtp.message-too-large', evidence, subject).map((finding) => ({
    ...finding,
    detail: { place: placeOf(smtp), limit, bytes, says: finding.detail.says },
  }));
  // The client itself holds back what is above SIZE (RFC 1870 section 6.3).
  if (said.length > 0 || !trip || trip.sent.kind === 'accepted' || limit === 0 || bytes <= limit) return said;
  return [
    {
      detail: { place: placeOf(smtp), limit, bytes, says: '' },
      severity: 'critical',
      confidence: 0.9,
      affects: [targetOf(smtp), subject.address],
      evidence: [
        { check: smtpAuth, says: both(`SIZE ${limit}`, `SIZE ${limit}（1 通の上限）`) },
        { check: mailRoundTrip, says: both(`the message has ${bytes} bytes`, `メールの大きさは ${bytes} バイトです`) },
      ],
    },
  ];
};

export const messageTooLarge = defineCause<MessageTooLarge>({
  id: 'smtp.message-too-large',
  title: both('The message is larger than the server takes', 'メールのサイズが上限を超えています'),
  about: both(
    'Servers announce by SIZE in their answer to EHLO how large a message may be. Attachments grow by about 37 percent on the way, since they are rewritten as text (base64). A limit of 10 MB is used up by files of about 7 MB.',
    'サーバーは、EHLO への応答の SIZE で 1 通のサイズの上限を示します。添付ファイルは文字に変換 (base64) されて約 37 % 大きくなるため、上限が 10 MB の場合、送れるのは約 7 MB までです。',
  ),
  explain,
  owner: 'mail-admin',
  because: ({ place, limit, bytes, says }) => {
    const { host, port } = place;
    const most =
      limit > 0 ? both(` It takes up to ${sizeText(limit)}.`, `上限は ${sizeText(limit)} です。`) : both('', '');
    const has =
      bytes > 0
        ? both(` The message has ${sizeText(bytes)}.`, `メールのサイズは ${sizeText(bytes)} です。`)
        : both('', '');
    const quote = says === '' ? both('.', '。') : both(`: "${says}".`, `。応答は「${says}」です。`);
    return both(
      `${host}:${port} does not take the message because of its size${quote.en}${most.en}${has.en}`,
      `${host}:${port} は、サイズを理由にメールを受け付けません${quote.ja}${most.ja}${has.ja}`,
    );
  },
  steps: ({ place, limit }) => [
    both(
      `Lower the limit for attachments in the CRM${limit > 0 ? ` to ${sizeText(Math.floor(limit / 1.37))}` : ''}, or send links in their place.`,
      `CRM の添付ファイルの上限を${limit > 0 ? ` ${sizeText(Math.floor(limit / 1.37))} に` : ''}下げるか、ファイルの代わりにリンクを送ります。`,
    ),
    both(
      `Or ask the administrator of ${place.host} to raise the limit (Postfix: message_size_limit), on the receiving side as well.`,
      `または、${place.host} の管理者に上限の引き上げを依頼します（Postfix は message_size_limit）。受信側の上限も確認します。`,
    ),
  ],
});
