/** The names of parts in Japanese; what is no word of ours (a field, a branch's name) stays. */
const words: Readonly<Record<string, string>> = {
  status: '状態',
  object: 'オブジェクト',
  order: '実行順',
  runAs: '実行ユーザー',
  owner: '担当者',
  kind: '種類',
  where: '絞り込み',
  limit: '件数',
  sort: '並び順',
  to: '宛先',
  cc: 'CC',
  bcc: 'BCC',
  from: '送信元',
  template: 'テンプレート',
  subject: '件名',
  body: '本文',
  message: 'メッセージ',
  approvers: '承認者',
  mode: '承認の方法',
  wait: '待機',
  timeout: '待機の期限',
  workflow: '呼び出し先',
  with: '渡す値',
  method: 'メソッド',
  ways: '次のステップ',
};

const beginnings: readonly (readonly [string, (rest: string) => string])[] = [
  ['set ', (rest) => `${rest} に書く値`],
  ['branch ', (rest) => `分岐 ${rest}`],
  ['state ', (rest) => `ステータス ${rest}`],
  ['action ', (rest) => `アクション ${rest}`],
  ['variable ', (rest) => `変数 ${rest}`],
];

const ofTriggers: Readonly<Record<string, string>> = {
  when: '起動条件',
  fields: '監視する項目',
  options: '起動の設定',
  schedule: 'スケジュール',
  zone: 'タイムゾーン',
  date: '日付の条件',
  'first step': '最初のステップ',
};

const ofTrigger = (name: string): string | undefined => {
  const found = /^trigger(?: (.+?))??(?: (when|fields|options|schedule|zone|date|first step))?$/.exec(name);
  if (!found) return undefined;
  const [, which = '', part] = found;
  const trigger = which === '' ? 'トリガー' : `トリガー ${which}`;
  if (part === undefined) return trigger;
  return which === '' ? (ofTriggers[part] ?? part) : `${trigger} の${ofTriggers[part] ?? part}`;
};

/** `trigger when` → 起動条件, `set stage` → stage に書く値. */
export const japaneseName = (name: string): string => {
  const known = Object.hasOwn(words, name) ? words[name] : undefined;
  if (known !== undefined) return known;
  for (const [beginning, say] of beginnings) if (name.startsWith(beginning)) return say(name.slice(beginning.length));
  return ofTrigger(name) ?? name;
};
