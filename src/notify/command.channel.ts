import type { Content } from './builder.ts';
import { noticeJson } from './notice-json.ts';

/** What a program is given: the notice as JSON on its input, and what scripts ask first in its environment. */
export const commandInput = (
  content: Content,
): { readonly input: string; readonly env: Readonly<Record<string, string>> } => ({
  input: `${noticeJson(content)}\n`,
  env: {
    CRM_DOCTOR_KIND: content.notice.kind,
    CRM_DOCTOR_SEVERITY: content.notice.severity,
    CRM_DOCTOR_SUBJECT: content.message.subject,
    CRM_DOCTOR_DELIVERY: content.id,
  },
});
