import { wrap } from '../../i18n/wrap.ts';
import type { HelpStyle } from './page.ts';
import { entryLines, exampleLines } from './page.ts';
import type { Topic, TopicPart } from './topic.ts';

const partLines = (part: TopicPart, style: HelpStyle): readonly string[] => {
  const { language, columns, plain } = style;
  switch (part.kind) {
    case 'text':
      return plain ? [part.text[language]] : wrap(part.text[language], columns);
    case 'list':
      return entryLines(
        part.rows.map(({ term, about }) => ({
          term: typeof term === 'string' ? term : term[language],
          about: about[language],
        })),
        style,
      );
    case 'lines':
      return part.lines.some((line) => line.startsWith('crm-doctor'))
        ? exampleLines(part.lines, style)
        : part.lines.flatMap((line) => (plain ? [line] : wrapped(line, columns)));
  }
};

/** A line of a file, set in as it is; on a narrow screen its rest follows further in. */
const wrapped = (line: string, columns: number): readonly string[] => {
  const indent = 2 + line.length - line.trimStart().length;
  return wrap(line.trim(), columns - indent - 2).map(
    (text, at) => `${' '.repeat(at === 0 ? indent : indent + 2)}${text}`,
  );
};

/** A topic as it is read on a screen. */
export const topicPage = ({ title, parts }: Topic, style: HelpStyle): string =>
  [
    ...wrap(title[style.language], style.columns).map(style.bold),
    ...parts.flatMap((part) => ['', ...partLines(part, style)]),
    '',
  ].join('\n');
