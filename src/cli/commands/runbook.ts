import type { Command } from 'commander';
import { reporters } from '../../report/reporters.generated.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, collect, formatsOf } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { diff } from './runbook/diff.ts';
import { list } from './runbook/list.ts';
import type { NoteFlags } from './runbook/note.ts';
import { note } from './runbook/note.ts';
import { runbookHere } from './runbook/place.ts';
import { search } from './runbook/search.ts';

const show = async (run: string, flags: CommonFlags, context: Context): Promise<number> => {
  const found = await (await runbookHere(flags, context)).run(run);
  if (found.kind !== 'found') {
    throw new UsageError({ en: `no run ${run} is recorded`, ja: `${run} という記録はありません` });
  }
  const formats = formatsOf(flags, Object.keys(reporters));
  await deliver(found.report, formats, renderOptions(flags, context, found.path), context);
  return 0;
};

const words = {
  list: { en: 'the latest records', ja: '最近の記録' },
  show: { en: 'the report of one run', ja: '1 回の検査のレポート' },
  search: { en: 'the records that hold every word, the latest first', ja: 'すべての語を含む記録（新しい順）' },
  note: { en: 'write a note down', ja: 'メモを書き残す' },
  diff: {
    en: 'what is different between two runs (default: the last run and the last good one before it)',
    ja: '2 回の検査の違いを表示する（省略時は最後の検査と、その前の最後に正常だった検査）',
  },
  undo: { en: 'take back the last change that --apply made', ja: '--apply で最後に適用した変更を元に戻す' },
  limit: { en: 'how many (default: 20)', ja: '件数（省略時は 20）' },
  run: { en: 'the run that the note is about', ja: 'メモの対象となる検査の ID' },
  tag: { en: 'a word to find the note by; repeatable', ja: 'あとで探すための目印。複数指定可' },
  yes: { en: 'do not ask', ja: '確認の質問をしない' },
} as const;

export const command: CommandModule = {
  name: 'runbook',
  usage: '<list|show|search|note|diff|undo>',
  order: 55,
  summary: {
    en: 'what was found, tried and noted in earlier runs',
    ja: 'これまでに見つけたこと、試したこと、メモの記録',
  },
  examples: [
    'crm-doctor runbook list',
    'crm-doctor runbook show last',
    'crm-doctor runbook search certificate',
    'crm-doctor runbook note "the provider renewed the certificate" --run last --tag certificate',
    'crm-doctor runbook diff',
    'crm-doctor runbook undo',
  ],
  configure: (runbook: Command, context, done) => {
    const say = (key: keyof typeof words): string => words[key][context.language];
    const sub = (name: 'list' | 'show' | 'search' | 'note' | 'diff' | 'undo'): Command =>
      addCommonFlags(runbook.command(name).description(say(name)).copyInheritedSettings(runbook), context.language);
    // Commander would add one in English; --help says the same.
    runbook.helpCommand(false);
    const guard = async (flags: CommonFlags, work: () => Promise<number>) =>
      done(await guarded({ command: 'runbook', target: '' }, flags, context, work));

    const listing = sub('list').option('--limit <n>', say('limit'));
    listing.action(() => guard(listing.opts(), () => list(listing.opts(), context)));

    const showing = sub('show').argument('[run]');
    showing.action((run: string | undefined) =>
      guard(showing.opts(), () => show(run ?? 'last', showing.opts(), context)),
    );

    const searching = sub('search').argument('<words...>').option('--limit <n>', say('limit'));
    searching.action((wanted: string[]) => guard(searching.opts(), () => search(wanted, searching.opts(), context)));

    const noting = sub('note')
      .argument('<text...>')
      .option('--run <run>', say('run'))
      .option('--tag <tag>', say('tag'), collect);
    noting.action((text: string[]) => {
      const flags = noting.opts<NoteFlags>();
      return guard(flags, () => note(text, flags, context));
    });

    const diffing = sub('diff').argument('[run]').argument('[other]');
    diffing.action((run: string | undefined, other: string | undefined) =>
      guard(diffing.opts(), () => diff(run, other, diffing.opts(), context)),
    );

    const undoing = sub('undo').argument('[run]').option('-y, --yes', say('yes'));
    undoing.action((run: string | undefined) => {
      const flags = undoing.opts<CommonFlags & { readonly yes?: boolean }>();
      return guard(flags, async () => {
        const { undo } = await import('../apply-undo.ts');
        return undo(run, await runbookHere(flags, context), flags, context);
      });
    });
  },
};
