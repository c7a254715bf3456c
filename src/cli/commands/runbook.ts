import type { Command } from 'commander';
import { formatMs } from '../../i18n/format.ts';
import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Language } from '../../model/text.ts';
import { reporters } from '../../report/reporters.generated.ts';
import type { RunbookRecord } from '../../runbook/record.ts';
import { openRunbook, runbookDirectory } from '../../runbook/runbook.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, formatsOf } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { deliver, renderOptions } from '../session.ts';

const statusWords: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  pass: { en: 'OK', ja: '正常' },
  warn: { en: 'warnings', ja: '注意' },
  fail: { en: 'NOT OK', ja: '異常' },
  unknown: { en: 'unknown', ja: '確認不可' },
  error: { en: 'error', ja: 'エラー' },
};

const line = (record: RunbookRecord, language: Language): string | undefined => {
  const when = record.at.slice(0, 19).replace('T', ' ');
  switch (record.kind) {
    case 'run-finished': {
      const causes = record.causes.map(({ cause, proof }) => `${cause}${proof === 'proven' ? ' ✓' : ''}`).join(', ');
      const took = record.durationMs === undefined ? '' : formatMs(record.durationMs, language);
      const status = statusWords[record.status]?.[language] ?? record.status;
      return [when, record.run, record.command, record.target, status, took, causes].filter(Boolean).join('  ');
    }
    case 'note':
      return `${when}  ${record.text}`;
    case 'resolution':
      return `${when}  ${record.cause}: ${record.text}`;
    case 'change-intended':
    case 'change-done':
    case 'undone':
      return `${when}  ${record.kind}  ${record.where}`;
    default:
      return undefined;
  }
};

const list = async (flags: CommonFlags & { readonly limit?: string }, context: Context): Promise<number> => {
  const { io, language } = context;
  const most = Number(flags.limit ?? 20);
  if (!Number.isInteger(most) || most < 1) {
    throw new UsageError({
      en: '--limit takes a whole number from 1',
      ja: '--limit には 1 以上の整数を指定してください',
    });
  }
  const runbook = openRunbook(runbookDirectory({ flag: flags.runbook, env: io.env }));
  const reading = runbook.read();
  const latest: RunbookRecord[] = [];
  for await (const record of reading) {
    if (line(record, language) === undefined) continue;
    latest.push(record);
    if (latest.length > most) latest.shift();
  }
  if (flags.json) {
    io.out.write(`${JSON.stringify(latest, null, 2)}\n`);
    return 0;
  }
  const { columns } = renderOptions(flags, context);
  if (latest.length === 0) io.out.write(`${{ en: 'nothing recorded yet', ja: 'まだ記録がありません' }[language]}\n`);
  for (const record of latest) {
    const [first = '', ...rest] = wrap(visible(line(record, language) ?? ''), columns - 2);
    io.out.write(`${first}\n`);
    for (const more of rest) io.out.write(`  ${more}\n`);
  }
  if (reading.broken > 0) {
    io.err.write(
      `crm-doctor: ${{ en: `${reading.broken} unreadable lines were passed over`, ja: `読み取れない行が ${reading.broken} 行ありました` }[language]}\n`,
    );
  }
  return 0;
};

const show = async (run: string, flags: CommonFlags, context: Context): Promise<number> => {
  const found = await openRunbook(runbookDirectory({ flag: flags.runbook, env: context.io.env })).run(run);
  if (found.kind !== 'found') {
    throw new UsageError({ en: `no run ${run} is recorded`, ja: `${run} という記録はありません` });
  }
  const formats = formatsOf(flags, Object.keys(reporters));
  await deliver(found.report, formats, renderOptions(flags, context, found.path), context);
  return 0;
};

const note = async (words: readonly string[], flags: CommonFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const saved = await openRunbook(runbookDirectory({ flag: flags.runbook, env: io.env })).append({
    kind: 'note',
    text: words.join(' '),
  });
  if (saved.kind === 'failed') {
    io.err.write(`crm-doctor: ${saved.text[language]}\n`);
    return 3;
  }
  return 0;
};

export const command: CommandModule = {
  name: 'runbook',
  usage: '<list|show|note>',
  order: 55,
  summary: {
    en: 'what was found, tried and noted in earlier runs',
    ja: 'これまでに見つけたこと、試したこと、メモの記録',
  },
  examples: [
    'crm-doctor runbook list',
    'crm-doctor runbook show last',
    'crm-doctor runbook note "the provider renewed the certificate"',
  ],
  configure: (runbook: Command, context, done) => {
    const { language } = context;
    const sub = (name: string, summary: string): Command =>
      addCommonFlags(runbook.command(name).description(summary).copyInheritedSettings(runbook), language);
    const guard = (flags: CommonFlags, work: () => Promise<number>) =>
      guarded({ command: 'runbook', target: '' }, flags, context, work);
    const listing = sub('list', { en: 'the latest records', ja: '最近の記録' }[language]).option(
      '--limit <n>',
      { en: 'how many (default: 20)', ja: '件数（省略時は 20）' }[language],
    );
    listing.action(async () => done(await guard(listing.opts(), () => list(listing.opts(), context))));
    const showing = sub('show', { en: 'the report of one run', ja: '1 回の検査のレポート' }[language]).argument(
      '[run]',
    );
    showing.action(async (run: string | undefined) =>
      done(await guard(showing.opts(), () => show(run ?? 'last', showing.opts(), context))),
    );
    const noting = sub('note', { en: 'write a note down', ja: 'メモを書き残す' }[language]).argument('<text...>');
    noting.action(async (words: string[]) =>
      done(await guard(noting.opts(), () => note(words, noting.opts(), context))),
    );
  },
};
