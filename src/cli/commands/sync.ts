import type { Command } from 'commander';
import { withoutPassword } from '../../config/sync.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, collect } from '../flags.ts';
import { guarded } from '../report-error.ts';
import type { SyncCommandFlags } from '../sync/run.ts';

const words: Readonly<Record<string, Text>> = {
  side: {
    en: 'a comparison of the configuration by its name, or the two sides themselves: files, or URL#TABLE of a database',
    ja: '設定ファイルにある比較の名前。または比べるもの 2 つ（ファイル、またはデータベースの URL#テーブル）',
  },
  key: {
    en: 'the column that tells records apart: NAME, or LEFT=RIGHT; repeat it for a key of several columns',
    ja: 'レコードを見分ける列（列名、または 左=右）。複数列のキーは繰り返して指定',
  },
  field: {
    en: 'compare only these columns: NAME, LEFT=RIGHT or LEFT=RIGHT:TYPE; repeatable',
    ja: '比べる列を限定する（列名、左=右、左=右:型）。複数指定可',
  },
  ignore: { en: 'do not compare this column; repeatable', ja: '比べない列。複数指定可' },
  lastSync: {
    en: 'when the last sync ran (RFC 3339), to tell stale from conflicting records',
    ja: '最後の同期の日時（RFC 3339）。古い値と競合を見分けるために使う',
  },
  interval: { en: 'how often the sync should run, such as 15m', ja: '同期の予定間隔（例: 15m）' },
  log: { en: 'log of the sync job; repeatable', ja: '同期ジョブのログ。複数指定可' },
  leftPasswordEnv: {
    en: 'environment variable with the password of the left database',
    ja: '左のデータベースのパスワードを入れた環境変数',
  },
  rightPasswordEnv: {
    en: 'environment variable with the password of the right database',
    ja: '右のデータベースのパスワードを入れた環境変数',
  },
  outputDir: {
    en: 'write all differences into this directory, one file a class',
    ja: 'すべての差異をこのフォルダーに書き出す（分類ごとに 1 ファイル）',
  },
  outputFormat: { en: 'of these files: csv or jsonl (default: csv)', ja: 'その形式: csv または jsonl（省略時は csv）' },
  patch: {
    en: 'write the corrections that are beyond doubt into a file for review: .csv, .sql or .jsonl (requests to a CRM)',
    ja: '確実に直せる値の修正案をファイルに書き出す（.csv、.sql、CRM へのリクエストは .jsonl）',
  },
  patchSide: {
    en: 'which side they are for: left or right (default: right)',
    ja: '修正する側: left または right（省略時は right）',
  },
  offline: { en: 'only what needs no network', ja: 'ネットワークを使わない比較だけを行う' },
  dryRun: {
    en: 'only say what would be read and contacted',
    ja: '読み取るファイルと接続先を表示するだけで、何もしない',
  },
  redact: { en: 'hide the values of the records in every output', ja: 'レコードの値をすべての出力で伏せる' },
};

export const command: CommandModule = {
  name: 'sync',
  usage: '[name|left] [right]',
  order: 22,
  summary: {
    en: "compare the CRM's records with another system's and say why they differ",
    ja: 'CRM のレコードを別のシステムと比べ、違いの原因を突き止める',
  },
  examples: [
    'crm-doctor sync',
    'crm-doctor sync crm.csv shop.csv --key id',
    'crm-doctor sync crm.xlsx postgres://crm@db.example.co.jp/crm#contacts --key id=crm_id --field name=full_name:name',
    'crm-doctor sync --redact --format html=report.html',
    'crm-doctor sync crm.csv shop.csv --key id --output-dir ./differences --patch corrections.csv',
  ],
  configure: (sync: Command, context, done) => {
    const say = (key: string): string => words[key]?.[context.language] ?? '';
    sync
      .argument('[name|left]', say('side'))
      .argument('[right]', say('side'))
      .option('--key <column>', say('key'), collect)
      .option('--field <column>', say('field'), collect)
      .option('--ignore <column>', say('ignore'), collect)
      .option('--last-sync <time>', say('lastSync'))
      .option('--interval <duration>', say('interval'))
      .option('--log <file>', say('log'), collect)
      .option('--left-password-env <name>', say('leftPasswordEnv'))
      .option('--right-password-env <name>', say('rightPasswordEnv'))
      .option('--redact', say('redact'))
      .option('--output-dir <dir>', say('outputDir'))
      .option('--output-format <format>', say('outputFormat'))
      .option('--patch <file>', say('patch'))
      .option('--patch-side <side>', say('patchSide'))
      .option('--offline', say('offline'))
      .option('--dry-run', say('dryRun'));
    addCommonFlags(sync, context.language);
    sync.action(async (...given: unknown[]) => {
      const named = given.slice(0, 2).filter((word): word is string => typeof word === 'string');
      const flags = sync.opts<CommonFlags & SyncCommandFlags>();
      done(
        await guarded(
          { command: 'sync', target: named.map((place) => withoutPassword(place).url).join(' ') },
          flags,
          context,
          async () => {
            const { compareRecords } = await import('../sync/run.ts');
            return compareRecords(named, flags, context);
          },
        ),
      );
    });
  },
};
