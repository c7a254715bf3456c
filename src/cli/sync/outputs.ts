import { open } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { WrittenFile } from '../../model/sync/report.ts';
import type { OpenedSource } from '../../model/sync/source.ts';
import type { SideConfig, SyncSubject } from '../../model/sync/subject.ts';
import { grouped, type Language, type Text } from '../../model/text.ts';
import { masked } from '../../reason/mask.ts';
import type { Compared } from '../../sync/compare.ts';
import type { Joined } from '../../sync/joined.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import type { PatchChange } from '../../sync/patch/change.ts';
import type { PatchFormat, PatchSummary } from '../../sync/patch/patch.ts';
import type { WrittenClass } from '../../sync/written/classes.ts';
import { UsageError } from '../command.ts';
import { fileNameOf } from '../file-name.ts';
import { whyUnwritten } from '../unwritten.ts';
import { pseudonym } from './pseudonym.ts';

/** What a run is to write besides its report. */
export interface Outputs {
  /** Absolute. */
  readonly directory?: string;
  readonly format: 'csv' | 'jsonl';
  /** Absolute, with the side that is put right. */
  readonly patch?: { readonly file: string; readonly side: 'left' | 'right' };
}

export interface OutputFlags {
  readonly outputDir?: string;
  readonly outputFormat?: string;
  readonly patch?: string;
  readonly patchSide?: string;
}

const oneOf = <Word extends string>(flag: string, given: string, words: readonly [Word, ...Word[]]): Word => {
  const known = words.find((word) => word === given);
  if (known !== undefined) return known;
  throw new UsageError({
    en: `${flag} ${given}: write ${words.join(' or ')}`,
    ja: `${flag} ${given}: ${words.join(' か ')} を指定してください`,
  });
};

const dialects: Readonly<Record<string, 'postgresql' | 'mysql' | 'sqlite'>> = {
  'postgres:': 'postgresql',
  'postgresql:': 'postgresql',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
  'sqlite:': 'sqlite',
};

const noSql = (file: string, side: string): UsageError =>
  new UsageError({
    en: `--patch ${file}: SQL is for a table of PostgreSQL, MySQL, MariaDB or SQLite, and the ${side} side is none; write .csv, or .jsonl for a CRM`,
    ja: `--patch ${file}: SQL は PostgreSQL、MySQL、MariaDB、SQLite のテーブル用です。${side === 'left' ? '左側' : '右側'}はテーブルではないため、.csv（CRM なら .jsonl）を指定してください`,
  });

const schemeOf = (url: string): string => /^[a-z+]+:/i.exec(url)?.[0].toLowerCase() ?? 'sqlite:';

/** The form of the corrections, by the ending of their file. */
const patchFormat = (file: string, side: 'left' | 'right', config: SideConfig): PatchFormat => {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return { kind: 'csv' };
    case '.jsonl':
      return { kind: 'calls', side };
    case '.sql': {
      if (config.kind !== 'database' || config.table === undefined) throw noSql(file, side);
      const dialect = dialects[schemeOf(config.url)];
      if (!dialect) throw noSql(file, side);
      return { kind: 'sql', side, dialect, table: config.table };
    }
    default:
      throw new UsageError({
        en: `--patch ${file}: the ending says the form: .csv, .sql or .jsonl (requests to a CRM)`,
        ja: `--patch ${file}: 拡張子で形式を選びます（.csv、.sql、.jsonl（CRM へのリクエスト））`,
      });
  }
};

/** Where the differences of a comparison are written: one of the configuration has a folder of its own. */
export const directoryOf = (directory: string, { name }: Pick<SyncSubject, 'name'>): string =>
  name === undefined ? directory : join(directory, fileNameOf(name));

/** Refuses what cannot be written before anything is compared. */
export const outputsOf = (
  flags: OutputFlags & { readonly redact?: boolean },
  subjects: readonly SyncSubject[],
  cwd: string,
): Outputs => {
  const format = oneOf('--output-format', flags.outputFormat ?? 'csv', ['csv', 'jsonl']);
  const directory = flags.outputDir === undefined ? {} : { directory: resolve(cwd, flags.outputDir) };
  if (flags.patch === undefined) return { ...directory, format };
  const side = oneOf('--patch-side', flags.patchSide ?? 'right', ['left', 'right']);
  if (flags.redact) {
    throw new UsageError({
      en: '--patch holds the values themselves and --redact hides them; give one of them',
      ja: '--patch は値そのものを書き出し、--redact は値を伏せます。どちらか一方を指定してください',
    });
  }
  const [subject] = subjects;
  if (!subject || subjects.length > 1) {
    throw new UsageError({
      en: '--patch is for one comparison; name it (crm-doctor sync NAME --patch FILE)',
      ja: '--patch は 1 つの比較に対して使います。名前を指定してください（crm-doctor sync 名前 --patch ファイル）',
    });
  }
  patchFormat(flags.patch, side, subject.config[side]);
  return { ...directory, format, patch: { file: resolve(cwd, flags.patch), side } };
};

export interface Writing {
  readonly subject: SyncSubject;
  readonly sources: Readonly<Record<'left' | 'right', OpenedSource>>;
  readonly mapping: ColumnMapping;
  readonly joined: Joined;
  readonly compared: Compared;
  readonly redact: boolean;
  readonly language: Language;
}

