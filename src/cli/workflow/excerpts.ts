import { resolve } from 'node:path';
import type { Finding } from '../../model/workflow/finding.ts';
import { readBytes } from '../../workflow/files/read-bytes.ts';
import { decode, usualLimits } from '../../workflow/source/bytes.ts';

/** What is shown around a place in a long line. */
const around = 160;

const atOnce = 16;

/** The part of a line that is shown, and where the place is in it. */
const cut = (text: string, column: number, end: number): { text: string; from: number; to: number } => {
  const at = Math.min(column - 1, text.length);
  const to = Math.min(Math.max(end - 1, at), text.length);
  const start = at > around ? at - around / 2 : 0;
  const shown = text.slice(start, start + around * 2);
  return { text: shown, from: at - start, to: Math.min(to - start, shown.length) };
};

const excerptOf = (finding: Finding, line: string): Finding => {
  const { column, endLine, endColumn } = finding;
  const end = endLine === undefined || endLine === finding.line ? (endColumn ?? column) : line.length + 1;
  return { ...finding, source: cut(line, column, end) };
};

/** A rule that points at a secret: the line is shown by nobody. */
const hides = ({ rule }: Finding): boolean =>
  rule === 'workflow.action-secret-literal' || rule === 'workflow.action-url-insecure';

/** As the importers read it, so that lines and columns are the same. */
const textOf = async (path: string, file: string): Promise<string | undefined> => {
  const read = await readBytes(path, usualLimits.bytes, 'always');
  if (read.kind !== 'bytes') return undefined;
  const decoded = decode(read.bytes, file);
  return decoded.kind === 'binary' ? undefined : decoded.text;
};

/** Findings with the source line that they stand on. What cannot be read (any more) is left without. */
export const withExcerpts = async (
  findings: readonly Finding[],
  cwd: string,
  given: ReadonlyMap<string, string> = new Map(),
): Promise<readonly Finding[]> => {
  const files = [...new Set(findings.map(({ file }) => file))];
  const secret = new Set(findings.filter(hides).map(({ file, line }) => `${file}\n${line}`));
  const lines = new Map<string, readonly string[]>();
  const next = files.values();
  const reader = async (): Promise<void> => {
    for (const file of next) {
      const text = given.get(file) ?? (await textOf(resolve(cwd, file), file));
      if (text === undefined) continue;
      const all = text.split(/\r\n|\n|\r/);
      const wanted = findings.filter((one) => one.file === file).map(({ line }) => line - 1);
      // Only what is shown is kept of a large file.
      const kept: string[] = [];
      for (const at of wanted) kept[at] = all[at] ?? '';
      lines.set(file, kept);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  return findings.map((finding) => {
    const line = lines.get(finding.file)?.[finding.line - 1];
    if (line === undefined || line.trim() === '' || secret.has(`${finding.file}\n${finding.line}`)) return finding;
    return excerptOf(finding, line);
  });
};
