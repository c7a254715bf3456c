import type { HttpBuilder } from './builder.ts';
import { judged } from './judge.ts';
import { noticeJson } from './notice-json.ts';

/**
 * A receiver of one's own: the notice as JSON (`crm-doctor/notice/v1`). The id is the same at every attempt, so that it may be
 * repeated; the sender signs time and body where a secret is set.
 */
export const channel: HttpBuilder = {
  repeatable: true,
  request: (content) => ({
    contentType: 'application/json; charset=utf-8',
    body: noticeJson(content),
    headers: { 'idempotency-key': content.id, 'x-crmdoctor-delivery': content.id },
  }),
  judge: (answer) => judged(answer, () => true),
};
