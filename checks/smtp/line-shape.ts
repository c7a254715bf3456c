import type { Finding, RuledOut } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { firstPlace, type Refused, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { acceptedTrip } from '../deliver/trip-words.ts';
import { fromLogs, type LogDetail, logSentence } from '../logs/log-says.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

/** A message whose lines are refused: by the server in this run, or by the log of what the CRM has sent. */
export type LineShape =
  | { readonly kind: 'reply'; readonly refused: Refused }
  | { readonly kind: 'log'; readonly log: LogDetail; readonly oursPassed: boolean };

/** The same server takes the message of crm-doctor, whose lines are as the RFC wants them. */
const oursPassed = (evidence: Evidence, subject: Subject): readonly RuledOut[] =>
  acceptedTrip(evidence) && mailRoundTrip.present(subject)
    ? [
        {
          cause: 'smtp.content-refused',
          check: mailRoundTrip,
          says: both(
            'a message with CRLF and short lines is accepted from the same account',
            '改行が CRLF で各行の短いメールは、同じアカウントから送信できます',
          ),
        },
      ]
    : [];

/** What the log says of the CRM's messages, else what the server says of ours. */
export const linesRefused = (
  cause: 'smtp.bare-lf' | 'smtp.line-too-long',
  evidence: Evidence,
  subject: Subject,
): readonly Finding<LineShape>[] => {
  const ruledOut = oursPassed(evidence, subject);
  const logged = fromLogs(cause, evidence, subject, { ruledOut }).map((finding) => ({
    ...finding,
    detail: { kind: 'log' as const, log: finding.detail, oursPassed: ruledOut.length > 0 },
  }));
  if (logged.length > 0) return logged;
  return saysSo(cause, evidence, subject).map((finding) => ({
    ...finding,
    detail: { kind: 'reply' as const, refused: finding.detail },
  }));
};

/** Why we believe it, after a sentence that says what is wrong with the lines. */
export const because = (detail: LineShape, wrong: Text): Text => {
  if (detail.kind === 'log') {
    const says = logSentence(detail.log);
    const ours = detail.oursPassed
      ? both(
          ' The test message of crm-doctor, with correct lines, passes the same server.',
          '正しい改行のテストメールは、同じサーバーから送信できています。',
        )
      : both('', '');
    return both(`${wrong.en} ${says.en}${ours.en}`, `${wrong.ja}${says.ja}${ours.ja}`);
  }
  const { host, port } = firstPlace(detail.refused);
  return both(
    `${wrong.en} ${host}:${port} says so: "${detail.refused.says}". The message of crm-doctor itself has correct lines, so that something between it and the server (an antivirus program, a proxy) changes them.`,
    `${wrong.ja}${host}:${port} の応答は「${detail.refused.says}」です。crm-doctor 自身のメールは正しい改行で送られているため、途中のもの（ウイルス対策ソフト、プロキシ）が改行を変えています。`,
  );
};
