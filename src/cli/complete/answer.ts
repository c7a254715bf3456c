import type { Language } from '../../model/text.ts';
import type { Offer } from './complete.ts';
import { complete } from './complete.ts';
import { sourcesIn } from './sources.ts';
import { splitLine } from './split-line.ts';
import type { Tree } from './tree.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where PowerShell puts the command line: its arguments lose quotes and empty words. */
export const lineVariable = 'CRM_DOCTOR_COMPLETE_LINE';

/** `:files` and the like come first, so that a shell knows what to add of its own. */
const directives = ({ paths, before }: Offer): readonly string[] =>
  paths === undefined ? [] : [`:${paths}${before === '' ? '' : `\t${before}`}`];

/** One line; a tab and what it means behind the word. */
const described = ({ words, before }: Offer): readonly string[] =>
  words.map(({ name, about }) => `${before}${name}\t${about.replace(/\s+/g, ' ')}`);

/** What bash has cut off already: it breaks words at some characters and replaces only the last part. */
const bashHead = (typed: string, breaks: string): string => {
  const at = Math.max(...[...':='].map((mark) => (breaks.includes(mark) ? typed.lastIndexOf(mark) : -1)));
  return typed.slice(0, at + 1);
};

/** What a shell reads: the words to offer, the first lines saying whether paths are to be added. */
export const answerFor = async (
  shell: string,
  given: readonly string[],
  tree: Tree,
  language: Language,
  env: Environment,
  cwd: string,
): Promise<string> => {
  const sources = sourcesIn(env, cwd, { last: { en: 'the latest run', ja: '最後の検査' }[language] });
  const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
  if (shell === 'bash') {
    const [breaks = '', line = ''] = given;
    const words = splitLine(line);
    const typed = words.at(-1) ?? '';
    const offer = await complete(words.slice(1, -1), typed, tree, sources);
    const head = bashHead(typed, breaks);
    const rest = offer.words.map(({ name }) => (offer.before + name).slice(head.length));
    return lines([...directives(offer), ...rest]);
  }
  const words = shell === 'powershell' ? splitLine(env[lineVariable] ?? '').slice(1) : given;
  const offer = await complete(words.slice(0, -1), words.at(-1) ?? '', tree, sources);
  return lines([...directives(offer), ...described(offer)]);
};
