import { grouped, type Language, type Text } from '../model/text.ts';

/** What the reports of logs say. */
export const words = {
  lines: { en: 'lines', ja: '行' },
  seen: { en: 'Seen', ja: '期間' },
  hosts: { en: 'Hosts', ja: 'サーバー' },
  mailboxes: { en: 'Mailboxes', ja: 'アドレス' },
  likelihood: { en: 'Likelihood', ja: '確度' },
  samples: { en: 'Samples', ja: '該当する行' },
  next: { en: 'More', ja: '詳しく' },
  message: { en: 'message', ja: 'メール' },
  unknown: { en: 'Unknown error lines (counted, not guessed)', ja: '原因不明のエラー行（件数のみ。推測はしません）' },
  hidden: {
    en: 'The program does not write down what the server said; the checks can tell: crm-doctor mail',
    ja: 'サーバーの応答が記録されていないため、ログからは原因が分かりません。`crm-doctor mail` で確認してください',
  },
  moreShapes: { en: 'more', ja: 'ほか' },
  empty: {
    en: 'The logs are empty, so nothing could be looked at; if they were rotated, name the older file too (.1)',
    ja: 'ログが空のため、何も確認できませんでした。ローテーション直後であれば、前のファイル（.1 など）も指定してください',
  },
  nothing: { en: 'No mail fault found in the logs', ja: 'ログにメールの不具合は見つかりませんでした' },
  files: { en: 'Files', ja: 'ファイル' },
} as const satisfies Readonly<Record<string, Text>>;

const troubles: Readonly<Record<string, Text>> = {
  missing: { en: 'there is no such file', ja: 'ファイルがありません' },
  denied: { en: 'no permission to read it', ja: '読み取る権限がありません' },
  directory: { en: 'this is a directory; name its files', ja: 'フォルダーです。中のファイルを指定してください' },
  binary: {
    en: 'this is no text (for a journal: journalctl -o json | crm-doctor logs -)',
    ja: 'テキストではありません（ジャーナルは journalctl -o json | crm-doctor logs - で読めます）',
  },
  damaged: { en: 'the compressed data is damaged or cut off', ja: '圧縮データが壊れているか、途中で切れています' },
  unreadable: { en: 'it could not be read', ja: '読み取れませんでした' },
};

/** Why a file could not be read, in a sentence. */
export const troubleText = ({ kind, detail }: { readonly kind: string; readonly detail: string }): Text => {
  if (kind === 'compressed') {
    return {
      en: `packed with ${detail}; unpack it and pipe it in: crm-doctor logs -`,
      ja: `${detail} で圧縮されています。展開したものを crm-doctor logs - に渡してください`,
    };
  }
  const text = troubles[kind] ?? troubles.unreadable;
  const more = kind === 'unreadable' && detail !== '' ? ` (${detail})` : '';
  return { en: `${text?.en ?? ''}${more}`, ja: `${text?.ja ?? ''}${more}` };
};

export const lineCount = (count: number, language: Language): string => {
  const digits = grouped(count);
  if (language === 'ja') return `${digits} 行`;
  return `${digits} line${count === 1 ? '' : 's'}`;
};

/** Times of logs are shown as this machine's clock shows them, which is how they stand in most logs. */
export const localTime = (at: string): string => {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};
