import { visible } from '../../i18n/visible.ts';
import { pad, width } from '../../i18n/width.ts';
import type { AnySubject } from '../../model/check.ts';
import type { CrmSubject } from '../../model/crm/subject.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import { reporters } from '../../report/reporters.generated.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { openRunbook, runbookDirectory } from '../../runbook/runbook.ts';
import type { OpenCrm } from '../../world/crm.ts';
import { provenChange } from '../apply-change.ts';
import { held, tell } from '../apply-output.ts';
import { beforeAndAfter } from '../apply-table.ts';
import { askYesNo } from '../ask.ts';
import type { Context } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { formatsOf } from '../flags.ts';
import type { OpenWorld } from '../open-world.ts';
import { perform } from '../session.ts';
import type { Task } from '../task.ts';
import type { KnownAccount, PlannedWrite } from './writes.ts';
import { planWrites } from './writes.ts';

type Flags = CommonFlags & { readonly yes?: boolean };

const texts = {
  nothing: {
    en: "no change of the CRM's own settings was proven to help; nothing was changed",
    ja: '効果を確かめられた CRM の設定変更はありません。何も変更していません',
  },
  unasked: {
    en: 'nothing was changed, because nobody can be asked here; --yes writes the change into the CRM without asking',
    ja: '確認の質問ができない環境のため、何も変更していません。--yes を付けると質問せずに CRM に書き込みます',
  },
  declined: { en: 'nothing was changed', ja: '何も変更していません' },
} as const satisfies Readonly<Record<string, Text>>;

/** Whoever asked for a change and did not get it must not take the exit code for a success. */
const unsuccessful = (code: number): number => (code === 0 ? 3 : code);

const isCrm = (subject: AnySubject): subject is CrmSubject => subject.kind === 'crm';

/** The mail accounts of every CRM, as they were answered in this run. */
export const accountsOf = async (
  subjects: readonly AnySubject[],
  crm: Pick<OpenCrm, 'ask'>,
  signal: AbortSignal,
): Promise<readonly KnownAccount[]> => {
  const each = subjects.filter(isCrm).map(async (subject): Promise<readonly KnownAccount[]> => {
    const reply = await crm.ask(subject, 'mail', signal);
    return reply.kind === 'answered' ? reply.value.accounts.map((account) => ({ crm: subject, account })) : [];
  });
  return (await Promise.all(each)).flat();
};

/** What would change in the CRM, old beside new, on stderr beside the question. */
export const showWrites = (writes: readonly PlannedWrite[], { io, language }: Context): void => {
  for (const { crm, account, writes: parts } of writes) {
    io.err.write(`\n${visible(crm.label)}: ${visible(account.place[language])}\n`);
    const rows = parts.flatMap(({ protocol, changes }) =>
      changes.map(({ field, from, to }) => ({
        name: `${protocol} ${field}`,
        from: String(from ?? '-'),
        to: String(to ?? '-'),
      })),
    );
    const widest = Math.max(...rows.map(({ name }) => width(name)));
    for (const { name, from, to } of rows) io.err.write(`  ${pad(name, widest)}  ${visible(from)} -> ${visible(to)}\n`);
  }
  io.err.write('\n');
};

const failureText = (label: string, says: string): Text => ({
  en: `${label} did not take the change: ${says}`,
  ja: `${label} は変更を受け付けませんでした: ${says}`,
});

/** Into the runbook before anything is touched, then into the CRM; the first failure ends it. */
export const writeAll = async (
  writes: readonly PlannedWrite[],
  {
    crm,
    runbook,
    run,
    signal,
  }: { readonly crm: OpenCrm; readonly runbook: Runbook; readonly run: string; readonly signal: AbortSignal },
  context: Context,
): Promise<boolean> => {
  for (const { crm: subject, account, changes, writes: parts } of writes) {
    // The account is part of it: a run may change several of them.
    const where = `${subject.label} ${account.id}`;
    const intended = await runbook.append({ kind: 'change-intended', run, where, change: changes });
    if (intended.kind === 'failed') {
      tell(intended.text, context);
      return false;
    }
    for (const part of parts) {
      const reply = await crm.write(subject, part, signal);
      if (reply.kind !== 'answered') {
        const says = reply.kind === 'failed' ? reply.failure.says : reply.why[context.language];
        tell(failureText(subject.label, says), context);
        return false;
      }
    }
    const done = await runbook.append({ kind: 'change-done', run, where, change: changes });
    if (done.kind === 'failed') tell(done.text, context);
    tell(
      {
        en: `${account.name} was changed in ${subject.label}. To undo it: crm-doctor runbook undo`,
        ja: `${subject.label} の「${account.name}」を変更しました。元に戻すには: crm-doctor runbook undo`,
      },
      context,
    );
  }
  return true;
};

const applying = async (
  task: Task,
  open: () => Promise<OpenWorld>,
  flags: Flags,
  context: Context,
): Promise<number> => {
  const formats = formatsOf(flags, Object.keys(reporters));
  const textOnScreen = formats.some(({ name, file }) => name === 'text' && file === undefined);
  const first = held(context);
  const opened = await open();
  const { report, code } = await perform({ ...task, opened }, flags, textOnScreen ? context : first.context);
  const end = (text: Text | undefined, exit: number): number => {
    first.release();
    if (text) tell(text, context);
    return exit;
  };
  if (report.run.interrupted) return end(undefined, code);
  const { signal } = new AbortController();
  // Without one the CRM is not asked again: the run may have been offline, or refused.
  const proven = provenChange(report).filter(({ path }) => path.startsWith('crm'));
  if (proven.length === 0) return end(texts.nothing, code);
  const plan = planWrites(proven, await accountsOf(task.subjects, opened.crm, signal));
  if (plan.kind === 'refused') return end(plan.text, unsuccessful(code));
  if (plan.writes.length === 0) return end(texts.nothing, code);
  showWrites(plan.writes, context);
  const question: Text = {
    en: 'Write this change into the CRM?',
    ja: 'この変更を CRM に書き込みますか？',
  };
  switch (await askYesNo(question, flags, context)) {
    case 'no':
      return end(texts.declined, code);
    case 'cannot-ask':
      return end(texts.unasked, unsuccessful(code));
    case 'interrupted':
      return end(texts.declined, 130);
    case 'yes':
  }
  const directory = runbookDirectory({ flag: flags.runbook, config: task.runbook, env: context.io.env });
  const runbook = openRunbook(directory);
  const written = await writeAll(plan.writes, { crm: opened.crm, runbook, run: report.run.id, signal }, context);
  if (!written) return end(undefined, unsuccessful(code));
  const again = { ...task, opened: await open() };
  const compare = (after: Report, to: (text: string) => void): void => {
    if (!flags.quiet) {
      to(`\n${beforeAndAfter({ before: report, after }, renderOptions(flags, context)).join('\n')}\n\n`);
    }
  };
  const second = await perform(again, flags, context);
  compare(second.report, context.io.err.write);
  return second.code;
};

/** Runs the check, and writes what it proved into the CRM's mail accounts if the user agrees; then the check again. */
export const checkAndApplyToCrm = async (
  task: Task,
  open: () => Promise<OpenWorld>,
  flags: Flags,
  context: Context,
): Promise<number> => {
  const worlds: OpenWorld[] = [];
  const opening = async (): Promise<OpenWorld> => {
    const opened = await open();
    worlds.push(opened);
    return opened;
  };
  try {
    return await applying(task, opening, flags, context);
  } finally {
    await Promise.all(worlds.map(({ crm }) => crm.close()));
  }
};
