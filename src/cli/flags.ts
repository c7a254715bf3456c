import type { Command } from 'commander';
import { Option } from 'commander';
import type { Language, Text } from '../model/text.ts';
import { UsageError } from './command.ts';
import { meant } from './suggest.ts';

/** Flags of every command (CONTRACT: commands). */
export interface CommonFlags<FailOn extends string = 'warn' | 'fail'> {
  readonly config?: string;
  readonly lang?: string;
  readonly json?: boolean;
  readonly format?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn: FailOn;
  readonly timeout?: string;
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly input?: boolean;
  readonly runbook?: string;
  /** A report for each tenant of many mailboxes goes there; of the commands that have it. */
  readonly outputDir?: string;
}

const words: Readonly<Record<string, Text>> = {
  config: {
    en: 'configuration file (default: crm-doctor.yaml here or above)',
    ja: '設定ファイル（省略時はこのフォルダーか上位の crm-doctor.yaml）',
  },
  lang: { en: 'language: ja or en', ja: '表示言語: ja または en' },
  json: {
    en: 'the report as JSON on standard output, nothing else there',
    ja: '結果を JSON で標準出力に書く（ほかは何も書かない）',
  },
  format: {
    en: 'report format, with =FILE into a file; repeatable',
    ja: '結果の形式。=FILE を付けるとファイルに書く。複数指定可',
  },
  only: {
    en: 'only these checks (ids or globs) and what they need',
    ja: '指定した検査（ID または * 付き）と、その前提だけを行う',
  },
  skip: { en: 'leave these checks out (ids or globs)', ja: '指定した検査（ID または * 付き）を省く' },
  failOn: {
    en: 'what counts as failed for the exit code: {} (default: fail)',
    ja: '終了コードで失敗とみなす段階: {}（省略時は fail）',
  },
  timeout: { en: 'limit of the whole run, such as 30s or 2m', ja: '全体の制限時間（例: 30s、2m）' },
  color: { en: 'colour, even into a pipe', ja: 'パイプに出力するときも色を付ける' },
  noColor: { en: 'no colour', ja: '色を付けない' },
  ascii: { en: 'ASCII symbols and lines only', ja: '記号と罫線を ASCII 文字だけにする' },
  plain: {
    en: 'for screen readers: a fact a line, words instead of symbols, no animation',
    ja: 'スクリーンリーダー向け。1 行に 1 項目、記号の代わりに言葉を使い、画面を書き換えない',
  },
  quiet: { en: 'the verdict only', ja: '結論の 1 行だけを表示する' },
  verbose: { en: 'everything: passed checks, what was ruled out', ja: '正常だった検査や除外した原因も表示する' },
  noInput: { en: 'never ask, fail instead', ja: '質問をせず、必要な値がなければ終了する' },
  runbook: { en: 'directory of the runbook log', ja: '作業記録を置くフォルダー' },
};

const say = (key: string, language: Language): string => words[key]?.[language] ?? '';

/** `warn, fail or new`. */
const choices = (allowed: readonly string[], language: Language): string =>
  language === 'ja' ? allowed.join('、') : `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1) ?? ''}`;

/** A flag that takes one of a few words, which completion offers. */
export const choiceOption = (flags: string, about: string, allowed: readonly string[]): Option => {
  const option = new Option(flags, about);
  const name = option.long ?? flags;
  // Commander's own error names no near word, and is in English only.
  option.argChoices = [...allowed];
  return option.argParser((value: string): string => {
    if (allowed.includes(value)) return value;
    const near = meant(value, allowed);
    throw new UsageError({
      en: `${name} takes ${choices(allowed, 'en')}, not ${JSON.stringify(value)}${near.en}`,
      ja: `${name} に指定できるのは ${choices(allowed, 'ja')} です。${JSON.stringify(value)} は使えません${near.ja}`,
    });
  });
};

/** The flags of every command, by their long names: `--help` and the manual tell of them once. */
export const commonFlags: ReadonlySet<string> = new Set([
  ...[
    '--config',
    '--lang',
    '--json',
    '--format',
    '--only',
    '--skip',
    '--fail-on',
    '--timeout',
    '--color',
    '--no-color',
  ],
  ...['--ascii', '--plain', '--quiet', '--verbose', '--no-input', '--runbook', '--help'],
]);

export const addCommonFlags = (
  command: Command,
  language: Language,
  { failOn = ['warn', 'fail'] }: { readonly failOn?: readonly string[] } = {},
): Command => {
  return command
    .option('--config <file>', say('config', language))
    .addOption(choiceOption('--lang <language>', say('lang', language), ['ja', 'en']))
    .option('--json', say('json', language))
    .option('--format <name[=file]>', say('format', language), collect)
    .option('--only <id...>', say('only', language))
    .option('--skip <id...>', say('skip', language))
    .addOption(
      choiceOption(
        '--fail-on <level>',
        say('failOn', language).replace('{}', choices(failOn, language)),
        failOn,
      ).default('fail'),
    )
    .option('--timeout <duration>', say('timeout', language))
    .option('--color', say('color', language))
    .option('--no-color', say('noColor', language))
    .option('--ascii', say('ascii', language))
    .option('--plain', say('plain', language))
    .option('-q, --quiet', say('quiet', language))
    .option('-v, --verbose', say('verbose', language))
    .option('--no-input', say('noInput', language))
    .option('--runbook <dir>', say('runbook', language));
};

/** For a flag that may be repeated; without a default value, which `--help` would print. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `json`, `junit=report.xml`: what is to be rendered, and where to. */
export interface WantedFormat {
  readonly name: string;
  readonly file?: string;
}

/** The formats of a run; at most one goes to standard output. */
export const formatsOf = (flags: CommonFlags, known: readonly string[]): readonly WantedFormat[] => {
  const wanted: WantedFormat[] = (flags.format ?? []).map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? { name: word } : { name: word.slice(0, at), file: word.slice(at + 1) };
  });
  for (const { name, file } of wanted) {
    if (!known.includes(name)) {
      const near = meant(name, known);
      throw new UsageError({
        en: `unknown format ${JSON.stringify(name)}${near.en}; there are ${known.join(', ')}`,
        ja: `知らない形式です: ${JSON.stringify(name)}${near.ja}。使える形式: ${known.join('、')}`,
      });
    }
    if (file === '')
      throw new UsageError({
        en: `--format ${name}= names no file`,
        ja: `--format ${name}= のあとにファイル名がありません`,
      });
  }
  if (flags.json) wanted.push({ name: 'json' });
  const onScreen = wanted.filter(({ file }) => file === undefined);
  if (new Set(onScreen.map(({ name }) => name)).size > 1) {
    throw new UsageError({
      en: 'only one format can go to standard output; write the others to files (--format NAME=FILE)',
      ja: '標準出力に出せる形式は 1 つだけです。ほかはファイルに書いてください (--format NAME=FILE)',
    });
  }
  return [...wanted.filter(({ file }) => file !== undefined), onScreen[0] ?? { name: 'text' }];
};
