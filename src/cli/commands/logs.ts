import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { visible } from '../../i18n/visible.ts';
import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Group } from '../../logs/collect.ts';
import type { LogReport } from '../../logs/report.ts';
import type { Pen } from '../../logs/text.ts';
import { globMatcher } from '../../plan/glob.ts';
import { unmatched } from '../../plan/plan.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, formatsOf } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { sinceOf } from '../since.ts';
import { eachMeant } from '../suggest.ts';
import { whyUnwritten } from '../unwritten.ts';

interface LogFlags extends CommonFlags {
  readonly since?: string;
  readonly follow?: boolean;
}

const pollMs = 250;

const titlesOf = async ({ language }: Context): Promise<(cause: string) => string> => {
  const [{ allCauses }, { titleOfLogCause }] = await Promise.all([
    import('../../../checks/registry.ts'),
    import('../../logs/titles.ts'),
  ]);
  const titles = new Map(allCauses.map(({ id, title }) => [id, title[language]]));
  return (cause) => titles.get(cause) ?? titleOfLogCause(cause)?.[language] ?? cause;
};

const penOf = async (flags: LogFlags, context: Context): Promise<Pen> => {
  const [{ pageOf }, { confidenceWord, statusWords }] = await Promise.all([
    import('../../report/text/page.ts'),
    import('../../report/words.ts'),
  ]);
  const options = renderOptions(flags, context);
  const page = pageOf(options);
  const say = (status: 'fail' | 'unknown' | 'pass') => `${statusWords[status][context.language]}:`;
  // The signs stand alone here, so that where none is shown their words are.
  const signs = page.plain ? { fail: say('fail'), unknown: say('unknown'), pass: say('pass') } : page.signs;
  return {
    ...page,
    signs,
    narrow: page.narrow || page.plain,
    quiet: options.quiet,
    wrap,
    width,
    confidence: confidenceWord,
  };
};

const rendered = async (name: string, report: LogReport, pen: Pen): Promise<string> => {
  switch (name) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'ndjson':
      return [
        ...report.causes.map((row) => ({ kind: 'cause', ...row })),
        ...report.hidden.map((row) => ({ kind: 'hidden', ...row })),
        ...report.unknown.shapes.map((row) => ({ kind: 'unknown', ...row })),
        {
          kind: 'summary',
          schema: report.schema,
          status: report.status,
          files: report.files,
          exitCode: report.exitCode,
        },
      ]
        .map((row) => `${JSON.stringify(row)}\n`)
        .join('');
    case 'markdown':
      return (await import('../../logs/markdown.ts')).renderMarkdown(report, pen.language, visible);
    default:
      return (await import('../../logs/text.ts')).renderText(report, pen);
  }
};

const untilNextLook = (signal: AbortSignal): Promise<void> =>
  new Promise((wake) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      wake();
    };
    const timer = setTimeout(done, pollMs);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });

/** Every cause that a log can speak of. */
const causesOf = async (): Promise<readonly string[]> => {
  const [{ allCauses }, { logCauses }] = await Promise.all([
    import('../../../checks/registry.ts'),
    import('../../logs/titles.ts'),
  ]);
  return [...new Set([...allCauses.map(({ id }) => id), ...logCauses])];
};

/** A mistyped cause would hide every finding and look like health. */
const refuseUnknown = (globs: readonly string[], known: readonly string[]): void => {
  const lost = unmatched(
    globs,
    known.map((id) => ({ id })),
  );
  if (lost.length === 0) return;
  const near = eachMeant(lost, known);
  throw new UsageError({
    en: `no cause is called ${near.en}; \`crm-doctor checks --kind causes\` lists them`,
    ja: `${near.ja} という原因はありません。\`crm-doctor checks --kind causes\` で一覧を表示できます`,
  });
};

