import { visible } from '../i18n/visible.ts';
import type { Text } from '../model/text.ts';
import { errorCode } from '../runbook/error-code.ts';

const folder: Text = { en: 'there is no such folder', ja: 'フォルダーがありません' };
const permission: Text = { en: 'no permission to write there', ja: '書き込む権限がありません' };

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: folder,
  ENOTDIR: folder,
  EISDIR: { en: 'it is a folder', ja: 'それはフォルダーです' },
  EEXIST: { en: 'a file of that name is there by now', ja: '同じ名前のファイルがすでにあります' },
  EACCES: permission,
  EPERM: permission,
  EROFS: { en: 'the file system is read-only', ja: 'ファイルシステムが読み取り専用です' },
  ENOSPC: { en: 'the disk is full', ja: 'ディスクの空き容量がありません' },
  EDQUOT: { en: 'the disk quota is used up', ja: 'ディスクの割り当て容量を使い切っています' },
};

/** Why the disk refused, in words; what it says itself where there are none. */
export const diskWords = (error: unknown): Text => {
  const words = visible(error instanceof Error ? error.message : String(error));
  return reasons[errorCode(error) ?? ''] ?? { en: words, ja: words };
};

/** The same with the place, which the words of the disk hold by themselves. */
export const whyUnwritten = (error: unknown): Text => {
  const { en, ja } = diskWords(error);
  const known = (errorCode(error) ?? '') in reasons;
  const path = known && typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : undefined;
  const at = path === undefined ? '' : `${visible(path)}: `;
  return { en: at + en, ja: at + ja };
};
