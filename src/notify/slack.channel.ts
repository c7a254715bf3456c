import type { HttpBuilder } from './builder.ts';
import { judged } from './judge.ts';
import { fitting, linesOf, type Message, plainText } from './message.ts';

/** Slack cuts a message text at 40,000 characters and refuses more than 50 blocks; people stop reading long before. */
const most = { text: 3_000, block: 2_500, blocks: 20 };

/** In `text` these three begin what Slack reads as its own: links, mentions, `<!channel>` (its page on formatting text). */
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const text = (words: string, bold = false) => ({ type: 'text', text: words, ...(bold ? { style: { bold } } : {}) });

const section = (heading: string | undefined, words: string) => ({
  type: 'rich_text_section',
  elements: [...(heading === undefined ? [] : [text(`${heading}\n`, true)]), ...(words === '' ? [] : [text(words)])],
});

/** Rich text has elements of its own for everything that does something; a text element is nothing but its characters. */
const blocks = ({ subject, lead, sections, footer }: Message) => {
  const parts = sections.map((one) =>
    one.as === 'command'
      ? [
          ...(one.heading === undefined ? [] : [section(one.heading, '')]),
          { type: 'rich_text_preformatted', elements: [text(fitting(one.lines.join('\n'), most.block))] },
        ]
      : [section(one.heading, fitting(linesOf(one).join('\n'), most.block))],
  );
  const rich = (elements: readonly object[]) => ({ type: 'rich_text', elements });
  return [
    rich([section(subject, lead)]),
    ...parts.slice(0, most.blocks).map(rich),
    { type: 'context', elements: [{ type: 'plain_text', text: footer, emoji: false }] },
  ];
};

/** An incoming webhook of Slack. Delivered is what it answers with 200 and the word `ok`. */
export const channel: HttpBuilder = {
  repeatable: false,
  request: ({ message }) => ({
    contentType: 'application/json; charset=utf-8',
    // `text` is what a notification on a telephone shows, and what clients without blocks show.
    body: JSON.stringify({
      text: escaped(fitting(`${message.subject}\n${plainText(message)}`, most.text)),
      blocks: blocks(message),
      unfurl_links: false,
      unfurl_media: false,
    }),
  }),
  judge: (answer) => judged(answer, ({ body }) => body.trim() === 'ok'),
};
