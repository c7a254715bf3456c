import { ConfigError } from '../../config/config-error.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Sample } from '../../model/workflow/sample.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { ProjectRequest } from '../../workflow/read-project.ts';
import { readProject } from '../../workflow/read-project.ts';
import { UsageError } from '../command.ts';

/** The project; a path that leads nowhere is an error of the call, everything inside of a file is a finding. */
export const projectFrom = async (request: ProjectRequest): Promise<Project> => {
  const reading = await readProject(request);
  if (reading.kind === 'read') return reading.project;
  throw new UsageError(reading.paths[0].text);
};

/** The schema that a file or folder holds; what is wrong with it is a configuration error with its place. */
export const schemaFrom = async (path: string, directory: string): Promise<Schema> => {
  const { readSchema } = await import('../../workflow/read-schema.ts');
  const reading = await readSchema(path, directory);
  if (reading.kind === 'read') return reading.schema;
  throw new ConfigError(path, reading.problems);
};

/** The samples or the execution log of a file. */
export const samplesFrom = async (path: string, directory: string): Promise<readonly Sample[]> => {
  const { readSamples } = await import('../../workflow/samples-file.ts');
  const reading = await readSamples(path, directory);
  if (reading.kind === 'read') return reading.samples;
  throw new ConfigError(path, reading.problems);
};
