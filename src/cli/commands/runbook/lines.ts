import { formatMs } from '../../../i18n/format.ts';
import { visible } from '../../../i18n/visible.ts';
import { wrap } from '../../../i18n/wrap.ts';
import type { Language, Text } from '../../../model/text.ts';
import type { RunbookRecord } from '../../../runbook/record.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import { renderOptions } from '../../deliver.ts';
import type { CommonFlags } from '../../flags.ts';

export const statusWords: Readonly<Record<string, Text>> = {
  pass: { en: 'OK', ja: '正常' },
  warn: { en: 'warnings', ja: '注意' },
  fail: { en: 'NOT OK', ja: '異常' },
  unknown: { en: 'unknown', ja: '確認不可' },
  error: { en: 'error', ja: 'エラー' },
};

const tagsOf = (tags: unknown): string =>
  Array.isArray(tags) && tags.length > 0 ? `  ${tags.map((tag) => `#${tag}`).join(' ')}` : '';

/** A record as one line; undefined where it has none of its own (the beginning of a run). */
export const lineOf = (record: RunbookRecord, language: Language): string | undefined => {
  const when = record.at.slice(0, 19).replace('T', ' ');
  switch (record.kind) {
    case 'run-finished': {
      // The log is a file like any other: what is missing in a record is left out.
      const causes = (Array.isArray(record.causes) ? record.causes : [])
        .map(({ cause, proof }) => `${cause}${proof === 'proven' ? ' ✓' : ''}`)
        .join(', ');
      const took = typeof record.durationMs === 'number' ? formatMs(record.durationMs, language) : '';
      const status = statusWords[record.status]?.[language] ?? record.status;
      return [when, record.run, record.command, record.target, status, took, causes].filter(Boolean).join('  ');
    }
    case 'note':
      return `${when}  ${record.run === undefined ? '' : `${record.run}  `}${record.text}${tagsOf(record.tags)}`;
    case 'resolution':
      return `${when}  ${record.cause}: ${record.text}`;
    case 'change-intended':
    case 'change-done':
    case 'undone':
      return `${when}  ${record.kind}  ${record.where}`;
    default:
      return undefined;
  }
};

/** Lines of records on the screen; what a server or a file said cannot command the terminal. */
export const writeLines = (lines: readonly string[], flags: CommonFlags, context: Context): void => {
  const { columns } = renderOptions(flags, context);
  for (const line of lines) {
    const [first = '', ...rest] = wrap(visible(line), columns - 2);
    context.io.out.write(`${first}\n`);
    for (const more of rest) context.io.out.write(`  ${more}\n`);
  }
};

export const sayBroken = (broken: number, { io, language }: Context): void => {
  if (broken === 0) return;
  const words = {
    en: `${broken} unreadable lines were passed over`,
    ja: `読み取れない行が ${broken} 行ありました`,
  };
  io.err.write(`crm-doctor: ${words[language]}\n`);
};

export const limitOf = (flags: { readonly limit?: string }): number => {
  const most = Number(flags.limit ?? 20);
  if (Number.isInteger(most) && most >= 1) return most;
  throw new UsageError({
    en: '--limit takes a whole number from 1',
    ja: '--limit には 1 以上の整数を指定してください',
  });
};
