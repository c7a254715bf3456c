import { readFileSync } from 'node:fs';
import { chooseLanguage } from '../../i18n/language.ts';
import { answerFor } from './answer.ts';
import type { Tree } from './tree.ts';

/** The tree was written by the build, beside this file. */
const treeIn = (language: string): Tree =>
  JSON.parse(readFileSync(new URL(`./completion.${language}.json`, import.meta.url), 'utf8')) as Tree;

/** `crm-doctor __complete SHELL LANGUAGE …`: what a shell is to offer, a line each; silent whatever happens. */
export const main = async (): Promise<void> => {
  try {
    const [shell = '', wish = '', ...words] = process.argv.slice(3);
    const language = chooseLanguage({ ...(/^(?:ja|en)$/.test(wish) ? { flag: wish } : {}), env: process.env });
    process.stdout.write(await answerFor(shell, words, treeIn(language), language, process.env, process.cwd()));
  } catch {
    // A key press gets no error messages.
  }
};
