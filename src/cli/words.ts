import type { Text } from '../model/text.ts';

/** The headings of a page of help. */
export const titles = {
  usage: { en: 'Usage:', ja: '使い方:' },
  arguments: { en: 'Arguments:', ja: '引数:' },
  options: { en: 'Options:', ja: 'オプション:' },
  common: { en: 'Options of every command:', ja: 'すべてのコマンドに共通のオプション:' },
  commands: { en: 'Commands:', ja: 'コマンド:' },
  topics: { en: 'Topics:', ja: '説明できる話題:' },
  subjects: { en: 'what can fail, by area, each with a page to read', ja: '不具合の分野ごとの説明の一覧' },
  examples: { en: 'Examples:', ja: '例:' },
} as const satisfies Readonly<Record<string, Text>>;

export const texts = {
  tagline: {
    en: "Finds why a CRM's mail, data sync or workflows fail, proves the fix, and writes it down.",
    ja: 'CRM のメール、データ同期、ワークフローが動かない原因を突き止め、直し方を実際に試して確かめ、記録します。',
  },
  help: { en: 'show this help', ja: 'この説明を表示する' },
  version: { en: 'show the version', ja: 'バージョンを表示する' },
} as const satisfies Readonly<Record<string, Text>>;

/** `crm-doctor` alone: where to begin, in a few lines. */
export const menu = {
  demo: {
    term: 'crm-doctor demo',
    about: {
      en: 'see it find and prove a fault, without any server of your own',
      ja: '内蔵サーバーで、不具合を見つけて直すところを見る（準備は不要）',
    },
  },
  init: {
    term: 'crm-doctor init ADDRESS',
    about: {
      en: 'find the servers of your address and write crm-doctor.yaml',
      ja: 'アドレスからサーバーを見つけて crm-doctor.yaml を作る',
    },
  },
  check: {
    term: 'crm-doctor check',
    about: {
      en: 'check everything that crm-doctor.yaml describes',
      ja: 'crm-doctor.yaml に書いたすべてを検査する',
    },
  },
} as const satisfies Readonly<Record<string, { readonly term: string; readonly about: Text }>>;

export const menuNotes = {
  guide: {
    en: 'New to mail settings? `crm-doctor guide` asks one thing at a time and explains every word.',
    ja: '設定に詳しくないかたは `crm-doctor guide` をどうぞ。質問に 1 つずつ答えるだけで、言葉も説明します。',
  },
  more: {
    en: 'All commands: crm-doctor help. One of them: crm-doctor help mail.',
    ja: 'コマンドの一覧は crm-doctor help、個別の説明は crm-doctor help mail で表示します。',
  },
} as const satisfies Readonly<Record<string, Text>>;
