import { Chalk, type ChalkInstance } from 'chalk';
import { toAscii } from '../../i18n/ascii.ts';
import { visible } from '../../i18n/visible.ts';
import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Severity } from '../../model/cause.ts';
import type { CheckStatus } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import { clipped } from '../clipped.ts';
import type { RenderOptions } from '../reporter.ts';

/** A sign with its word and its colour; the word alone says it all. */
export interface Mark {
  readonly sign: string;
  readonly word: string;
  readonly paint: ChalkInstance;
}

/** What the parts of a text report share: the width, the colours, the language. */
export interface Page {
  readonly columns: number;
  /** Prose is not stretched over a very wide terminal: such lines are hard to follow. */
  readonly measure: number;
  /** Below 60 columns labels stand on their own line. */
  readonly narrow: boolean;
  readonly language: Language;
  readonly verbose: boolean;
  readonly ink: ChalkInstance;
  readonly ascii: boolean;
  /** For screen readers: every fact one line, nothing drawn, words in place of signs. */
  readonly plain: boolean;
  /** Between what stands side by side. */
  readonly gap: string;
  /** Before what something becomes or leads to. */
  readonly arrow: string;
  readonly signs: Readonly<Record<CheckStatus | Severity, string>>;
  readonly say: (text: Text) => string;
  /** Everything that came from outside passes here before it is measured or printed. */
  readonly clean: (text: string) => string;
}

const unicode = { pass: '✓', warn: '⚠', fail: '✖', skip: '–', unknown: '?', error: '!' } as const;
const ascii = { pass: '+', warn: '!', fail: 'x', skip: '-', unknown: '?', error: '!' } as const;
/** The words beside the signs say it all. */
const silent = { pass: '', warn: '', fail: '', skip: '', unknown: '', error: '' } as const;

/** Of one text; a terminal is no place for more. */
const longest = 4000;

export const pageOf = (options: RenderOptions): Page => {
  const columns = Math.max(2, Math.floor(options.columns) || 80);
  const plain = options.plain === true;
  const signs = plain ? silent : options.ascii ? ascii : unicode;
  const short = (text: string) => visible(clipped(text, longest));
  const shown = plain
    ? (text: string) =>
        short(text)
          .replaceAll(' › ', ', ')
          .replaceAll(' → ', options.language === 'ja' ? ' から ' : ' to ')
    : short;
  const clean = options.ascii ? (text: string) => toAscii(shown(text)) : shown;
  return {
    columns,
    measure: plain ? columns : Math.min(columns, 100),
    narrow: columns < 60,
    language: options.language,
    verbose: options.verbose,
    ink: new Chalk({ level: options.colour && !plain ? 1 : 0 }),
    ascii: options.ascii,
    plain,
    gap: plain ? (options.language === 'ja' ? '、' : ', ') : '  ',
    arrow: plain ? ':' : options.ascii ? '->' : '→',
    signs: { ...signs, critical: signs.fail, warning: signs.warn, info: plain ? '' : options.ascii ? 'i' : 'ℹ' },
    say: (text) => text[options.language],
    clean,
  };
};

const paintOf = (ink: ChalkInstance, of: CheckStatus | Severity): ChalkInstance => {
  switch (of) {
    case 'fail':
    case 'critical':
    case 'error':
      return ink.red.bold;
    case 'warn':
    case 'warning':
    case 'unknown':
      return ink.yellow.bold;
    case 'pass':
      return ink.green;
    case 'info':
      return ink.cyan;
    case 'skip':
      return ink.dim;
  }
};

export const markOf = ({ signs, ink, say }: Page, of: CheckStatus | Severity, word: Text): Mark => ({
  sign: signs[of],
  word: say(word),
  paint: paintOf(ink, of),
});

const blank = (columns: number): string => ' '.repeat(columns);

/** Wrapped lines behind a first prefix, the following ones behind as many blanks. */
export const hanging = (prefix: string, text: string, columns: number): readonly string[] => {
  // On a terminal where the prefix leaves no room, the text goes below it.
  if (columns - width(prefix) < 8) return [...wrap(prefix, columns), ...wrap(text, columns)];
  return wrap(text, columns - width(prefix)).map((line, index) => (index === 0 ? prefix : blank(width(prefix))) + line);
};

/** What a setting is and what it becomes. */
export const changeText = ({ plain, language, arrow }: Page, from: string, to: string): string => {
  if (!plain) return `${from} ${arrow} ${to}`;
  return language === 'ja' ? `${from} から ${to} へ` : `from ${from} to ${to}`;
};

/** Left and right on one line where both fit, else one below the other. */
export const apart = (
  left: string,
  right: string,
  columns: number,
  paint: (text: string) => string,
): readonly string[] => {
  const gap = columns - width(left) - width(right);
  if (gap >= 2) return [left + blank(gap) + paint(right)];
  return [...wrap(left, columns), ...wrap(right, columns).map(paint)];
};

/** A line that begins with a mark. */
interface Headline {
  readonly mark: Mark;
  readonly title: string;
  /** Stands at the right edge, or below where it does not fit. */
  readonly aside?: string;
  /** Columns of the longest word in a list of such lines. */
  readonly wordWidth?: number;
  /** Bold unless this is false. */
  readonly strong?: boolean;
}

export const headline = ({ measure, narrow, ink, plain }: Page, line: Headline): readonly string[] => {
  const { mark, aside = '', wordWidth = 0, strong = true } = line;
  const title = line.title.trim();
  if (plain) return [`${mark.word}: ${title}${aside === '' ? '' : ` (${aside})`}`];
  const paint = (text: string) => (strong ? ink.bold(text) : text);
  const word = `${mark.sign} ${mark.word}`;
  const prefix = `${mark.sign} ${pad(mark.word, wordWidth)}  `;
  const painted = mark.paint(word) + prefix.slice(word.length);
  const oneLine = width(prefix) + width(title) + (aside === '' ? 0 : width(aside) + 2);
  if (oneLine <= measure) {
    const right = aside === '' ? '' : blank(measure - oneLine + 2) + ink.dim(aside);
    return [painted + paint(title) + right];
  }
  const indent = narrow ? 2 : width(prefix);
  const room = Math.max(2, measure - indent);
  const last = aside === '' ? [] : wrap(aside, room).map((text) => blank(indent) + ink.dim(text));
  if (measure - width(prefix) < 8) {
    return [...wrap(word, measure).map((text) => mark.paint(text)), ...wrap(title, measure).map(paint), ...last];
  }
  const [first = ''] = wrap(title, measure - width(prefix));
  const rest = title.slice(first.length).trimStart();
  const more = rest === '' ? [] : wrap(rest, room).map((text) => blank(indent) + paint(text));
  return [painted + paint(first), ...more, ...last];
};

/** Lines below a heading of their own. */
export const below = (lines: readonly string[], indent: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : blank(indent) + line));
