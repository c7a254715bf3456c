import type { Severity } from '../model/cause.ts';
import type { Notice } from './notice.ts';

/** A part of a message; channels decide how a heading, a list or a command looks. */
export interface Section {
  readonly heading?: string;
  readonly lines: readonly string[];
  readonly as?: 'numbered' | 'list' | 'command';
}

/** A notice in the words of one language, without any mark-up. Every line is one harmless line. */
export interface Message {
  readonly kind: Notice['kind'];
  readonly severity: Severity;
  readonly subject: string;
  /** One or two sentences: for a place that shows no more. */
  readonly lead: string;
  readonly sections: readonly Section[];
  readonly footer: string;
}

/** The lines of a section as plain text has them. */
export const linesOf = ({ lines, as }: Section): readonly string[] =>
  lines.map((line, at) =>
    as === 'numbered' ? `${at + 1}. ${line}` : as === 'list' ? `- ${line}` : as === 'command' ? `  ${line}` : line,
  );

const paragraphs = ({ lead, sections }: Message): readonly string[] => [
  lead,
  ...sections.map((section) =>
    [...(section.heading === undefined ? [] : [`■ ${section.heading}`]), ...linesOf(section)].join('\n'),
  ),
];

/** The whole message as plain text; the footer stands as a signature does in a mail. */
export const plainText = (message: Message): string =>
  `${[...paragraphs(message), `-- \n${message.footer}`].join('\n\n')}\n`;

/** The same for a chat. */
export const chatText = (message: Message): string => [...paragraphs(message), message.footer].join('\n\n');

/** As much of a plain text as fits, cut between lines where that is possible. */
export const fitting = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 2);
  const line = cut.lastIndexOf('\n');
  return `${line > most / 2 ? cut.slice(0, line) : [...cut].slice(0, -1).join('')}\n…`;
};
