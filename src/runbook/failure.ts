import { visible } from '../i18n/visible.ts';
import type { Text } from '../model/text.ts';
import { errorCode } from './error-code.ts';

/** The runbook could not be written or read. A run goes on without it; the command line says so in one line. */
export interface RunbookFailure {
  readonly kind: 'failed';
  /** ENOSPC, EROFS, EACCES … */
  readonly code: string;
  readonly path: string;
  /** One line for stderr. */
  readonly text: Text;
}

/** What became of a write. */
export type Saved = { readonly kind: 'saved'; readonly path: string } | RunbookFailure;

const reasons: Readonly<Record<string, Text>> = {
  ENOSPC: { en: 'the disk is full', ja: 'ディスクの空き容量がありません' },
  EDQUOT: { en: 'the disk quota is used up', ja: 'ディスクの割り当て容量を使い切っています' },
  EROFS: { en: 'the file system is read-only', ja: 'ファイルシステムが読み取り専用です' },
  EACCES: { en: 'no permission to read or write there', ja: '読み書きする権限がありません' },
  EPERM: { en: 'no permission to read or write there', ja: '読み書きする権限がありません' },
  ENOENT: { en: 'a part of the path is not there', ja: 'パスの途中のフォルダーがありません' },
  ENOTDIR: { en: 'a part of the path is a file, not a directory', ja: 'パスの途中がフォルダーではなくファイルです' },
  EISDIR: { en: 'a directory stands where the file should be', ja: 'ファイルの場所にフォルダーがあります' },
};

const deeds = {
  write: {
    en: 'The runbook was not written, the diagnosis is not affected',
    ja: '作業記録を保存できませんでした（診断には影響ありません）',
  },
  read: { en: 'The runbook could not be read', ja: '作業記録を読み込めませんでした' },
} as const satisfies Readonly<Record<string, Text>>;

export const failureOf = (error: unknown, path: string, deed: keyof typeof deeds): RunbookFailure => {
  const code = errorCode(error) ?? 'UNKNOWN';
  const words = visible(error instanceof Error ? error.message : String(error));
  const { en, ja } = reasons[code] ?? { en: words, ja: words };
  return {
    kind: 'failed',
    code,
    path,
    text: {
      en: `${deeds[deed].en}: ${path}: ${en} (${code}). Choose another place with --runbook DIR.`,
      ja: `${deeds[deed].ja}: ${path}: ${ja}（${code}）。--runbook DIR で別の場所を指定できます。`,
    },
  };
};
