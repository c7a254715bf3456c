import type { ReadingProblem } from '../model/workflow/project.ts';
import type { Workflow } from '../model/workflow/workflow.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { suppressionsOf } from './native/suppressions.ts';
import { workflowOf } from './native/workflow.ts';
import { entryOf, type TreeNode } from './source/tree.ts';
import { readYaml } from './source/yaml.ts';

/** The key with a name behind it: in `crm-doctor.yaml` keys follow it, in samples it is indented. */
const names = /^(?:workflow|"workflow"|'workflow'):[ \t]+[^\s#]/m;
/** The same written as JSON, which YAML takes too. */
const namesInBraces = /^\{\s{0,99}["']?workflow["']?\s{0,9}:\s{0,9}["']?[\p{L}\p{N}_]/u;
const another =
  /^["']?(?:trigger|steps|object|when|label|runAs|inputs|onError)["']?:(?=\s|$)|["']?(?:trigger|steps)["']?\s*:/m;

const writtenId = (root: TreeNode): string | undefined => {
  const node = root.kind === 'map' ? entryOf(root, 'workflow')?.value : undefined;
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
};

/** A file that is wrong throughout says the same thing a thousand times. */
const mostProblems = 200;

const read = ({ text, file }: SourceText): Imported => {
  const reading = readYaml(text, file);
  const workflows: Workflow[] = [];
  const problems: ReadingProblem[] = [...reading.problems];
  const unread: string[] = [];
  reading.documents.forEach(({ root, broken }, index) => {
    if (broken) {
      const id = writtenId(root);
      if (id !== undefined) unread.push(id);
      return;
    }
    const result = workflowOf(root, reading.source, index);
    if (result.workflow) workflows.push(result.workflow);
    problems.push(...result.problems);
  });
  return { workflows, problems: problems.slice(0, mostProblems), suppressions: suppressionsOf(reading), unread };
};

/** The format that people write by hand (WORKFLOW-FORMAT, 1): one workflow a document. */
export const nativeYaml: Importer = {
  kind: 'importer',
  name: 'native',
  formats: ['NY'],
  recognises: ({ text }) =>
    (names.test(text) || namesInBraces.test(text.trimStart().slice(0, 500))) && another.test(text),
  read,
};
