import type { CrmAnswers, CrmQuestion } from '../../model/crm/answers.ts';
import type { CrmSession } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';

type Question = Exclude<CrmQuestion, 'identity'>;

/** How each question is answered, or why it is not. */
export type Answering = {
  readonly [One in Question]: Text | ((signal: AbortSignal) => Promise<CrmReply<CrmAnswers[One]>>);
};

export const answeringBy =
  (answers: Answering): CrmSession['answer'] =>
  async (question, signal) => {
    const answer: Answering[typeof question] = answers[question];
    return typeof answer === 'function' ? answer(signal) : { kind: 'not-offered', why: answer };
  };

/** An answer with what could not be seen in it. */
export const answered = <Value>(value: Value, gaps: readonly Text[] = []): CrmReply<Value> => ({
  kind: 'answered',
  value,
  ...(gaps.length > 0 ? { gaps } : {}),
});
