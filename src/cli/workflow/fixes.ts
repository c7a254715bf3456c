import { chmod, copyFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FixReport } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Checked } from '../../workflow/fix/fix.ts';

interface Request {
  readonly cwd: string;
  readonly unsafe: boolean;
  readonly dryRun: boolean;
  readonly language: Language;
  readonly again: (texts: ReadonlyMap<string, string>) => Promise<Checked>;
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

/** The old file beside it, then the new one in its place, whole or not at all. */
const replaceFile = async (path: string, text: string): Promise<string> => {
  const backup = `${path}.bak`;
  await copyFile(path, backup);
  const fresh = `${path}.crm-doctor-${process.pid}`;
  await writeFile(fresh, text, { flag: 'wx' });
  await chmod(fresh, (await stat(path)).mode & 0o777);
  await rename(fresh, path);
  return backup;
};

/** Mends what may be mended and is proven; a byte-order mark is the file's and stays. */
export const applyFixes = async (
  before: Checked,
  { cwd, unsafe, dryRun, language, again }: Request,
): Promise<{ readonly report: FixReport; readonly wrote: boolean }> => {
  const { fixAll } = await import('../../workflow/fix/fix.ts');
  const fixable = before.findings.filter(
    ({ fix }) => fix.edits.length > 0 && (fix.auto === 'yes' || (unsafe && fix.auto === 'unsafe')),
  );
  const texts = new Map<string, string>();
  const marks = new Set<string>();
  const unfaithful = new Set<string>();
  for (const file of new Set(fixable.map((one) => one.file))) {
    const text = await faithfulText(resolve(cwd, file));
    if (text === undefined) unfaithful.add(file);
    else {
      if (text.startsWith('\ufeff')) marks.add(file);
      texts.set(file, text.replace(/^\ufeff/, ''));
    }
  }
  const fixed = await fixAll({ before, texts, unsafe, again });
  const backups = new Map<string, string>();
  if (!dryRun) {
    for (const [file, text] of fixed.texts) {
      await replaceFile(resolve(cwd, file), marks.has(file) ? `\ufeff${text}` : text);
      backups.set(file, `${file}.bak`);
    }
  }
  const at = ({ rule, file, line }: Finding) => ({ rule, file, line });
  return {
    wrote: !dryRun && fixed.texts.size > 0,
    report: {
      dryRun,
      applied: fixed.applied.map((finding) => ({ ...at(finding), backup: backups.get(finding.file) ?? '' })),
      refused: [
        ...fixed.refused.map(({ finding, because }) => ({ ...at(finding), because: because[language] })),
        ...fixable
          .filter(({ file, suppressed }) => unfaithful.has(file) && suppressed === undefined)
          .map((finding) => ({ ...at(finding), because: plainFilesOnly[language] })),
      ],
    },
  };
};