const look = async (names: readonly string[], flags: LogFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const formats = formatsOf(flags, ['text', 'json', 'ndjson', 'markdown']);
  const now = Date.now();
  const since = await sinceOf(flags, now);
  const [{ readLogs }, titleOf, pen] = await Promise.all([
    import('../../logs/run.ts'),
    titlesOf(context),
    penOf(flags, context),
  ]);
  refuseUnknown([...(flags.only ?? []), ...(flags.skip ?? [])], await causesOf());
  const only = flags.only && globMatcher(flags.only);
  const skip = flags.skip && globMatcher(flags.skip);
  const ending = new AbortController();
  let interrupted: 'SIGINT' | 'SIGTERM' | undefined;
  const deaf = io.onInterrupt((signal) => {
    if (interrupted !== undefined) process.exit(signal === 'SIGINT' ? 130 : 143);
    interrupted = signal;
    ending.abort();
  });
  const onScreen = formats.some(({ name, file }) => name === 'text' && file === undefined);
  const announce = ({ kind, key, samples }: Group): void => {
    if (kind === 'unknown') return;
    const [sample] = samples;
    const title = kind === 'cause' ? `${titleOf(key)}  [${key}]` : key;
    const place = sample === undefined ? '' : `  ${sample.file}:${sample.line}`;
    for (const line of wrap(pen.clean(`${pen.signs.fail} ${title}${place}`), pen.columns)) io.out.write(`${line}\n`);
  };
  try {
    const report = await readLogs({
      sources: names.map((name) => (name === '-' ? { name } : { name, path: resolve(io.cwd, name) })),
      version: context.version,
      titleOf,
      now,
      ...(since === undefined ? {} : { since }),
      wanted: (cause) => (only?.(cause) ?? true) && !(skip?.(cause) ?? false),
      signal: ending.signal,
      ...(flags.follow ? { follow: { signal: ending.signal, pause: untilNextLook } } : {}),
      ...(flags.follow && onScreen ? { onNew: announce } : {}),
      interrupted: () => interrupted,
    });
    let code = report.exitCode;
    if (code === 2) {
      const { troubleText } = await import('../../logs/words.ts');
      for (const { name, error } of report.files) {
        if (error) io.err.write(`crm-doctor: ${visible(name)}: ${troubleText(error)[language]}\n`);
      }
    }
    for (const { name, file } of formats) {
      const text = await rendered(name, report, file === undefined ? pen : { ...pen, quiet: false });
      if (file === undefined) {
        if (code !== 2 || name !== 'text') io.out.write(text);
        continue;
      }
      try {
        await writeFile(resolve(io.cwd, file), text);
      } catch (error) {
        const { en, ja } = whyUnwritten(error);
        io.err.write(
          `crm-doctor: ${{ en: `the report could not be written: ${en}`, ja: `レポートを書き込めませんでした: ${ja}` }[language]}\n`,
        );
        code = code === 0 ? 2 : code;
      }
    }
    return code;
  } finally {
    deaf();
  }
};

export const command: CommandModule = {
  name: 'logs',
  usage: '<file...>',
  order: 50,
  summary: {
    en: 'finds the faults in mail and CRM logs and names their causes',
    ja: 'メールや CRM のログから不具合を探し、原因を示す',
  },
  examples: [
    'crm-doctor logs /var/log/mail.log /var/log/mail.log.1',
    'journalctl -o json -u postfix | crm-doctor logs -',
    'crm-doctor logs --since 2h --follow /var/log/mail.log',
    "crm-doctor logs data/logs/espo-2026-11-24.log --only 'auth.*' --json",
  ],
  configure: (logs: Command, context, done) => {
    const { language } = context;
    logs.argument(
      '<file...>',
      {
        en: 'log files, also gzipped and rotated; - is standard input',
        ja: 'ログファイル（gzip や世代交代したものも可）。- は標準入力',
      }[language],
    );
    addCommonFlags(logs, language)
      .option(
        '--since <when>',
        {
          en: 'only lines since a date or for a duration: 2h, 7d, 2026-11-24',
          ja: 'この日時以降、またはこの期間の行だけを読む（例: 2h、7d、2026-11-24）',
        }[language],
      )
      .option(
        '-f, --follow',
        { en: 'go on reading as the files grow; Ctrl+C ends', ja: '追記される行を読み続ける（Ctrl+C で終了）' }[
          language
        ],
      );
    logs.action(async (names: string[]) => {
      const flags = logs.opts<LogFlags>();
      done(
        await guarded({ command: 'logs', target: names.join(' ') }, flags, context, () => look(names, flags, context)),
      );
    });
  },
};
