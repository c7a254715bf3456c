import type { Command } from 'commander';
import type { Text } from '../../model/text.ts';
import { Interrupted } from '../ask.ts';
import type { CommandModule } from '../command.ts';
import { UsageError } from '../command.ts';
import { addCommonFlags, choiceOption } from '../flags.ts';
import type { CrmFlags, InitFlags } from '../init/flags.ts';
import type { MailboxWords } from '../mailbox-flags.ts';
import { addMailboxFlags } from '../mailbox-flags.ts';
import { guarded } from '../report-error.ts';

const words = {
  oauth: { en: 'login by OAuth 2.0: microsoft or google', ja: 'OAuth 2.0 でログインする: microsoft または google' },
  clientId: {
    en: 'with --oauth: client id of your app registration',
    ja: '--oauth のとき、アプリ登録のクライアント ID',
  },
  login: {
    en: 'with --client-id: sign in first, in a browser',
    ja: '--client-id のとき、先にブラウザーでサインインする',
  },
  output: {
    en: 'file to write (default: crm-doctor.yaml here)',
    ja: '書き込むファイル（省略時は作業フォルダーの crm-doctor.yaml）',
  },
  stdout: { en: 'print the configuration instead of writing a file', ja: 'ファイルに書かず、標準出力に設定を表示する' },
  force: {
    en: 'replace a file that is there, and write what was not seen to work',
    ja: '既存のファイルを置き換え、動作を確認できない設定も書き込む',
  },
  yes: { en: 'answer yes to every question', ja: 'すべての確認に「はい」と答える' },
  ispdb: {
    en: "also ask Thunderbird's public database of providers (it learns the domain)",
    ja: 'Thunderbird の公開プロバイダー情報にも問い合わせる（ドメイン名が伝わる）',
  },
  crm: {
    en: 'take the settings from the CRM at this address, instead of finding them for a mail address',
    ja: 'メールアドレスから探す代わりに、この CRM から設定を取得する',
  },
  crmType: {
    en: 'with --crm: odoo, espocrm, salesforce, …',
    ja: '--crm のとき、CRM の種類（odoo、espocrm、salesforce など）',
  },
  crmUser: { en: 'with --crm: login name', ja: '--crm のとき、ログイン名' },
  crmDatabase: { en: 'with --crm: name of the database', ja: '--crm のとき、データベース名' },
  leftPasswordEnv: {
    en: 'with sync: environment variable with the password of the left database',
    ja: 'sync のとき: 左のデータベースのパスワードを入れた環境変数',
  },
  rightPasswordEnv: {
    en: 'with sync: environment variable with the password of the right database',
    ja: 'sync のとき: 右のデータベースのパスワードを入れた環境変数',
  },
  crmSecretEnv: {
    en: 'with --crm: environment variable with the password or API key (default: CRM_SECRET)',
    ja: '--crm のとき、パスワードまたは API キーの環境変数名（省略時は CRM_SECRET）',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A server that is not named is looked for. */
const detectedWords: MailboxWords = {
  smtp: {
    en: 'SMTP server instead of a detected one, HOST[:PORT][/SECURITY]',
    ja: '検出せずに使う送信サーバー (SMTP)。ホスト[:ポート][/暗号化]',
  },
  imap: { en: 'IMAP server instead of a detected one', ja: '検出せずに使う受信サーバー (IMAP)' },
  pop3: { en: 'POP3 server instead of a detected one', ja: '検出せずに使う受信サーバー (POP3)' },
  username: { en: 'login name (default: as detected)', ja: 'ログインに使うユーザー名（省略時は検出したもの）' },
};

/** The CRM that is to be asked; what only makes sense with or without one is refused. */
const crmOf = (address: string | undefined, flags: InitFlags & CrmFlags): string | undefined => {
  const { crm, crmType, crmUser, crmDatabase, crmSecretEnv } = flags;
  if (crm === undefined) {
    if ([crmType, crmUser, crmDatabase, crmSecretEnv].some((one) => one !== undefined)) {
      throw new UsageError({
        en: '--crm-type, --crm-user, --crm-database and --crm-secret-env go with --crm URL',
        ja: '--crm-type、--crm-user、--crm-database、--crm-secret-env は --crm URL と一緒に使います',
      });
    }
    return undefined;
  }
  const { smtp, imap, pop3, username, passwordEnv, passwordFile, oauth, clientId, login, ispdb } = flags;
  const other = Object.entries({
    [address ?? '']: address,
    '--smtp': smtp,
    '--imap': imap,
    '--pop3': pop3,
    '--username': username,
    '--password-env': passwordEnv,
    '--password-file': passwordFile,
    '--oauth': oauth,
    '--client-id': clientId,
    '--login': login,
    '--ispdb': ispdb,
  }).find(([, value]) => value !== undefined);
  if (other) {
    throw new UsageError({
      en: `with --crm the settings come from the CRM; leave ${other[0]} out`,
      ja: `--crm では CRM から設定を取得します。${other[0]} は指定しないでください`,
    });
  }
  return crm;
};

export const command: CommandModule = {
  name: 'init',
  usage: '[address|sync] [left] [right]',
  order: 5,
  summary: {
    en: 'find the servers of an address, or how two sides are compared, and write crm-doctor.yaml',
    ja: 'アドレスからサーバーを、またはデータから比べ方を見つけて crm-doctor.yaml を作る',
  },
  examples: [
    'crm-doctor init',
    'crm-doctor init sales@example.co.jp',
    'crm-doctor init sales@example.co.jp --password-env MAIL_PASSWORD --no-input',
    'crm-doctor init sales@example.co.jp --stdout',
    'crm-doctor init sync crm.csv shop.csv',
    'crm-doctor init --crm https://crm.example.co.jp --crm-type odoo --crm-user admin --crm-database production',
  ],
  configure: (init: Command, context, done) => {
    const say = (key: keyof typeof words): string => words[key][context.language];
    const sides = {
      en: 'with sync: a side of the comparison, a file, URL#TABLE of a database or crm:TYPE',
      ja: 'sync のとき: 比べるもの（ファイル、データベースの URL#テーブル、crm:種類）',
    };
    init
      .argument(
        '[address|sync]',
        {
          en: 'mail address that the CRM uses; or the word sync, for a comparison of records',
          ja: 'CRM が使うメールアドレス。またはレコードの比較を設定する sync',
        }[context.language],
      )
      .argument('[left]', sides[context.language])
      .argument('[right]', sides[context.language]);
    addMailboxFlags(init, context.language, detectedWords)
      .addOption(choiceOption('--oauth <provider>', say('oauth'), ['microsoft', 'google']))
      .option('--client-id <id>', say('clientId'))
      .option('--login', say('login'))
      .option('--output <file>', say('output'))
      .option('--stdout', say('stdout'))
      .option('--force', say('force'))
      .option('-y, --yes', say('yes'))
      .option('--ispdb', say('ispdb'))
      .option('--crm <url>', say('crm'))
      .option('--crm-type <type>', say('crmType'))
      .option('--crm-user <name>', say('crmUser'))
      .option('--crm-database <name>', say('crmDatabase'))
      .option('--crm-secret-env <name>', say('crmSecretEnv'))
      .option('--left-password-env <name>', say('leftPasswordEnv'))
      .option('--right-password-env <name>', say('rightPasswordEnv'));
    addCommonFlags(init, context.language);
    init.action(async (address: string | undefined, ...more: unknown[]) => {
      const named = more.slice(0, 2).filter((word): word is string => typeof word === 'string');
      const flags = init.opts<InitFlags & CrmFlags>();
      done(
        await guarded({ command: 'init', target: address ?? '' }, flags, context, async () => {
          if (address !== 'sync' && named.length > 0) {
            throw new UsageError({
              en: `init takes one address; ${named[0]} is too much`,
              ja: `init に指定できるアドレスは 1 つです。${named[0]} は不要です`,
            });
          }
          const crm = crmOf(address, flags);
          try {
            if (address === 'sync') {
              const { initSync } = await import('../init/sync.ts');
              return await initSync(named, flags, context);
            }
            if (crm !== undefined) {
              const { initFromCrm } = await import('../init/from-crm.ts');
              return await initFromCrm(crm, flags, context);
            }
            const { init: run } = await import('../init/init.ts');
            return await run(address, flags, context);
          } catch (error) {
            if (!(error instanceof Interrupted)) throw error;
            const left = { en: 'interrupted; nothing was written', ja: '中断しました。何も書き込んでいません' };
            context.io.err.write(`crm-doctor: ${left[context.language]}\n`);
            return 130;
          }
        }),
      );
    });
  },
};
