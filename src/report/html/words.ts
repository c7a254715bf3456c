import { plural } from '../../i18n/format.ts';
import type { Text } from '../../model/text.ts';

/** Words that only the page needs; the others are in ../words.ts. */
export const words = {
  skipLink: { en: 'Skip to the content', ja: '本文へ移動' },
  causes: { en: 'What is wrong, and how to mend it', ja: '原因と直し方' },
  checks: { en: 'All checks', ja: 'すべての検査項目' },
  overview: { en: 'At a glance', ja: '結果の一覧' },
  about: { en: 'Subject', ja: '対象' },
  status: { en: 'Status', ja: '結果' },
  finding: { en: 'What was found', ja: '内容' },
  setting: { en: 'Setting', ja: '設定' },
  before: { en: 'Before', ja: '変更前' },
  after: { en: 'After', ja: '変更後' },
  verify: { en: 'Check again with', ja: '直したあとの確認' },
  data: { en: 'Recorded data', ja: '記録されたデータ' },
  prevention: { en: 'What to watch from here on', ja: '今後の予防' },
  thisRun: { en: 'this run', ja: '診断日' },
  facts: { en: 'About this run', ja: 'この診断について' },
  runId: { en: 'Run', ja: '診断 ID' },
  command: { en: 'Command', ja: 'コマンド' },
  target: { en: 'Target', ja: '対象' },
  startedAt: { en: 'Started', ja: '開始日時' },
  duration: { en: 'Duration', ja: '所要時間' },
  exit: { en: 'Exit code', ja: '終了コード' },
  version: { en: 'Version', ja: 'バージョン' },
  configuration: { en: 'The run could not start', ja: '診断を始められませんでした' },
  counts: { en: 'Results by status', ja: '結果の内訳' },
} as const satisfies Readonly<Record<string, Text>>;

export const counted = {
  evidence: (count: number): Text => ({ en: `What was seen (${count})`, ja: `検査で確認した内容（${count} 件）` }),
  ruledOut: (count: number): Text => ({ en: `What it is not (${count})`, ja: `除外した原因（${count} 件）` }),
  passed: (count: number): Text => ({ en: `${plural(count, 'check')} passed`, ja: `正常 ${count} 項目` }),
  skipped: (count: number): Text => ({ en: `${plural(count, 'check')} skipped`, ja: `未実施 ${count} 項目` }),
  more: (count: number): Text => ({ en: `and ${count} more`, ja: `ほか ${count} 件` }),
  alternative: (number: number): Text => ({ en: `Or, alternative ${number}`, ja: `または（別案 ${number}）` }),
} as const;

/** The verdict in a sentence where no diagnosis says what is affected. */
export const leads = {
  pass: {
    en: 'Everything that was checked works. Nothing needs to be done.',
    ja: '実施した検査はすべて正常でした。対応は必要ありません。',
  },
  warn: {
    en: 'It works, but there is something to see to before it becomes a problem.',
    ja: '動作していますが、問題になる前に対応したほうがよい項目があります。',
  },
  differ: {
    en: 'The records of the two sides differ. What is told of them below is worth a look.',
    ja: '両側のレコードに差異があります。下の内容を確認してください。',
  },
  fail: { en: 'Some checks failed.', ja: '異常のある検査項目があります。' },
  findings: { en: 'Workflow definitions need mending.', ja: '直す必要のあるワークフローがあります。' },
  unknown: {
    en: 'Not everything could be checked, so this is not an all-clear.',
    ja: '確認できなかった項目があるため、正常とは言い切れません。',
  },
  error: { en: 'Nothing was checked.', ja: '検査は実施していません。' },
} as const satisfies Readonly<Record<string, Text>>;

/** How much of the longest check a bar shows. */
export const barTitle = (duration: string, longest: string): Text => ({
  en: `${duration}; the slowest check took ${longest}`,
  ja: `${duration}（最も時間のかかった検査は ${longest}）`,
});
