import type { Step, StepOf } from '../../../src/model/workflow/step.ts';
import type { Workflow } from '../../../src/model/workflow/workflow.ts';
import type { Imported } from '../../../src/workflow/importer.ts';
import { salesforceImporter } from '../../../src/workflow/salesforce.importer.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const metadata = (root: string, body: string): string =>
  `${head}<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}\n</${root}>\n`;

/** Reads files as a run does: each by itself, then what belongs together. */
export const readAll = (files: Readonly<Record<string, string>>): readonly Imported[] => {
  const parts = Object.entries(files)
    .toSorted()
    .map(([file, text]) => {
      const source = { file, text };
      if (!salesforceImporter.recognises(source)) throw new Error(`${file} is not recognised`);
      return { file, imported: salesforceImporter.read(source) };
    });
  return salesforceImporter.finish?.(parts) ?? [];
};

export const readOne = (text: string, file = 'flows/Sample.flow-meta.xml'): Workflow => {
  const [imported] = readAll({ [file]: text });
  const problem = imported?.problems[0];
  if (problem) throw new Error(problem.message.en);
  const workflow = imported?.workflows[0];
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

/** A flow that the update of a case starts, with these elements. */
export const flow = (elements: string, more = ''): string =>
  metadata(
    'Flow',
    `<apiVersion>60.0</apiVersion><label>Sample</label><processType>AutoLaunchedFlow</processType>
<start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>One</targetReference></connector><object>Case</object><recordTriggerType>Update</recordTriggerType><triggerType>RecordAfterSave</triggerType>${more}</start>
${elements}
<status>Active</status>`,
  );

export const step = (workflow: Workflow, id: string): Step => {
  const found = workflow.steps.find((each) => each.id === id);
  if (!found) throw new Error(`no step ${id}: ${workflow.steps.map((each) => each.id).join(', ')}`);
  return found;
};

export const stepOf = <Kind extends Step['kind']>(workflow: Workflow, id: string, kind: Kind): StepOf<Kind> => {
  const found = step(workflow, id);
  if (found.kind !== kind) throw new Error(`${id} is ${found.kind}`);
  return found as StepOf<Kind>; // its kind was just compared
};
