import type { Language } from '../model/text.ts';
import type { Context } from './command.ts';
import { commands } from './commands.generated.ts';
import { fullTree } from './complete/full-tree.ts';
import { manPage } from './man/man-page.ts';
import { program } from './program.ts';

const languages: readonly Language[] = ['en', 'ja'];

const deaf = { write: () => {}, isTTY: false, columns: 80 };

const contextIn = (language: Language, version: string): Context => ({
  io: { out: deaf, err: deaf, env: {}, cwd: '.', onInterrupt: () => () => {} },
  language,
  version,
  commands,
});

/**
 * What the build writes beside the program, in both languages: the tree that completion reads at every key press, and the
 * manual pages. Nothing of a run needs them.
 */
export const described = async (version: string, date: string) => {
  const files: { readonly kind: 'completion' | 'man'; readonly language: Language; readonly text: string }[] = [];
  for (const language of languages) {
    const context = contextIn(language, version);
    files.push({ kind: 'completion', language, text: JSON.stringify(await fullTree(context)) });
    const { top, loaded } = await program(
      [],
      context,
      () => true,
      () => {},
    );
    files.push({ kind: 'man', language, text: manPage({ top, loaded, language, version, date }) });
  }
  return files;
};
