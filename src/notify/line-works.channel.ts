import type { HttpBuilder } from './builder.ts';
import { judged } from './judge.ts';
import { chatText, fitting } from './message.ts';

/** A text of LINE WORKS has at most 2,000 characters; nothing in it is read as anything but text. */
const mostCharacters = 1_900;

/** A bot of LINE WORKS (API 2.0) in a talk room or with a member: accepted with 201. */
export const channel: HttpBuilder = {
  repeatable: false,
  request: ({ message }) => ({
    contentType: 'application/json; charset=UTF-8',
    body: JSON.stringify({
      content: { type: 'text', text: fitting(`${message.subject}\n\n${chatText(message)}`, mostCharacters) },
    }),
  }),
  judge: (answer) => judged(answer, ({ status }) => status === 200 || status === 201),
};

/** The app "Incoming Webhook" of LINE WORKS. */
export const incoming: HttpBuilder = {
  ...channel,
  request: ({ message }) => ({
    contentType: 'application/json; charset=UTF-8',
    body: JSON.stringify({ title: message.subject, body: { text: fitting(chatText(message), mostCharacters) } }),
  }),
};
