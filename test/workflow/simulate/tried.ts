import { parse } from 'yaml';
import type { Language } from '../../../src/model/text.ts';
import type { Project } from '../../../src/model/workflow/project.ts';
import type { Sample, SimulatedSample } from '../../../src/model/workflow/sample.ts';
import { importedFrom, projectOf } from '../../../src/workflow/project-of.ts';
import { readSchemaFile } from '../../../src/workflow/schema-file.ts';
import { simulate } from '../../../src/workflow/simulate/simulate.ts';

/** A project of files (or of one native file) with a schema file. */
export const projectFrom = (files: string | Readonly<Record<string, string>>, schema?: string): Project => {
  const named = typeof files === 'string' ? { 'w.yaml': files } : files;
  const parts = Object.entries(named).map(([file, text]) => {
    const part = importedFrom({ file, text });
    if (!part) throw new Error(`no importer knows ${file}`);
    return part;
  });
  const reading = schema === undefined ? undefined : readSchemaFile(schema, 'crm-schema.yaml');
  if (reading?.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
  const project = projectOf(parts, {
    now: new Date('2026-11-20T10:00:00+09:00'),
    ...(reading ? { schema: reading.schema } : {}),
  });
  if (project.problems.length > 0) throw new Error(JSON.stringify(project.problems));
  return project;
};

/** A sample as one writes it in YAML; the name may be left out. */
export const sampleFrom = (text: string): Sample => ({
  name: 'sample',
  place: { file: 'samples.yaml', line: 1 },
  ...(parse(text) as Partial<Sample> & Pick<Sample, 'event'>), // the tests write it right
});

/** What one sample comes to. */
export const tried = (project: Project, sample: string, language: Language = 'en'): SimulatedSample => {
  const [result] = simulate(project, [sampleFrom(sample)], language).samples;
  if (!result) throw new Error('no result');
  return result;
};

/** `tell ran`, `mark failed`: the trace in short. */
export const traceOf = ({ steps }: SimulatedSample): readonly string[] =>
  steps.map(({ step, status }) => `${step} ${status}`);
