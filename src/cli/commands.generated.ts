// Written by `npm run generate`; do not edit.
import type { CommandEntry } from './command.ts';

export const commands: readonly CommandEntry[] = [
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
    name: 'report',
    usage: '[run]',
    summary: {
      en: 'render a recorded run again, or diagnose saved evidence',
      ja: '記録した検査を表示し直す、または保存した証拠を診断し直す',
    },
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'runbook',
    usage: '<list|show|note>',
    summary: {
      en: 'what was found, tried and noted in earlier runs',
      ja: 'これまでに見つけたこと、試したこと、メモの記録',
    },
    load: () => import('./commands/runbook.ts'),
  },
  {
    name: 'explain',
    usage: '<id>',
    summary: {
      en: 'what a cause means, offline',
      ja: '原因の意味を説明する（ネットワーク不要）',
    },
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'demo',
    usage: '[scenario]',
    summary: {
      en: 'diagnose a faulty set-up on embedded servers: needs no network and no account',
      ja: '内蔵サーバーで不具合のある構成を診断してみせる（ネットワークもアカウントも不要）',
    },
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'checks',
    usage: '',
    summary: {
      en: 'list the checks and causes',
      ja: '検査と原因の一覧を表示する',
    },
    load: () => import('./commands/checks.ts'),
  },
];
