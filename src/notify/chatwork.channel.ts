import type { HttpBuilder } from './builder.ts';
import { judged } from './judge.ts';
import { chatText, fitting } from './message.ts';

const mostCharacters = 6_000;

/** Everything that Chatwork does stands in square brackets ([To:…], [toall], [info], [code]); there is no way to escape one. */
const harmless = (words: string): string => words.replaceAll('[', '［').replaceAll(']', '］');

const hasId = (body: string): boolean => {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'message_id' in answer;
  } catch {
    return false;
  }
};

/** A room of Chatwork by its API (v2). Delivered is what has a message id; 300 requests in five minutes are let through. */
export const channel: HttpBuilder = {
  repeatable: false,
  request: ({ message }) => {
    const text = harmless(fitting(chatText(message), mostCharacters));
    const body = `[info][title]${harmless(message.subject)}[/title]${text}[/info]`;
    return {
      contentType: 'application/x-www-form-urlencoded',
      // Unread for the owner of the token too: it is a person's account as a rule.
      body: new URLSearchParams({ body, self_unread: '1' }).toString(),
    };
  },
  judge: (answer) => judged(answer, ({ body }) => hasId(body)),
};
