import { allRules } from '../../../checks/all-rules.ts';
import type { Finding } from '../../../src/model/workflow/finding.ts';
import type { ReadingProblem } from '../../../src/model/workflow/project.ts';
import type { Example } from '../../../src/model/workflow/rule.ts';
import { notOurs } from '../../../src/workflow/files/words.ts';
import { lint } from '../../../src/workflow/lint/lint.ts';
import type { LintSettings } from '../../../src/workflow/lint/settings.ts';
import { importedFrom, projectOf } from '../../../src/workflow/project-of.ts';
import { readSchemaFile } from '../../../src/workflow/schema-file.ts';
import { decode } from '../../../src/workflow/source/bytes.ts';

const schemaOf = (text: string) => {
  const reading = readSchemaFile(text, 'crm-schema.yaml');
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
  return reading.schema;
};

const noSettings: LintSettings = { rules: new Map(), ignore: [] };

/** A lone surrogate U+DC80 to U+DCFF stands for one byte, so that an example can hold what is no UTF-8. */
const bytesOf = (text: string): Uint8Array =>
  Buffer.concat(
    text
      .split(/([\udc80-\udcff])/u)
      .map((part) => (/^[\udc80-\udcff]$/u.test(part) ? Buffer.from([part.charCodeAt(0) & 0xff]) : Buffer.from(part))),
  );

/** Everything that all rules say of an example, by file and line. */
export const findingsOf = (
  { files, schema, now = '2026-11-20T09:00:00+09:00' }: Example,
  settings: LintSettings = noSettings,
  language: 'en' | 'ja' = 'en',
): readonly Finding[] => {
  const named = typeof files === 'string' ? { 'example.yaml': files } : files;
  const problems: ReadingProblem[] = [];
  const parts = Object.entries(named).flatMap(([file, written]) => {
    const decoded = decode(bytesOf(written), file);
    if (decoded.kind === 'fault') problems.push(decoded.problem);
    if (decoded.kind !== 'text') return [];
    const part = importedFrom({ file, text: decoded.text });
    if (!part) problems.push(notOurs(file, decoded.text));
    return part ?? [];
  });
  const project = projectOf(parts, {
    now: new Date(now),
    problems,
    ...(schema === undefined ? {} : { schema: schemaOf(schema) }),
  });
  const { findings, crashes } = lint(project, allRules, settings, language);
  if (crashes.length > 0) throw new Error(JSON.stringify(crashes));
  return findings;
};

/** The lines on which one rule speaks. The name is without `workflow.`. */
export const linesOf = (rule: string, example: Example): readonly number[] =>
  findingsOf(example)
    .filter((finding) => finding.rule === `workflow.${rule}` && finding.suppressed === undefined)
    .map(({ line }) => line);

/** `RULE:LINE` of every error and warning: for examples that are to be clean of everything. */
export const spoken = (example: Example): readonly string[] =>
  findingsOf(example)
    .filter(({ severity, suppressed }) => severity !== 'info' && suppressed === undefined)
    .map(({ rule, line }) => `${rule.replace('workflow.', '')}:${line}`);
