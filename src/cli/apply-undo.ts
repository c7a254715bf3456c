import { ConfigError } from '../config/config-error.ts';
import { editConfig } from '../config/edit.ts';
import { readConfigText } from '../config/read.ts';
import { visible } from '../i18n/visible.ts';
import type { SecretSource } from '../model/config.ts';
import type { Text } from '../model/text.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { OpenChange } from '../runbook/undo.ts';
import { openChanges, reversed } from '../runbook/undo.ts';
import { says } from './apply-change.ts';
import { readExactly, replaceFile, targetAt } from './apply-file.ts';
import { tell } from './apply-output.ts';
import { showDifference } from './apply-show.ts';
import { askYesNo } from './ask.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';
import type { CommonFlags } from './flags.ts';

const readOrNothing = (file: string): Promise<string | undefined> => readExactly(file).catch(() => undefined);

/** Paths and ids come from the log, a file like any other; they command no terminal. */
const wrongCall = ({ en, ja }: Text): UsageError => new UsageError({ en: visible(en), ja: visible(ja) });

const nothingToUndo = (run: string | undefined): UsageError =>
  wrongCall(
    run === undefined
      ? {
          en: 'there is nothing to undo: no change was applied, or all were undone',
          ja: '元に戻す変更はありません（適用した変更がないか、すべて元に戻してあります）',
        }
      : {
          en: `there is nothing to undo: no change of run ${run} is in force; \`crm-doctor runbook list\` shows what was done`,
          ja: `元に戻す変更はありません。${run} で適用中の変更は記録されていません。\`crm-doctor runbook list\` で一覧を表示できます`,
        },
  );

const choose = (open: readonly OpenChange[], wanted: string | undefined): OpenChange => {
  const fitting = wanted === undefined || wanted === 'last' ? open : open.filter(({ run }) => run.startsWith(wanted));
  const runs = [...new Set(fitting.map(({ run }) => run))];
  if (wanted !== undefined && wanted !== 'last' && runs.length > 1 && !runs.includes(wanted)) {
    throw wrongCall({
      en: `${wanted} fits several runs: ${runs.join(', ')}`,
      ja: `${wanted} に当てはまる記録が複数あります: ${runs.join('、')}`,
    });
  }
  const chosen = fitting.findLast(({ run }) => run === wanted) ?? fitting.at(-1);
  if (!chosen) throw nothingToUndo(wanted);
  return chosen;
};

/** What the file is to become, or why it stays as it is. */
type Plan =
  | { readonly kind: 'restore'; readonly after: string }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly text: Text };

const attempt = (text: string, change: OpenChange['change']): string | ConfigError => {
  try {
    return editConfig(text, change);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
};

/**
 * The backup, where the file is still exactly what the change made of it. Otherwise somebody has edited it since, and
 * only the settings of the change go back, provided that they still are what the change made of them.
 */
const planOf = (current: string, backup: string | undefined, { change, where }: OpenChange): Plan => {
  if (backup !== undefined) {
    if (current === backup) return { kind: 'already' };
    if (attempt(backup, change) === current) return { kind: 'restore', after: backup };
  }
  if (change.every(({ path, from }) => says(current, path, from))) return { kind: 'already' };
  const edited = change.find(({ path, to }) => !says(current, path, to));
  if (edited) {
    const { path } = edited;
    return {
      kind: 'refused',
      text: {
        en: `${where} was not changed: ${path} was edited after the change`,
        ja: `${where} は変更していません。適用後に ${path} が編集されています`,
      },
    };
  }
  const after = attempt(current, reversed(change));
  return after instanceof ConfigError ? { kind: 'refused', text: after.text } : { kind: 'restore', after };
};

/** Known values are hidden wherever they stand; a file that cannot be read has its secrets hidden by their place only. */
const secretsOf = (text: string, file: string, { io }: Context): ReadonlyMap<string, SecretSource> => {
  try {
    return readConfigText(text, file, io.env).secrets;
  } catch {
    return new Map();
  }
};

/** Takes back the last applied change, or the one of a run. */
export const undo = async (
  wanted: string | undefined,
  runbook: Runbook,
  flags: CommonFlags & { readonly yes?: boolean },
  context: Context,
): Promise<number> => {
  const chosen = choose(await openChanges(runbook.read()), wanted);
  const { run, where, change, backup: backupFile } = chosen;
  if (where.startsWith('crm:')) {
    const { undoInCrm } = await import('./crm/undo.ts');
    return undoInCrm(chosen, runbook, flags, context);
  }
  const target = await targetAt(where);
  if (target.kind === 'refused') throw wrongCall(target.text);
  const current = await readExactly(where);
  const backup = backupFile === undefined ? undefined : await readOrNothing(backupFile);
  const plan = planOf(current, backup, chosen);
  const record = { kind: 'undone', run, where, change: reversed(change) } as const;
  if (plan.kind === 'refused') throw wrongCall(plan.text);
  if (plan.kind === 'already') {
    // Killed before it was written, or taken back by hand: it is no longer in force, and the next undo is about another.
    await runbook.append(record);
    throw wrongCall({
      en: `there is nothing to undo: ${where} does not have the change of run ${run}`,
      ja: `元に戻す変更はありません。${where} には ${run} の変更が入っていません`,
    });
  }
  const { after } = plan;
  showDifference(where, { before: current, after }, secretsOf(current, where, context), flags, context);
  const question: Text = {
    en: visible(`Undo the change of run ${run} in ${where}?`),
    ja: visible(`${where} に適用した ${run} の変更を元に戻しますか？`),
  };
  const declined: Text = { en: 'nothing was changed', ja: '何も変更していません' };
  switch (await askYesNo(question, flags, context)) {
    case 'no':
      tell(declined, context);
      return 0;
    case 'interrupted':
      tell(declined, context);
      return 130;
    case 'cannot-ask':
      throw wrongCall({
        en: 'nothing was changed, because nobody can be asked here; --yes undoes the change without asking',
        ja: '確認の質問ができない環境のため、何も変更していません。--yes を付けると質問せずに元に戻します',
      });
    case 'yes':
  }
  const intended = await runbook.append({ ...record, kind: 'undo-intended' });
  if (intended.kind === 'failed') throw wrongCall(intended.text);
  const written = await replaceFile(target, { before: current, after });
  if (written.kind === 'refused') throw wrongCall(written.text);
  const saved = await runbook.append(record);
  if (saved.kind === 'failed') tell(saved.text, context);
  tell(
    { en: `the change of run ${run} in ${where} was undone`, ja: `${where} に適用した ${run} の変更を元に戻しました` },
    context,
  );
  return 0;
};
