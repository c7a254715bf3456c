import type { Text } from '../../model/text.ts';

/** What the pages of `explain` on causes and texts say around them. */
export const words = {
  claimed: {
    en: 'It is named only after the changed setting was tried on a copy of the configuration and worked.',
    ja: '設定の写しで変更を試し、実際に直ることを確かめたときだけ、原因として示します。',
  },
  evidence: {
    en: 'It is named only when the checks have seen the evidence for it.',
    ja: '検査でその証拠が得られたときだけ、原因として示します。',
  },
  unknownText: {
    en: 'No known cause goes with this text. crm-doctor does not guess.',
    ja: 'この文面に対応する原因は登録されていません。推測はしません。',
  },
  unknownNext: {
    en: 'Run `crm-doctor mail`: the checks look at the servers themselves. For a whole log: `crm-doctor logs FILE`.',
    ja: '`crm-doctor mail` を実行すると、サーバーそのものを検査します。ログ全体は `crm-doctor logs FILE` で調べられます。',
  },
  hiddenText: {
    en: 'This program does not pass on what the server said, so the text alone names no cause.',
    ja: 'このプログラムはサーバーの応答を表示しないため、この文面だけでは原因が分かりません。',
  },
  instead: { en: 'The same text may come from', ja: '同じ文面になるほかの原因' },
  verify: { en: 'To be sure, run', ja: '確かめるには' },
  recognised: { en: 'How it is recognised', ja: '見分け方' },
  seenBy: { en: 'Seen by', ja: '証拠を得る検査' },
  sure: { en: 'At best', ja: '最大の確度' },
  alike: { en: 'Looks alike', ja: '似た原因' },
  noneAlike: { en: 'No other cause is known to look like it.', ja: '取り違えやすい原因は、ほかに知られていません。' },
  steps: { en: 'What to do (host names and numbers of an example)', ja: '直し方（ホスト名や数値は例です）' },
  stepsLater: {
    en: 'What to do depends on what is found; `crm-doctor mail` shows the steps with your own hosts.',
    ja: '直し方は検査の結果によります。`crm-doctor mail` が、実際のホスト名を使って手順を示します。',
  },
  owner: { en: 'Who can do it', ja: '直せる人' },
  notYet: {
    en: 'This cause is known by name; no check of this version looks for it. `crm-doctor mail` tells what it can see, and `crm-doctor logs FILE` what the logs say.',
    ja: 'この原因は一覧に名前がありますが、このバージョンには検査がありません。確認できる範囲は `crm-doctor mail`、ログの内容は `crm-doctor logs FILE` で調べられます。',
  },
  deeper: { en: 'Not named where one of these explains it', ja: '次の原因で説明できる場合は示しません' },
} as const satisfies Readonly<Record<string, Text>>;
