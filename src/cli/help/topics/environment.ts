import { variables } from '../../environment.ts';
import type { Topic } from '../topic.ts';

export const environment: Topic = {
  name: 'environment',
  title: { en: 'Environment variables', ja: '環境変数' },
  parts: [
    {
      kind: 'text',
      text: {
        en: 'A flag on the command line is stronger than its variable. An empty variable counts as unset.',
        ja: 'コマンドラインの指定は環境変数より優先されます。空の変数は未設定とみなします。',
      },
    },
    { kind: 'list', rows: variables.map(({ name, about }) => ({ term: name, about })) },
    {
      kind: 'list',
      rows: [
        {
          term: 'LC_ALL, LC_MESSAGES, LANG',
          about: {
            en: 'the language: Japanese where it begins with ja, else English; a character set other than UTF-8 means English and ASCII',
            ja: '表示言語。ja で始まれば日本語、それ以外は英語。文字コードが UTF-8 以外のときは英語と ASCII 文字だけになる',
          },
        },
        { term: 'NO_COLOR', about: { en: 'no colour', ja: '色を付けない' } },
        {
          term: 'FORCE_COLOR',
          about: {
            en: 'colour even into a pipe; NO_COLOR is stronger',
            ja: 'パイプに出力するときも色を付ける（NO_COLOR が優先）',
          },
        },
        { term: 'TERM=dumb', about: { en: 'no colour and no animation', ja: '色も動く表示も使わない' } },
        {
          term: 'CI',
          about: {
            en: 'nobody is asked, nothing moves, and each finished check is a line on standard error',
            ja: '質問も動く表示もせず、終わった検査を 1 行ずつ標準エラー出力に書く',
          },
        },
        {
          term: 'COLUMNS',
          about: { en: 'width of what is written into a pipe or a file', ja: 'パイプやファイルに書くときの幅' },
        },
        {
          term: 'XDG_STATE_HOME',
          about: {
            en: 'where the runbook lies; else ~/.local/state, on Windows %LOCALAPPDATA%',
            ja: '作業記録の置き場所（省略時は ~/.local/state、Windows では %LOCALAPPDATA%）',
          },
        },
        {
          term: 'XDG_CONFIG_HOME',
          about: {
            en: 'where crm-doctor/crm-doctor.yaml is looked for last; else ~/.config',
            ja: 'crm-doctor/crm-doctor.yaml を最後に探す場所（省略時は ~/.config）',
          },
        },
        {
          term: 'HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY',
          about: {
            en: "the way to web addresses, the CRM's among them",
            ja: 'CRM など Web への接続に使うプロキシ',
          },
        },
        {
          term: 'SSL_CERT_FILE, SSL_CERT_DIR, NODE_EXTRA_CA_CERTS',
          about: { en: 'certificates that are trusted', ja: '信頼する証明書' },
        },
      ],
    },
  ],
};
