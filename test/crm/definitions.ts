import type { CrmDefinition } from '../../src/model/crm/answers.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import { importedFrom, projectOf } from '../../src/workflow/project-of.ts';

/** What the importers make of definitions that a connector brought. */
export const projectFrom = (definitions: readonly CrmDefinition[]): Project =>
  projectOf(
    definitions.flatMap(({ path, text }) => importedFrom({ file: path, text }) ?? []),
    { now: new Date('2026-11-21T00:00:00Z') },
  );
