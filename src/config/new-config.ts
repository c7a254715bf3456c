import { stringify } from 'yaml';
import type { Language, Text } from '../model/text.ts';

/** One service of a new configuration. */
export interface NewService {
  readonly host: string;
  readonly port: number;
  readonly security: string;
  readonly username?: string;
  readonly folder?: string;
  /** Where it was found, and what was seen to work. */
  readonly ground: Text;
}

/** Where the password is read from; the password itself is never written. */
export type NewPassword =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'file'; readonly file: string };

/** An account that logs in by OAuth 2.0. */
export interface NewOAuth {
  readonly provider: 'microsoft' | 'google';
  readonly clientId?: string;
  readonly tokenFile?: string;
}

export interface NewConfig {
  readonly address: string;
  readonly username?: string;
  readonly password?: NewPassword;
  readonly oauth?: NewOAuth;
  readonly from?: string;
  readonly ehlo?: string;
  readonly family?: 4 | 6 | 'any';
  readonly ca?: string;
  readonly trust?: string;
  readonly as?: string;
  readonly asVersion?: string;
  readonly dkimSelector?: readonly string[];
  readonly services: readonly (NewService & { readonly protocol: 'smtp' | 'imap' | 'pop3' })[];
  /** RFC 3339, the day that stands in the file. */
  readonly at: string;
  /** Said at the top. */
  readonly notes: readonly Text[];
}

/** A value on one line; what would be read as a variable is not one. */
export const scalar = (value: string | number): string =>
  // With a line break even a quoted value would be several lines; JSON's quotes are YAML's, too.
  typeof value === 'string' && /[\p{Cc}\u2028\u2029]/u.test(value)
    ? JSON.stringify(value.replaceAll('${', () => '$${'))
    : stringify(typeof value === 'string' ? value.replaceAll('${', () => '$${') : value, {
        lineWidth: 0,
        defaultStringType: 'PLAIN',
        singleQuote: true,
        blockQuote: false,
      }).trim();

