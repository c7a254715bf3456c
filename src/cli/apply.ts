import { ConfigError } from '../config/config-error.ts';
import { readConfigText } from '../config/read.ts';
import { visible } from '../i18n/visible.ts';
import type { Change } from '../model/config.ts';
import type { Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import { reporters } from '../report/reporters.generated.ts';
import { openRunbook, runbookDirectory } from '../runbook/runbook.ts';
import { edited, provenChange } from './apply-change.ts';
import type { Target } from './apply-file.ts';
import { backupOf, editedMeanwhile, readExactly, replaceFile, targetAt } from './apply-file.ts';
import { held, tell } from './apply-output.ts';
import { showDifference } from './apply-show.ts';
import { beforeAndAfter } from './apply-table.ts';
import { askYesNo } from './ask.ts';
import type { Context } from './command.ts';
import { renderOptions } from './deliver.ts';
import type { CommonFlags } from './flags.ts';
import { formatsOf } from './flags.ts';
import { perform } from './session.ts';
import type { Performed, Task } from './task.ts';

/** A configuration file as it was read. */
export interface ConfigSource {
  readonly file: string;
  readonly text: string;
}

interface Applying {
  readonly task: Task;
  readonly source: ConfigSource;
  /** The mailbox that the command line names. */
  readonly wanted: string | undefined;
  /** The same command line, read again from the changed file. */
  readonly again: (wanted: string | undefined) => Promise<Task>;
}

type Flags = CommonFlags & { readonly yes?: boolean };

const texts = {
  nothing: {
    en: 'no change of the settings was proven to help; nothing was changed',
    ja: '効果を確かめられた設定変更はありません。何も変更していません',
  },
  unasked: {
    en: 'nothing was changed, because nobody can be asked here; --yes applies the change without asking',
    ja: '確認の質問ができない環境のため、何も変更していません。--yes を付けると質問せずに変更します',
  },
  declined: { en: 'nothing was changed', ja: '何も変更していません' },
} as const satisfies Readonly<Record<string, Text>>;

const question = (file: string): Text => ({
  en: `Write this change into ${visible(file)}?`,
  ja: `この変更を ${visible(file)} に書き込みますか？`,
});

/** Whoever asked for a change and did not get it must not take the exit code for a success. */
const unsuccessful = (code: number): number => (code === 0 ? 3 : code);

/** Where a change of the address renames the mailbox that was asked for. */
const renamed = (wanted: string | undefined, change: readonly Change[]): string | undefined => {
  const address = change.find(({ path, from }) => path.endsWith('.address') && from === wanted)?.to;
  return typeof address === 'string' ? address : wanted;
};

/** Writes an agreed change: into the runbook before anything is touched, the old text beside the file, then the new. */
export const writeChange = async (
  {
    target,
    before,
    after,
    change,
    run,
    directory,
  }: {
    readonly target: Target;
    readonly before: string;
    readonly after: string;
    readonly change: readonly Change[];
    readonly run: string;
    readonly directory: string;
  },
  context: Context,
): Promise<'written' | 'not-written'> => {
  const { file } = target;
  if ((await readExactly(file).catch(() => undefined)) !== before) {
    tell(editedMeanwhile(file).text, context);
    return 'not-written';
  }
  const runbook = openRunbook(directory);
  const backup = backupOf(target, run);
  const intended = await runbook.append({ kind: 'change-intended', run, where: file, change, backup });
  if (intended.kind === 'failed') {
    tell(intended.text, context);
    const { en, ja } = texts.declined;
    tell({ en: `${en}: it could not be written down first`, ja: `変更の予定を記録できないため、${ja}` }, context);
    return 'not-written';
  }
  const written = await replaceFile(target, { before, after, backup });
  if (written.kind === 'refused') {
    tell(written.text, context);
    return 'not-written';
  }
  const done = await runbook.append({ kind: 'change-done', run, where: file, change, backup });
  if (done.kind === 'failed') tell(done.text, context);
  tell(
    {
      en: `${file} was changed. Backup: ${backup}. To undo it: crm-doctor runbook undo`,
      ja: `${file} を変更しました。変更前の内容: ${backup}。元に戻すには: crm-doctor runbook undo`,
    },
    context,
  );
  return 'written';
};

/** The check once more on the changed file. On a screen of text: what is different, then the verdict. */
const checkAgain = async (
  { task, before, directory }: { readonly task: Task; readonly before: Report; readonly directory: string },
  { flags, textOnScreen }: { readonly flags: Flags; readonly textOnScreen: boolean },
  context: Context,
): Promise<number> => {
  const { io } = context;
  const compare = (report: Report, to: (text: string) => void) => {
    if (flags.quiet) return;
    to(`\n${beforeAndAfter({ before, after: report }, renderOptions(flags, context)).join('\n')}\n\n`);
  };
  if (!textOnScreen) {
    const { report, code } = await perform(task, flags, context);
    compare(report, io.err.write);
    return code;
  }
  const { report, code } = await perform(task, flags, held(context).context);
  compare(report, io.out.write);
  const kept = await openRunbook(directory).run(report.run.id);
  const options = renderOptions(flags, context, kept.kind === 'found' ? kept.path : undefined);
  const text = await reporters.text?.();
  if (text) io.out.write(text.render(report, { ...options, quiet: true }));
  return code;
};

/** The changed text has to be a configuration as well; its secrets are those of the file. */
const reading = (file: string, text: string, { io }: Context) => {
  try {
    return { kind: 'readable', secrets: readConfigText(text, file, io.env).secrets } as const;
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'refused', text: error.text } as const;
    throw error;
  }
};

/** Runs the check, and writes what it proved into the configuration file if the user agrees. */
export const checkAndApply = async (
  { task, source, wanted, again }: Applying,
  flags: Flags,
  context: Context,
): Promise<number> => {
  const textOnScreen = formatsOf(flags, Object.keys(reporters)).some(
    ({ name, file }) => name === 'text' && file === undefined,
  );
  // Only one report may stand on a standard output that a machine reads, and which one is known at the end.
  const first = held(context);
  const { report, code }: Performed = await perform(task, flags, textOnScreen ? context : first.context);
  const end = (text: Text | undefined, exit: number): number => {
    first.release();
    if (text) tell(text, context);
    return exit;
  };
  if (report.run.interrupted) return end(undefined, code);
  const proven = provenChange(report);
  if (proven.length === 0) return end(texts.nothing, code);
  const { file, text } = source;
  const edit = edited(text, proven);
  if (edit.kind === 'refused') return end(edit.text, unsuccessful(code));
  const readable = reading(file, edit.after, context);
  if (readable.kind === 'refused') return end(readable.text, unsuccessful(code));
  const target = await targetAt(file);
  showDifference(file, { before: text, after: edit.after }, readable.secrets, flags, context);
  if (target.kind === 'refused') return end(target.text, unsuccessful(code));
  switch (await askYesNo(question(file), flags, context)) {
    case 'no':
      return end(texts.declined, code);
    case 'cannot-ask':
      return end(texts.unasked, code);
    case 'interrupted':
      return end(texts.declined, 130);
    case 'yes':
  }
  const directory = runbookDirectory({ flag: flags.runbook, config: task.runbook, env: context.io.env });
  const { after, change } = edit;
  const agreed = { target, before: text, after, change, run: report.run.id, directory };
  if ((await writeChange(agreed, context)) === 'not-written') return end(undefined, unsuccessful(code));
  const next = await again(renamed(wanted, change));
  return checkAgain({ task: next, before: report, directory }, { flags, textOnScreen }, context);
};
