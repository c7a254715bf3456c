import type { AnySubject } from '../../model/check.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { OpenChange } from '../../runbook/undo.ts';
import { reversed } from '../../runbook/undo.ts';
import { tell } from '../apply-output.ts';
import { askYesNo } from '../ask.ts';
import { checkTarget } from '../check/target.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { openWorld } from '../open-world.ts';
import { accountsOf, showWrites } from './apply.ts';
import type { KnownAccount } from './writes.ts';
import { planWrites, valueAt } from './writes.ts';

const accountOf = (where: string, accounts: readonly KnownAccount[]): KnownAccount | undefined =>
  accounts.find(({ crm, account }) => where === `${crm.label} ${account.id}`);

/** Takes back what --apply-to-crm wrote, provided that the CRM still says what was written. */
export const undoInCrm = async (
  chosen: OpenChange,
  runbook: Runbook,
  flags: CommonFlags & { readonly yes?: boolean },
  context: Context,
): Promise<number> => {
  const { where, run, change } = chosen;
  const target = await checkTarget(flags, context);
  const subjects: readonly AnySubject[] = target.subjects.filter(
    (subject) => subject.kind === 'crm' && where.startsWith(`${subject.label} `),
  );
  if (subjects.length === 0) {
    throw new UsageError({
      en: `${target.file} does not describe ${where.split(' ')[0] ?? where} any more, so the change of run ${run} cannot be undone from here`,
      ja: `${target.file} に ${where.split(' ')[0] ?? where} の設定がないため、${run} の変更を元に戻せません`,
    });
  }
  const opened = await openWorld(target.sources, { subjects });
  const { signal } = new AbortController();
  const accounts = await accountsOf(subjects, opened.crm, signal);
  const known = accountOf(where, accounts);
  if (!known) {
    throw new UsageError({
      en: `${where} could not be read in the CRM, so nothing was changed; \`crm-doctor check --only crm.*\` says why`,
      ja: `CRM から ${where} を読み取れないため、何も変更していません。理由は \`crm-doctor check --only crm.*\` で確認できます`,
    });
  }
  const record = { kind: 'undone', run, where, change: reversed(change) } as const;
  const now = (path: string) => valueAt(path, known);
  // A CRM may have taken only a part of it; what it has not is as it was.
  const inForce = change.filter(({ path, from, to }) => from !== to && now(path) === to);
  const edited = change.find(({ path, from, to }) => now(path) !== to && now(path) !== from);
  if (inForce.length === 0 && !edited) {
    await runbook.append(record);
    throw new UsageError({
      en: `there is nothing to undo: ${where} does not have the change of run ${run}`,
      ja: `元に戻す変更はありません。${where} には ${run} の変更が入っていません`,
    });
  }
  if (edited) {
    throw new UsageError({
      en: `${where} was not changed: ${edited.path} was edited after the change`,
      ja: `${where} は変更していません。適用後に ${edited.path} が編集されています`,
    });
  }
  const plan = planWrites(reversed(inForce), [known]);
  if (plan.kind === 'refused') throw new UsageError(plan.text);
  showWrites(plan.writes, context);
  const question = {
    en: `Undo the change of run ${run} in ${where}?`,
    ja: `${where} に適用した ${run} の変更を元に戻しますか？`,
  };
  const declined = { en: 'nothing was changed', ja: '何も変更していません' };
  switch (await askYesNo(question, flags, context)) {
    case 'no':
      tell(declined, context);
      return 0;
    case 'interrupted':
      tell(declined, context);
      return 130;
    case 'cannot-ask':
      throw new UsageError({
        en: 'nothing was changed, because nobody can be asked here; --yes undoes the change without asking',
        ja: '確認の質問ができない環境のため、何も変更していません。--yes を付けると質問せずに元に戻します',
      });
    case 'yes':
  }
  const intended = await runbook.append({ ...record, kind: 'undo-intended' });
  if (intended.kind === 'failed') throw new UsageError(intended.text);
  for (const { writes } of plan.writes) {
    for (const write of writes) {
      const reply = await opened.crm.write(known.crm, write, signal);
      if (reply.kind === 'answered') continue;
      const says = reply.kind === 'failed' ? reply.failure.says : reply.why[context.language];
      throw new UsageError({
        en: `${where} did not take the change back: ${says}`,
        ja: `${where} の変更を元に戻せませんでした: ${says}`,
      });
    }
  }
  const saved = await runbook.append(record);
  if (saved.kind === 'failed') tell(saved.text, context);
  tell(
    { en: `the change of run ${run} in ${where} was undone`, ja: `${where} に適用した ${run} の変更を元に戻しました` },
    context,
  );
  return 0;
};
