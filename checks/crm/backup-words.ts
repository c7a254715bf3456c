import type { BackupFormat, BackupIntegrity } from '../../src/model/backup-facts.ts';
import type { Text } from '../../src/model/text.ts';

const hourMs = 3_600_000;

/** `5 h`, `3 days`: as long ago, whole hours up to two days. */
export const ageText = (ms: number): Text => {
  const hours = Math.floor(Math.max(0, ms) / hourMs);
  if (hours < 48) return { en: `${hours} h`, ja: `${hours} 時間` };
  const days = Math.floor(hours / 24);
  return { en: `${days} days`, ja: `${days} 日` };
};

/** `2026-11-24 02:00 UTC` */
export const momentText = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const names: Readonly<Record<Exclude<BackupFormat, 'unknown'>, Text>> = {
  gzip: { en: 'gzip', ja: 'gzip' },
  zip: { en: 'zip', ja: 'zip' },
  zstd: { en: 'Zstandard', ja: 'Zstandard' },
  xz: { en: 'xz', ja: 'xz' },
  tar: { en: 'tar archive', ja: 'tar アーカイブ' },
  sqlite: { en: 'SQLite database', ja: 'SQLite データベース' },
  postgresql: { en: 'PostgreSQL dump', ja: 'PostgreSQL のダンプ' },
  'postgresql-custom': { en: 'PostgreSQL dump (custom format)', ja: 'PostgreSQL のダンプ（カスタム形式）' },
  mysql: { en: 'MySQL dump', ja: 'MySQL のダンプ' },
  encrypted: { en: 'encrypted file', ja: '暗号化されたファイル' },
};

/** `gzip, PostgreSQL dump` */
export const formatText = (formats: readonly BackupFormat[]): Text => {
  const known = formats.flatMap((format) => (format === 'unknown' ? [] : [names[format]]));
  if (known.length === 0) return { en: 'file', ja: 'ファイル' };
  return { en: known.map(({ en }) => en).join(', '), ja: known.map(({ ja }) => ja).join('、') };
};

type Unknown = Extract<BackupIntegrity, { kind: 'unknown' }>;
type Broken = Extract<BackupIntegrity, { kind: 'broken' }>;

const unknowns: Readonly<Record<Unknown['why'] | 'more', Text>> = {
  more: { en: 'not all that lies there could be looked at', ja: '一部のファイルを確認できませんでした' },
  time: {
    en: 'too large to be read to its end in the time for it',
    ja: '大きいため、制限時間内に最後まで読み取れませんでした',
  },
  format: { en: 'nothing in this format shows its end', ja: 'この形式には、最後まで揃っているかを示す印がありません' },
  encrypted: { en: 'it is encrypted', ja: '暗号化されています' },
  growing: { en: 'it is being written at this moment', ja: '現在書き込み中です' },
  denied: { en: 'crm-doctor may not read it', ja: 'crm-doctor に読み取りの権限がありません' },
  absent: { en: 'it went away while it was looked at', ja: '確認中に削除されました' },
  failed: { en: 'it cannot be read', ja: '読み取れません' },
};

export const unknownText = ({ why, code }: { readonly why: Unknown['why'] | 'more'; readonly code?: string }): Text => {
  const { en, ja } = unknowns[why];
  return code === undefined ? { en, ja } : { en: `${en} (${code})`, ja: `${ja}（${code}）` };
};

const brokens: Readonly<Record<Broken['how'], Text>> = {
  cut: { en: 'it ends too early', ja: '途中で切れています' },
  'no-end': {
    en: 'the dump in it stops before its end: the last line that is always written is missing',
    ja: 'ダンプが途中で終わっています（最後に必ず書かれる行がありません）',
  },
  checksum: { en: 'its checksum does not match its content', ja: 'チェックサムが内容と一致しません' },
  damaged: { en: 'its structure is damaged', ja: '構造が壊れています' },
};

export const brokenText = ({ how, inside }: Pick<Broken, 'how' | 'inside'>): Text => {
  const { en, ja } = brokens[how];
  return inside === undefined ? { en, ja } : { en: `${en} (in it: ${inside})`, ja: `${ja}（内部: ${inside}）` };
};

/** A path for a command line. */
export const shellWord = (path: string): string =>
  /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** Sentences about several places, one after another. */
export const sentences = (texts: readonly Text[]): Text => ({
  en: texts.map(({ en }) => en).join(' '),
  ja: texts.map(({ ja }) => ja).join(''),
});
