import type { Severity } from '../model/cause.ts';
import type { HttpBuilder } from './builder.ts';
import { judged } from './judge.ts';
import { fitting, linesOf, type Message } from './message.ts';

/** Teams refuses a message of more than 28 KB; Japanese has three bytes a character. */
const mostCharacters = 6_000;

const colours: Readonly<Record<Severity, string>> = { critical: 'attention', warning: 'warning', info: 'accent' };

interface Run {
  readonly size?: 'medium';
  readonly weight?: 'bolder';
  readonly color?: string;
  readonly fontType?: 'monospace';
  readonly isSubtle?: true;
}

/** A TextBlock reads Markdown; a TextRun is nothing but its characters (Adaptive Cards 1.2). */
const line = (text: string, run: Run = {}) => ({
  type: 'RichTextBlock',
  spacing: 'small',
  inlines: [{ type: 'TextRun', text, ...run }],
});

const isGood = ({ kind }: Message): boolean => kind === 'recovered' || kind === 'test';

const bodyOf = (message: Message) => {
  const { subject, lead, sections, footer, severity } = message;
  let left = mostCharacters - subject.length - lead.length;
  const rows: object[] = [];
  for (const section of sections) {
    if (left <= 0) break;
    const text = fitting(linesOf(section).join('\n'), left);
    left -= text.length;
    if (section.heading !== undefined) rows.push({ ...line(section.heading, { weight: 'bolder' }), spacing: 'medium' });
    const run: Run = section.as === 'command' ? { fontType: 'monospace' } : {};
    rows.push(...text.split('\n').map((words) => line(words, run)));
  }
  return [
    line(subject, { size: 'medium', weight: 'bolder', color: isGood(message) ? 'good' : colours[severity] }),
    line(lead),
    ...rows,
    line(footer, { isSubtle: true }),
  ];
};

/** A webhook of the Workflows app (Power Automate) in Microsoft Teams: an Adaptive Card, accepted with 202. */
export const channel: HttpBuilder = {
  repeatable: false,
  request: ({ message }) => ({
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            fallbackText: message.subject,
            msteams: { width: 'Full' },
            body: bodyOf(message),
          },
        },
      ],
    }),
  }),
  // 200 is what flows with a Response action of their own say.
  judge: (answer) => judged(answer, ({ status }) => status === 202 || status === 200),
};
