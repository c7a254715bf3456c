import type { CrmAnswers, CrmQuestion } from '../model/crm/answers.ts';
import type { CrmSession } from '../model/crm/connector.ts';
import type { CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';

type Asked = Exclude<CrmQuestion, 'identity'>;

/** How each question is answered, or why this product cannot tell. */
export type Answering = {
  readonly [Question in Asked]: ((signal: AbortSignal) => Promise<CrmReply<CrmAnswers[Question]>>) | Text;
};

/** A session's `answer` out of a table of questions. */
export const questions =
  (answering: Answering): CrmSession['answer'] =>
  async (question, signal) => {
    const answer = answering[question];
    return typeof answer === 'function' ? answer(signal) : { kind: 'not-offered', why: answer };
  };