async function* changesOf({ joined, compared }: Writing): AsyncGenerator<PatchChange> {
  for await (const batch of joined.eachChanged()) {
    for (const pair of batch) {
      const { differences, of } = compared.judged(pair);
      yield { kind: 'changed', pair, differences, conflict: of === 'conflict' };
    }
  }
  for (const { values, by } of compared.missing) yield { kind: 'missing', values, ...(by ? { by } : {}) };
}

/** Why a difference is left to a person; of very many missing records those beyond the sample were not looked at. */
type LeftTo = keyof PatchSummary['leftOut'] | 'not-looked-at';

const leftWords: Readonly<Record<LeftTo, Text>> = {
  'not-looked-at': { en: 'missing records beyond those that were looked at', ja: '確認対象外の不足レコード' },
  conflict: { en: 'changed on both sides', ja: '両側で変更' },
  unexplained: { en: 'unexplained', ja: '原因不明' },
  undecided: { en: 'which side is right does not follow', ja: 'どちらが正しいか決まらない' },
  'no-canonical-side': { en: 'both notations are good', ja: 'どちらの表記も有効' },
  'not-writable': { en: 'not writable', ja: '書き込めない列' },
  'does-not-fit': { en: 'would be refused', ja: '登録を拒否される' },
  'unwritable-character': { en: 'character that cannot be written', ja: '書き込めない文字' },
  'other-side': { en: 'the other side is wrong', ja: '反対側の誤り' },
  'no-address': { en: 'record cannot be addressed', ja: 'レコードを特定できない' },
};

const leftOutOf = (
  { leftOut }: PatchSummary,
  { joined, compared, language }: Pick<Writing, 'joined' | 'compared' | 'language'>,
): string => {
  const unread = joined.counts.missing - compared.missing.length;
  const all = { ...leftOut, ...(unread > 0 ? { 'not-looked-at': unread } : {}) };
  const parts = Object.entries(all).map(([why, n]) => `${leftWords[why as LeftTo][language]} ${grouped(n)}`);
  if (parts.length === 0) return '';
  return { en: `left to a person: ${parts.join(', ')}`, ja: `対象外（担当者が判断）: ${parts.join('、')}` }[language];
};

const patchWritten = async (writing: Writing, patch: NonNullable<Outputs['patch']>): Promise<WrittenFile> => {
  const { subject, sources, mapping, language } = writing;
  const { writePatch } = await import('../../sync/patch/patch.ts');
  const sideOf = (side: 'left' | 'right') => {
    const { facts, lookUp } = sources[side];
    return { config: subject.config[side], facts, ...(lookUp ? { lookUp } : {}) };
  };
  const handle = await open(patch.file, 'w', 0o600);
  try {
    const summary = await writePatch(
      changesOf(writing),
      patchFormat(patch.file, patch.side, subject.config[patch.side]),
      { write: (text) => handle.writeFile(text) },
      { columns: mapping.columns, left: sideOf('left'), right: sideOf('right') },
    );
    const note = [leftOutOf(summary, writing), ...summary.notes.map((text) => text[language])]
      .filter((text) => text !== '')
      .map((text) => (/[.。]$/.test(text) ? text : `${text}${language === 'ja' ? '。' : '.'}`))
      .join(language === 'ja' ? '' : ' ');
    return { what: 'patch', file: patch.file, rows: summary.rows, ...(note === '' ? {} : { note }) };
  } finally {
    await handle.close();
  }
};

/** The message of an error of the file system. */
const saidByDisk = (error: unknown): Text | undefined =>
  typeof error === 'object' && error !== null && 'syscall' in error ? whyUnwritten(error) : undefined;

const partly: Readonly<Record<NonNullable<WrittenClass['partly']>, Text>> = {
  first: { en: 'only the first of them', ja: '先頭の一部だけ' },
  unknown: { en: 'not known: a side could not be read to its end', ja: '片側を最後まで読み取れなかったため不明' },
};

/** Writes what was asked for. What the disk refuses is an error of the call, told with its place. */
export const writeOutputs = async (writing: Writing, outputs: Outputs): Promise<readonly WrittenFile[]> => {
  const { subject, sources, mapping, joined, compared, redact, language } = writing;
  const files: WrittenFile[] = [];
  try {
    if (outputs.directory !== undefined) {
      const { writeClasses } = await import('../../sync/written/classes.ts');
      const directory = directoryOf(outputs.directory, subject);
      const classes = await writeClasses(
        {
          joined,
          mapping,
          left: sources.left.facts,
          right: sources.right.facts,
          judged: compared.judged,
          rejected: joined.rejected,
          shown: redact ? masked : (value) => value,
          shownKey: redact ? pseudonym : (value) => value,
        },
        directory,
        outputs.format,
      );
      for (const one of classes) {
        files.push({
          what: one.what,
          file: one.file,
          rows: one.rows,
          ...(one.partly ? { note: partly[one.partly][language] } : {}),
        });
      }
    }
    if (outputs.patch) files.push(await patchWritten(writing, outputs.patch));
  } catch (error) {
    const says = saidByDisk(error);
    if (says === undefined) throw error;
    throw new UsageError({
      en: `the differences could not be written: ${says.en}`,
      ja: `差異を書き込めませんでした: ${says.ja}`,
    });
  }
  return files;
};
