import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { FixReport } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { RunbookEvent } from '../../runbook/record.ts';
import type { Checked } from '../../workflow/fix/fix.ts';
import { backupOf, replaceFile, targetAt } from '../apply-file.ts';

interface Request {
  readonly cwd: string;
  /** Id of the run, in the names of the backups. */
  readonly run: string;
  readonly unsafe: boolean;
  readonly dryRun: boolean;
  readonly language: Language;
  readonly again: (texts: ReadonlyMap<string, string>) => Promise<Checked>;
  /** Into the runbook. */
  readonly record: (event: RunbookEvent) => Promise<unknown>;
}

const plainFilesOnly: Text = {
  en: 'it is no UTF-8 file that could be written back as it was',
  ja: 'UTF-8 のファイルではないため、書き戻せません',
};

/** The text of a file when writing it back would give the same bytes. */
const faithfulText = async (path: string): Promise<string | undefined> => {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return undefined;
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
};

/** Puts the new text in the place of the old one, which stays beside it under the run's name; or says why not. */
const written = async (
  path: string,
  before: string,
  after: string,
  { run, record }: Pick<Request, 'run' | 'record'>,
): Promise<
  { readonly kind: 'written'; readonly backup: string } | { readonly kind: 'refused'; readonly text: Text }
> => {
  const target = await targetAt(path);
  if (target.kind === 'refused') return target;
  const backup = backupOf(target, run);
  const about = { by: 'workflow --fix', run, where: path, backup };
  await record({ kind: 'file-intended', ...about });
  const result = await replaceFile(target, { before, after, backup });
  if (result.kind !== 'written') return result;
  await record({ kind: 'file-written', ...about });
  return { kind: 'written', backup };
};

/** Mends what may be mended and is proven; a byte-order mark is the file's and stays. */
export const applyFixes = async (
  before: Checked,
  { cwd, run, unsafe, dryRun, language, again, record }: Request,
): Promise<{ readonly report: FixReport; readonly wrote: boolean }> => {
  const { fixAll } = await import('../../workflow/fix/fix.ts');
  const fixable = before.findings.filter(
    ({ fix }) => fix.edits.length > 0 && (fix.auto === 'yes' || (unsafe && fix.auto === 'unsafe')),
  );
  // As it stands in the file, and as importers see it: without a byte-order mark.
  const originals = new Map<string, string>();
  const unfaithful = new Set<string>();
  for (const file of new Set(fixable.map((one) => one.file))) {
    const text = await faithfulText(resolve(cwd, file));
    if (text === undefined) unfaithful.add(file);
    else originals.set(file, text);
  }
  const plain = (text: string): string => text.replace(/^\ufeff/, '');
  const texts = new Map([...originals].map(([file, text]) => [file, plain(text)]));
  const fixed = await fixAll({ before, texts, unsafe, again });
  const backups = new Map<string, string>();
  const kept = new Map<string, Text>();
  for (const [file, text] of dryRun ? [] : fixed.texts) {
    const original = originals.get(file) ?? '';
    const mark = original.slice(0, original.length - plain(original).length);
    const result = await written(resolve(cwd, file), original, mark + text, { run, record });
    if (result.kind === 'written') backups.set(file, relative(cwd, result.backup).replaceAll('\\', '/'));
    else kept.set(file, result.text);
  }
  const at = ({ rule, file, line }: Finding) => ({ rule, file, line });
  const refused = [
    ...fixed.refused,
    ...fixed.applied.flatMap((finding) => {
      const because = kept.get(finding.file);
      return because ? [{ finding, because }] : [];
    }),
    ...fixable
      .filter(({ file, suppressed }) => unfaithful.has(file) && suppressed === undefined)
      .map((finding) => ({ finding, because: plainFilesOnly })),
  ];
  return {
    wrote: backups.size > 0,
    report: {
      dryRun,
      applied: fixed.applied
        .filter(({ file }) => !kept.has(file))
        .map((finding) => ({ ...at(finding), backup: backups.get(finding.file) ?? '' })),
      refused: refused.map(({ finding, because }) => ({ ...at(finding), because: because[language] })),
    },
  };
};