/** In `{ … }` more characters end a plain value. */
export const inFlow = (value: string | number): string => {
  const written = scalar(value);
  return /^['"]/.test(written) || !/[,[\]{}]/.test(written) ? written : `'${written.replaceAll("'", "''")}'`;
};

/** A version is a text: `7.10` as a number would be 7.1. */
const runtime = (name: string, version: string | undefined): string =>
  version === undefined ? name : `{ runtime: ${name}, version: ${inFlow(version)} }`;

/** One line: a comment of a stranger's words must not become a line of the file. */
export const comment = (words: string): string => words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const words = {
  head: (day: string): Text => ({
    en: `Written by \`crm-doctor init\` on ${day}. Check it at any time: crm-doctor mail`,
    ja: `crm-doctor init が ${day} に作成しました。いつでも crm-doctor mail で検査できます`,
  }),
  address: { en: 'the mailbox that the CRM uses', ja: 'CRM が使うメールボックス' },
  username: { en: 'the login name', ja: 'ログインに使うユーザー名' },
  variable: {
    en: 'taken from the environment; the password itself does not belong in this file',
    ja: '環境変数から読み取ります。パスワードそのものはこのファイルに書かないでください',
  },
  file: { en: 'the first line of this file is the password', ja: 'このファイルの 1 行目がパスワードです' },
  from: { en: 'the sender that the CRM writes', ja: 'CRM が使う差出人' },
  ehlo: { en: 'the name that the CRM says with EHLO', ja: 'CRM が EHLO で名乗る名前' },
  family: { en: 'the addresses that the CRM uses', ja: 'CRM が使う IP アドレスの種類' },
  ca: { en: "trusted in addition to the system's", ja: 'システムの証明書に加えて信頼する証明書' },
  trust: {
    en: "the CRM's own store of trusted certificates, in place of the system's",
    ja: 'システムの代わりに使う、CRM 自身の信頼する証明書',
  },
  as: { en: "TLS is judged as the CRM's runtime does", ja: 'CRM の実行環境として TLS を判定します' },
  dkimSelector: {
    en: "selectors of the DKIM keys that sign the CRM's mail",
    ja: 'CRM のメールに署名する DKIM 鍵のセレクター',
  },
  oauth: {
    en: 'login by OAuth 2.0, without a password',
    ja: 'OAuth 2.0 によるログイン（パスワードは使いません）',
  },
  clientId: {
    en: 'clientId: … the id of your app registration is still missing here',
    ja: 'clientId: … アプリ登録のクライアント ID をここに書いてください',
  },
  tokenFile: { en: 'written by `crm-doctor mail --login`', ja: 'crm-doctor mail --login が書き込みます' },
} as const;

const oauthLines = ({ provider, clientId, tokenFile }: NewOAuth, say: (text: Text) => string): readonly string[] => [
  `  oauth: # ${say(words.oauth)}`,
  `    provider: ${provider}`,
  clientId === undefined ? `    # ${say(words.clientId)}` : `    clientId: ${scalar(clientId)}`,
  ...(tokenFile === undefined ? [] : [`    tokenFile: ${scalar(tokenFile)} # ${say(words.tokenFile)}`]),
];

/** The text of a new `crm-doctor.yaml`, with what was found and seen as comments in the reader's language. */
export const newConfigText = (config: NewConfig, language: Language): string => {
  const {
    address,
    username,
    password,
    oauth,
    from,
    ehlo,
    family,
    ca,
    trust,
    as,
    asVersion,
    dkimSelector,
    services,
    at,
    notes,
  } = config;
  const say = (text: Text): string => comment(text[language]);
  const lines = [
    '# yaml-language-server: $schema=./node_modules/crm-doctor/schema/crm-doctor-config.v1.json',
    `# ${say(words.head(at.slice(0, 10)))}`,
    ...notes.map((note) => `# ${say(note)}`),
    'version: 1',
    ...(language === 'ja' ? ['language: ja'] : []),
    'mail:',
    `  address: ${scalar(address)} # ${say(words.address)}`,
    ...(username === undefined ? [] : [`  username: ${scalar(username)} # ${say(words.username)}`]),
    ...(password?.kind === 'variable' ? [`  password: \${${password.name}} # ${say(words.variable)}`] : []),
    ...(password?.kind === 'file' ? [`  passwordFile: ${scalar(password.file)} # ${say(words.file)}`] : []),
    ...(oauth === undefined ? [] : oauthLines(oauth, say)),
    ...(from === undefined ? [] : [`  from: ${scalar(from)} # ${say(words.from)}`]),
    ...services.flatMap(({ protocol, host, port, security, username: own, folder, ground }) => {
      const login = own === undefined ? '' : `, username: ${inFlow(own)}`;
      const where = folder === undefined ? '' : `, folder: ${inFlow(folder)}`;
      return [
        `  # ${say(ground)}`,
        `  ${protocol}: { host: ${inFlow(host)}, port: ${port}, security: ${security}${login}${where} }`,
      ];
    }),
    ...(ehlo === undefined ? [] : [`  ehlo: ${scalar(ehlo)} # ${say(words.ehlo)}`]),
    ...(family === undefined ? [] : [`  family: ${family} # ${say(words.family)}`]),
    ...(ca === undefined ? [] : [`  ca: ${scalar(ca)} # ${say(words.ca)}`]),
    ...(trust === undefined ? [] : [`  trust: ${scalar(trust)} # ${say(words.trust)}`]),
    ...(as === undefined ? [] : [`  as: ${runtime(as, asVersion)} # ${say(words.as)}`]),
    ...(dkimSelector === undefined
      ? []
      : [`  dkimSelector: [${dkimSelector.map(inFlow).join(', ')}] # ${say(words.dkimSelector)}`]),
  ];
  return `${lines.join('\n')}\n`;
};
