import { allRules } from '../../../checks/all-rules.ts';
import type { Finding } from '../../../src/model/workflow/finding.ts';
import type { Example } from '../../../src/model/workflow/rule.ts';
import { lint } from '../../../src/workflow/lint/lint.ts';
import type { LintSettings } from '../../../src/workflow/lint/settings.ts';
import { importedFrom, projectOf } from '../../../src/workflow/project-of.ts';
import { readSchemaFile } from '../../../src/workflow/schema-file.ts';

const schemaOf = (text: string) => {
  const reading = readSchemaFile(text, 'crm-schema.yaml');
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
  return reading.schema;
};

const noSettings: LintSettings = { rules: new Map(), ignore: [] };

/** Everything that all rules say of an example, by file and line. */
export const findingsOf = (
  { files, schema, now = '2026-11-20T09:00:00+09:00' }: Example,
  settings: LintSettings = noSettings,
  language: 'en' | 'ja' = 'en',
): readonly Finding[] => {
  const named = typeof files === 'string' ? { 'example.yaml': files } : files;
  const parts = Object.entries(named).map(([file, text]) => {
    const part = importedFrom({ file, text });
    if (!part) throw new Error(`no importer knows ${file}`);
    return part;
  });
  const project = projectOf(parts, {
    now: new Date(now),
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
