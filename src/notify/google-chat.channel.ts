import type { HttpBuilder } from './builder.ts';
import { judged } from './judge.ts';
import { fitting, linesOf } from './message.ts';

/** A text of more than 4,096 characters is refused. */
const mostCharacters = 3_800;

/**
 * Google Chat reads `<users/all>`, `<url|text>`, `*bold*`, `~struck~` and backticks in a text and knows no way to escape
 * them: look-alikes take their place. An underscore inside a word is one.
 */
const harmless = (words: string): string =>
  words
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿');

const isMessage = (body: string): boolean => {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'name' in answer;
  } catch {
    // A long answer is cut; its beginning is enough.
    return /^\s*\{\s*"name"\s*:/.test(body);
  }
};

/** An incoming webhook of Google Chat: 60 messages a minute in a space, 429 beyond. */
export const channel: HttpBuilder = {
  repeatable: false,
  request: ({ message: { subject, lead, sections, footer } }) => {
    const parts = sections.map((section) =>
      [
        ...(section.heading === undefined ? [] : [`*${harmless(section.heading)}*`]),
        ...linesOf(section).map(harmless),
      ].join('\n'),
    );
    const text = [`*${harmless(subject)}*`, harmless(lead), ...parts, harmless(footer)].join('\n\n');
    return {
      contentType: 'application/json; charset=UTF-8',
      body: JSON.stringify({ text: fitting(text, mostCharacters) }),
    };
  },
  judge: (answer) => judged(answer, ({ body }) => isMessage(body)),
};
