import type { Content } from './builder.ts';
import { plainText } from './message.ts';

/** A notice for programs: its data in both languages, and its words in the one of the channel. */
export const noticeJson = ({ notice, message, id }: Content): string =>
  JSON.stringify({
    schema: 'crm-doctor/notice/v1',
    delivery: id,
    id: notice.id,
    at: notice.at,
    kind: notice.kind,
    severity: notice.severity,
    subject: message.subject,
    text: plainText(message),
    notice,
  });
