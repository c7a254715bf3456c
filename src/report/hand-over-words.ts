import type { Owner } from '../model/cause.ts';
import type { Text } from '../model/text.ts';

/** The headings of the text, in the order in which a person who takes a case over asks for them. */
export const headings = {
  target: { en: 'Target', ja: '対象' },
  when: { en: 'When', ja: '発生日時' },
  impact: { en: 'Impact', ja: '影響' },
  code: { en: 'Diagnosis code', ja: '診断コード' },
  seen: { en: 'What was seen', ja: '確認した事実' },
  tried: { en: 'What was tried', ja: '試したこと' },
  asked: { en: 'What we ask you to do', ja: 'お願いしたいこと' },
  verify: { en: 'How to verify', ja: '確認方法' },
  also: { en: 'Also found', ja: 'ほかに見つかったこと' },
  open: { en: 'Other checks that were not good', ja: 'ほかに異常や注意のあった検査' },
  attached: { en: 'Attached', ja: '添付ファイル' },
  reference: { en: 'Run', ja: '検査番号' },
} as const satisfies Readonly<Record<string, Text>>;

/** How the reader is addressed. The user's own part goes to whoever answers questions about the CRM. */
export const readers: Readonly<Record<Owner | 'support', Text>> = {
  support: { en: 'To the support team', ja: 'サポートご担当者様' },
  user: { en: 'To the support team', ja: 'サポートご担当者様' },
  'crm-admin': { en: 'To the CRM administrator', ja: 'CRM の管理者様' },
  'mail-admin': { en: 'To the administrator of the mail server', ja: 'メールサーバーの管理者様' },
  'dns-admin': { en: 'To the administrator of the domain (DNS)', ja: 'ドメイン (DNS) の管理者様' },
  'network-admin': { en: 'To the network administrator', ja: 'ネットワークの管理者様' },
  provider: { en: 'To the support team of the mail provider', ja: 'メール事業者のサポートご担当者様' },
};

const areas: Readonly<Record<string, Text>> = {
  mail: { en: 'CRM mail integration', ja: 'CRM のメール連携' },
  sync: { en: 'CRM data sync', ja: 'CRM のデータ同期' },
  workflow: { en: 'CRM workflows', ja: 'CRM のワークフロー' },
};

/** What the run was about, by its command. */
export const areaOf = (command: string): Text => areas[command] ?? { en: 'CRM integrations', ja: 'CRM の連携' };

/** What the run came to: each greets, subjects and asks in its own words. */
export type Outcome = 'found' | 'not-found' | 'warnings' | 'could-not-run' | 'nothing-wrong';

export const openings: Readonly<Record<Outcome, (area: Text) => Text>> = {
  found: (area) => ({
    en: `Something is wrong with our ${area.en}. We examined it with crm-doctor; what was found is below. Please look at "${headings.asked.en}".`,
    ja: `${area.ja}に不具合があり、crm-doctor で調べたところ、下記の原因が見つかりました。「${headings.asked.ja}」のご対応をお願いいたします。`,
  }),
  'not-found': (area) => ({
    en: `Something is wrong with our ${area.en}. We examined it with crm-doctor, which could not find the cause. What was seen is below; please help us to find it.`,
    ja: `${area.ja}に不具合があり、crm-doctor で調べましたが、原因を特定できませんでした。確認した事実を下記にまとめましたので、原因の調査をお願いいたします。`,
  }),
  warnings: (area) => ({
    en: `We examined our ${area.en} with crm-doctor. Everything works, but what is below may soon lead to a failure, or already does for some. Please look at "${headings.asked.en}".`,
    ja: `${area.ja}を crm-doctor で調べたところ、動作はしていますが、放置すると不具合になるおそれのある点が見つかりました。「${headings.asked.ja}」のご対応をお願いいたします。`,
  }),
  'could-not-run': (area) => ({
    en: `We wanted to examine our ${area.en} with crm-doctor, but the examination could not start. The reason is below.`,
    ja: `${area.ja}を crm-doctor で調べようとしましたが、診断を開始できませんでした。理由は下記のとおりです。`,
  }),
  'nothing-wrong': (area) => ({
    en: `We examined our ${area.en} with crm-doctor, and everything that was checked is as it should be. The trouble is still there for us, so please help us to find where it comes from.`,
    ja: `${area.ja}を crm-doctor で調べましたが、確認した範囲では異常は見つかりませんでした。症状が続いているため、原因の調査をお願いいたします。`,
  }),
};

export const phrases = {
  notFound: { en: 'cause not found', ja: '原因を特定できていません' },
  attention: { en: 'points that need attention', ja: '注意が必要な点があります' },
  couldNotRun: { en: 'diagnosis could not start', ja: '診断を開始できません' },
  nothingWrong: { en: 'no fault found by the checks', ja: '検査では異常なし' },
  noCode: {
    en: 'none: the cause could not be found',
    ja: 'なし（原因を特定できませんでした）',
  },
  noFault: { en: 'none: no fault was found', ja: 'なし（異常は見つかりませんでした）' },
  notRun: { en: 'none: the examination could not start', ja: 'なし（診断を開始できませんでした）' },
  mend: {
    en: 'Please help us to mend what is said above, so that the examination can be made.',
    ja: '診断を実施できるよう、上記の問題の解消にご協力をお願いいたします。',
  },
  sinceUnknown: {
    en: 'Since when it fails is not on record.',
    ja: 'いつから発生しているかは、記録からは分かりません。',
  },
  nothingTried: { en: 'Nothing is on record.', ja: '記録に残っている対処はありません。' },
  look: {
    en: 'Please look for the cause, for example in the logs of the server for the time above. Tell us what else you need to know.',
    ja: '上記の日時のサーバーのログをご確認いただくなど、原因の調査をお願いいたします。必要な情報があればお知らせください。',
  },
  tell: {
    en: 'Please tell us when it is done. We then check it with:',
    ja: 'ご対応が終わりましたらお知らせください。こちらで次のコマンドを実行し、直ったことを確認します。',
  },
  check: { en: 'It can be checked again with:', ja: '次のコマンドで、もう一度検査できます。' },
  partial: {
    en: 'The examination was interrupted; this is what it had found by then.',
    ja: '検査は途中で中断されたため、それまでに分かった内容です。',
  },
  mixed: {
    en: 'The findings are in the language in which the examination was made.',
    ja: '検査結果の文章は、検査したときの言語（英語）のままです。',
  },
  closing: { en: 'Thank you for your help.', ja: '以上、よろしくお願いいたします。' },
  greeting: { en: 'Hello,', ja: 'お世話になっております。' },
} as const satisfies Readonly<Record<string, Text>>;

/** What a list leaves out, as its last line. */
export const restOf = (count: number, attached: boolean): Text => ({
  en: `… and ${count} more${attached ? ', in the attached report' : ''}`,
  ja: `…ほか ${count} 件${attached ? '（添付のレポートにあります）' : ''}`,
});
