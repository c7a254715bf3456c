// Written by `npm run generate`; do not edit.
import type { CommandEntry } from './command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    usage: '[address|sync] [left] [right]',
    summary: {
      en: 'find the servers of an address, or how two sides are compared, and write crm-doctor.yaml',
      ja: 'アドレスからサーバーを、またはデータから比べ方を見つけて crm-doctor.yaml を作る',
    },
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'guide',
    usage: '[mail|sync|workflow|learn]',
    summary: {
      en: 'finds the cause together with you, question by question: for beginners',
      ja: '質問に答えながら原因を調べる（はじめての方向け）',
    },
    load: () => import('./commands/guide.ts'),
  },
  {
    name: 'mail',
    usage: '[address]',
    summary: {
      en: 'check the mail integration step by step, down to the root cause',
      ja: 'メール連携を順に検査し、原因と直し方を示す',
    },
    load: () => import('./commands/mail.ts'),
  },
  {
    name: 'sync',
    usage: '[name|left] [right]',
    summary: {
      en: 'compare the CRM\'s records with another system\'s and say why they differ',
      ja: 'CRM のレコードを別のシステムと比べ、違いの原因を突き止める',
    },
    load: () => import('./commands/sync.ts'),
  },
  {
    name: 'workflow',
    usage: '[file|dir...]',
    summary: {
      en: 'check workflow definitions: triggers, conditions, actions, permissions, and what they do to each other',
      ja: 'ワークフローの定義を検査する（トリガー、条件、アクション、権限、相互の影響）',
    },
    load: () => import('./commands/workflow.ts'),
  },
  {
    name: 'check',
    usage: '',
    summary: {
      en: 'everything that the configuration describes, in one run',
      ja: '設定ファイルにある対象を、一度にすべて検査する',
    },
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'watch',
    usage: '',
    summary: {
      en: 'look again and again, each kind of check at its own pace, and speak only when something changes',
      ja: '検査を種類ごとの間隔で繰り返し、変化があったときだけ知らせる',
    },
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'logs',
    usage: '<file...>',
    summary: {
      en: 'finds the faults in mail and CRM logs and names their causes',
      ja: 'メールや CRM のログから不具合を探し、原因を示す',
    },
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'report',
    usage: '[run]',
    summary: {
      en: 'render a recorded run again, or diagnose saved evidence',
      ja: '記録した検査を表示し直す、または保存した証拠を診断し直す',
    },
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'bundle',
    usage: '[run]',
    summary: {
      en: 'pack a recorded run for whoever takes the case over, without secrets',
      ja: '記録した検査を、秘密情報を除いたサポート用ファイルにまとめる',
    },
    load: () => import('./commands/bundle.ts'),
  },
  {
    name: 'runbook',
    usage: '<list|show|search|note|tag|solved|diff|trends|accept|undo|export>',
    summary: {
      en: 'what was found, tried, noted and solved in earlier runs',
      ja: 'これまでに見つけたこと、試したこと、メモ、解決の記録',
    },
    load: () => import('./commands/runbook.ts'),
  },
  {
    name: 'explain',
    usage: '<id|topic|text>',
    summary: {
      en: 'what a cause, a rule, a topic, a term or a pasted error text means, offline',
      ja: '原因やルールの ID、話題、用語、エラーの文面の意味を説明する（ネットワーク不要）',
    },
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'demo',
    usage: '[scenario]',
    summary: {
      en: 'diagnose a faulty set-up that it brings along: mail, sync or workflow, without network or account',
      ja: '内蔵の不具合例を診断してみせる（メール、同期、ワークフロー。ネットワークもアカウントも不要）',
    },
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'checks',
    usage: '',
    summary: {
      en: 'list the checks, causes, workflow rules and CRMs',
      ja: '検査、原因、ワークフローのルール、対応する CRM の一覧を表示する',
    },
    load: () => import('./commands/checks.ts'),
  },
  {
    name: 'completion',
    usage: '<shell>',
    summary: {
      en: 'print the completion script of a shell: bash, zsh, fish, powershell',
      ja: 'シェルの補完スクリプトを表示する: bash、zsh、fish、powershell',
    },
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'help',
    usage: '[command|topic]',
    summary: {
      en: 'explain a command, or a topic: exit-codes, configuration, secrets, formats, environment, terms',
      ja: 'コマンドや話題を説明する: exit-codes、configuration、secrets、formats、environment、terms',
    },
    load: () => import('./commands/help.ts'),
  },
];
