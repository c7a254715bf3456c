import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, collect } from '../flags.ts';
import { guarded } from '../report-error.ts';
import type { ExportFlags } from './runbook/export.ts';
import type { NoteFlags } from './runbook/note.ts';
import type { WantedFlags } from './runbook/wanted.ts';

const words = {
  list: { en: 'the latest records', ja: '最近の記録' },
  show: {
    en: 'the report of a run with its notes and changes, or one record, or the steps of a guide session',
    ja: '1 回の検査のレポートとそのメモや変更。または 1 件の記録、ガイド 1 回分の手順',
  },
  search: { en: 'the records that hold every word, the latest first', ja: 'すべての語を含む記録（新しい順）' },
  note: { en: 'write a note down', ja: 'メモを書き残す' },
  tag: { en: 'give tags to a run or a record, or take them away', ja: '検査や記録にタグを付ける、または外す' },
  solved: {
    en: 'write down how a cause was solved; it is shown when the cause is back',
    ja: '原因をどう解決したかを書き残す（同じ原因が再び見つかったときに表示）',
  },
  diff: {
    en: 'what is different between two runs (default: the last run and the last good one before it)',
    ja: '2 回の検査の違いを表示する（省略時は最後の検査と、その前の最後に正常だった検査）',
  },
  trends: {
    en: 'what the runs have measured so far, over time',
    ja: 'これまでの検査で測った値の推移',
  },
  wantedTrend: {
    en: 'a part of the figure, the mailbox or the target: quota, login, sales@example.co.jp',
    ja: '測った値、メールボックス、対象の一部（quota、login、sales@example.co.jp など）',
  },
  accept: {
    en: 'accept a run as the baseline: what changes from here on is told against it (default: the last run)',
    ja: '検査の結果を基準として承認する。以後の検査では、この時点からの変更点を示す（省略時は最後の検査）',
  },
  acceptNote: { en: 'why it is right as it is', ja: '承認の理由' },
  undo: { en: 'take back the last change that --apply made', ja: '--apply で最後に適用した変更を元に戻す' },
  export: { en: 'the records as a Markdown page, day by day', ja: '記録を日ごとの Markdown のページにする' },
  limit: { en: 'how many (default: 20)', ja: '件数（省略時は 20）' },
  run: { en: 'the run that it is about', ja: '対象となる検査の ID' },
  tags: { en: 'a word to find the note by; repeatable', ja: 'あとで探すための目印。複数指定可' },
  onlyTag: { en: 'only what has this tag', ja: 'このタグが付いたものだけ' },
  onlyCause: {
    en: 'only what belongs to runs that found this cause (id or glob)',
    ja: 'この原因（ID または * 付き）が見つかった検査に関するものだけ',
  },
  since: {
    en: 'only what was written since a date or for a duration: 2h, 7d, 2026-11-24',
    ja: '指定した日時または期間よりあとのものだけ（2h、7d、2026-11-24）',
  },
  target: { en: 'a part of the target of runs, such as an address', ja: '検査の対象の一部（アドレスなど）' },
  remove: { en: 'a tag to take away; repeatable', ja: '外すタグ。複数指定可' },
  output: { en: 'file to write (default: standard output)', ja: '書き込むファイル（省略時は標準出力）' },
  yes: { en: 'do not ask', ja: '確認の質問をしない' },
} as const;

type Sub = 'list' | 'show' | 'search' | 'note' | 'tag' | 'solved' | 'diff' | 'trends' | 'accept' | 'undo' | 'export';

