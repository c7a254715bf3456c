import Table from 'cli-table3';
import { width } from '../i18n/width.ts';
import { wrap } from '../i18n/wrap.ts';
import type { CheckStatus } from '../model/report.ts';
import type { RenderOptions } from '../report/reporter.ts';
import type { Page } from '../report/text/page.ts';
import { hanging, headline, markOf, pageOf } from '../report/text/page.ts';
import { statusWords } from '../report/words.ts';
import type { Block, Words } from './talk.ts';

/** How the guide looks on one terminal. */
export interface Layout {
  readonly lines: (block: Block) => readonly string[];
  readonly words: (words: Words) => string;
}

const thinBorders = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' } as const;

const asciiBorders = {
  ...thinBorders,
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  right: '|',
  middle: '|',
} as const;

// Array.isArray does not narrow a readonly array.
const isList = (text: Words | readonly Words[]): text is readonly Words[] => Array.isArray(text);

const ruleOf = (page: Page, ascii: boolean, plain: boolean, text: string): string => {
  if (plain) return text;
  const sign = ascii ? '=' : '━';
  const room = Math.min(page.measure, 72) - width(text) - 4;
  return room < 2 ? `${sign} ${text}` : `${sign} ${text} ${sign.repeat(room)}`;
};

/** `plain`: for screen readers, no lines and no signs that are read aloud. */
export const layoutOf = (options: RenderOptions, { plain }: { readonly plain: boolean }): Layout => {
  const page = pageOf(options);
  const { clean, measure, ink, language } = page;
  const words = (text: Words): string => clean(typeof text === 'string' ? text : text[language]);
  const check = language === 'ja' ? '検査' : 'Check';
  const paragraph = (text: Words, indent = ''): readonly string[] => hanging(indent, words(text), measure);
  const result = (status: CheckStatus, title: Words, below: readonly Words[]): readonly string[] => {
    const mark = markOf(page, status, statusWords[status]);
    const head = plain
      ? hanging('', `${mark.word}: ${words(title)}`, measure)
      : headline(page, { mark, title: words(title), strong: false });
    return [...head, ...below.flatMap((text) => paragraph(text, plain ? '' : '    '))];
  };
  const lines = (block: Block): readonly string[] => {
    switch (block.kind) {
      case 'title': {
        const text = `${block.at === undefined ? '' : `${check} ${block.at}  `}${words(block.text)}`;
        const [first = '', ...rest] = wrap(text, measure - 4);
        const line =
          rest.length > 0 && !plain
            ? `${options.ascii ? '=' : '━'} ${first}`
            : ruleOf(page, options.ascii, plain, first);
        return ['', ink.bold(line), ...rest.map((more) => ink.bold(plain ? more : `  ${more}`))];
      }
      case 'words':
        return paragraph(block.text);
      case 'note':
        return paragraph(block.text, plain ? '' : '  ').map((line) => ink.dim(line));
      case 'result':
        return result(block.status, block.title, block.below ?? []);
      case 'facts':
        return block.rows.flatMap(({ label, text }) => {
          const name = label[language];
          const all = isList(text) ? text : [text];
          return plain
            ? all.flatMap((one) => hanging('', `${name}: ${words(one)}`, measure))
            : [`  ${ink.bold(name)}`, ...all.flatMap((one) => paragraph(one, '    '))];
        });
      case 'table': {
        const head = block.head.map((text) => text[language]);
        const rows = block.rows.map((row) => row.map(words));
        const all = [head, ...rows];
        const room = head.reduce((sum, _, at) => sum + Math.max(...all.map((row) => width(row[at] ?? ''))) + 3, 1);
        if (plain || room > measure) {
          return rows.flatMap((row) => row.flatMap((cell, at) => hanging('', `${head[at] ?? ''}: ${cell}`, measure)));
        }
        // No cell is broken, since the library loses Japanese where it wraps; its own colours would ignore NO_COLOR.
        const table = new Table({
          head,
          style: { head: [], border: [] },
          chars: options.ascii ? asciiBorders : thinBorders,
        });
        table.push(...rows);
        return table.toString().split('\n');
      }
      case 'steps':
        return block.steps.flatMap((step, index) => paragraph(step, `${plain ? '' : '  '}${index + 1}. `));
      case 'quoted': {
        const bar = plain ? '' : options.ascii ? '  | ' : '  │ ';
        return block.lines.flatMap((line) =>
          wrap(clean(line), Math.max(8, measure - width(bar))).map((one) => `${ink.dim(bar)}${one}`),
        );
      }
      case 'command':
        // Not broken: it is to be copied.
        return [`${plain ? '' : '  '}${ink.cyan(clean(block.text))}`];
    }
  };
  return { lines, words };
};