export const command: CommandModule = {
  name: 'runbook',
  usage: '<list|show|search|note|tag|solved|diff|trends|accept|undo|export>',
  order: 55,
  summary: {
    en: 'what was found, tried, noted and solved in earlier runs',
    ja: 'これまでに見つけたこと、試したこと、メモ、解決の記録',
  },
  examples: [
    'crm-doctor runbook list sales@example.co.jp --since 7d',
    'crm-doctor runbook show last',
    'crm-doctor runbook search certificate',
    'crm-doctor runbook note "the provider renewed the certificate" --run last --tag certificate',
    'crm-doctor runbook tag last certificate --remove todo',
    'crm-doctor runbook solved tls.certificate-expired "renewed at the provider, reloaded Dovecot"',
    'crm-doctor runbook diff',
    'crm-doctor runbook trends quota',
    'crm-doctor runbook accept last --note "moved to the new server"',
    'crm-doctor runbook undo',
    'crm-doctor runbook export --output runbook.md',
  ],
  configure: (runbook: Command, context, done) => {
    const say = (key: keyof typeof words): string => words[key][context.language];
    const sub = (name: Sub): Command =>
      addCommonFlags(runbook.command(name).description(say(name)).copyInheritedSettings(runbook), context.language);
    /** What narrows the records down. */
    const narrowed = (name: Sub): Command =>
      sub(name)
        .option('--tag <tag>', say('onlyTag'))
        .option('--cause <id>', say('onlyCause'))
        .option('--since <when>', say('since'));
    // Commander would add one in English; --help says the same.
    runbook.helpCommand(false);
    const guard = async (flags: CommonFlags, work: () => Promise<number>) =>
      done(await guarded({ command: 'runbook', target: '' }, flags, context, work));

    const listing = narrowed('list').argument('[target]', say('target')).option('--limit <n>', say('limit'));
    listing.action((target: string | undefined) => {
      const flags = listing.opts<WantedFlags>();
      return guard(flags, async () => (await import('./runbook/list.ts')).list(target, flags, context));
    });

    const showing = sub('show').argument('[run|record]');
    showing.action((wanted: string | undefined) => {
      const flags = showing.opts<CommonFlags>();
      return guard(flags, async () => (await import('./runbook/show.ts')).show(wanted ?? 'last', flags, context));
    });

    const searching = narrowed('search').argument('<words...>').option('--limit <n>', say('limit'));
    searching.action((wanted: string[]) => {
      const flags = searching.opts<WantedFlags>();
      return guard(flags, async () => (await import('./runbook/search.ts')).search(wanted, flags, context));
    });

    const noting = sub('note')
      .argument('<text...>')
      .option('--run <run>', say('run'))
      .option('--tag <tag>', say('tags'), collect);
    noting.action((text: string[]) => {
      const flags = noting.opts<NoteFlags>();
      return guard(flags, async () => (await import('./runbook/note.ts')).note(text, flags, context));
    });

    const tagging = sub('tag')
      .argument('<run|record>')
      .argument('[tags...]')
      .option('--remove <tag>', say('remove'), collect);
    tagging.action((wanted: string, tags: string[]) => {
      const flags = tagging.opts<CommonFlags & { readonly remove?: readonly string[] }>();
      return guard(flags, async () => (await import('./runbook/tag.ts')).tag(wanted, tags, flags, context));
    });

    const solving = sub('solved').argument('<cause>').argument('<text...>').option('--run <run>', say('run'));
    solving.action((cause: string, text: string[]) => {
      const flags = solving.opts<CommonFlags & { readonly run?: string }>();
      return guard(flags, async () => (await import('./runbook/solved.ts')).solved(cause, text, flags, context));
    });

    const diffing = sub('diff').argument('[run]').argument('[other]');
    diffing.action((run: string | undefined, other: string | undefined) => {
      const flags = diffing.opts<CommonFlags>();
      return guard(flags, async () => (await import('./runbook/diff.ts')).diff(run, other, flags, context));
    });

    const drawing = sub('trends').argument('[figure|mailbox]', say('wantedTrend'));
    drawing.action((wanted: string | undefined) => {
      const flags = drawing.opts<CommonFlags>();
      return guard(flags, async () => (await import('./runbook/trends.ts')).trends(wanted, flags, context));
    });

    const accepting = sub('accept').argument('[run]').option('--note <text>', say('acceptNote'));
    accepting.action((run: string | undefined) => {
      const flags = accepting.opts<CommonFlags & { readonly note?: string }>();
      return guard(flags, async () => (await import('./runbook/accept.ts')).accept(run ?? 'last', flags, context));
    });

    const undoing = sub('undo').argument('[run]').option('-y, --yes', say('yes'));
    undoing.action((run: string | undefined) => {
      const flags = undoing.opts<CommonFlags & { readonly yes?: boolean }>();
      return guard(flags, async () => {
        const [{ undo }, { runbookHere }] = await Promise.all([
          import('../apply-undo.ts'),
          import('./runbook/place.ts'),
        ]);
        return undo(run, await runbookHere(flags, context), flags, context);
      });
    });

    const exporting = narrowed('export').argument('[target]', say('target')).option('--output <file>', say('output'));
    exporting.action((target: string | undefined) => {
      const flags = exporting.opts<ExportFlags>();
      return guard(flags, async () => (await import('./runbook/export.ts')).exportPage(target, flags, context));
    });
  },
};
