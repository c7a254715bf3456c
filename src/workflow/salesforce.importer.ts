import { nothingImported } from './build.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { approvalIdOf, readApproval } from './salesforce/approval.ts';
import { choicesIn } from './salesforce/field.ts';
import { flowIdOf, readFlow } from './salesforce/flow.ts';
import { joinParts, type Kept } from './salesforce/join.ts';
import { objectOfFile, readObject, readObjectPiece } from './salesforce/object-files.ts';
import { readRights } from './salesforce/rights.ts';
import { readQueue, readTemplate } from './salesforce/templates.ts';
import { workflowActions } from './salesforce/workflow-actions.ts';
import { readRules } from './salesforce/workflow-rules.ts';
import { readXml } from './source/xml.ts';
import type { XmlElement } from './source/xml-element.ts';
import { xmlRoot } from './source/xml-root.ts';
import { suppressionsOf } from './source/xml-suppressions.ts';

const namespace = 'http://soap.sforce.com/2006/04/metadata';

type Read = (root: XmlElement, file: string) => Partial<Imported>;

/** A file that stands beside the definitions: what it says is joined when all have been read. */
const beside = (kept: Kept): Partial<Imported> => ({ kept, schema: {} });

const valueSet: Read = (root, file) => {
  const name = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.(?:globalValueSet|standardValueSet)(?:-meta\.xml)?$/i, '');
  const choices = choicesIn(root, 'customValue') ?? choicesIn(root, 'standardValue') ?? [];
  return beside({ kind: 'valueSet', name, choices });
};

const workflowFile: Read = (root, file) => {
  const object = objectOfFile(file);
  const actions = workflowActions(root, object);
  const byName = new Map(actions.map((action) => [`${action.type} ${action.name}`, action]));
  const workflows = readRules(root, object, (type, name) => byName.get(`${type} ${name}`));
  // With actions only, it stands beside the flows and approvals that use them.
  const kept: Kept = { kind: 'actions', object, actions };
  return { workflows, kept, ...(workflows.length === 0 ? { schema: {} } : {}) };
};

const approvalProcess: Read = (root, file) => {
  const object = approvalIdOf(file).split('.')[0] ?? '';
  return { kept: { kind: 'approval', object, read: (find) => readApproval(root, file, find) } satisfies Kept };
};

const flowDefinition: Read = (root, file) => {
  const flow = flowIdOf(file.replace(/\.flowDefinition(?:-meta\.xml)?$/i, '.flow'));
  return beside({ kind: 'definition', flow, version: Number(root.textOf('activeVersionNumber') ?? 0) });
};

const objectPiece: Read = (root, file) => beside(readObjectPiece(root, file));
const rights: Read = (root, file) => beside({ kind: 'role', role: readRights(root, file) });

/** By the name of the outermost element (Metadata API, "Metadata Types"). */
const readers: Readonly<Record<string, Read>> = {
  Flow: (root, file) => {
    const { workflow, suppressions } = readFlow(root, file);
    return { workflows: [workflow], suppressions };
  },
  FlowDefinition: flowDefinition,
  Workflow: workflowFile,
  ApprovalProcess: approvalProcess,
  CustomObject: (root, file) => beside(readObject(root, file)),
  CustomField: objectPiece,
  RecordType: objectPiece,
  ValidationRule: objectPiece,
  GlobalValueSet: valueSet,
  StandardValueSet: valueSet,
  PermissionSet: rights,
  Profile: rights,
  EmailTemplate: (root, file) => beside({ kind: 'template', template: readTemplate(root, file) }),
  Queue: (root, file) => beside({ kind: 'queue', queue: readQueue(root, file) }),
};

const readerOf = ({ text }: SourceText): Read | undefined => {
  const root = xmlRoot(text);
  if (root === undefined || !Object.hasOwn(readers, root) || !text.includes(namespace)) return undefined;
  return readers[root];
};

const read = (source: SourceText): Imported => {
  const { text, file } = source;
  const reading = readXml(text, file);
  if (reading.kind === 'fault') {
    const { rule, at, says } = reading;
    const isFlow = xmlRoot(text) === 'Flow';
    return {
      ...nothingImported,
      problems: [{ rule, place: at, message: says }],
      ...(isFlow ? { unread: [flowIdOf(file)] } : {}),
    };
  }
  const { root, comments } = reading;
  const found = readerOf(source)?.(root, file) ?? {};
  return {
    ...nothingImported,
    ...found,
    suppressions: [...suppressionsOf(root, comments), ...(found.suppressions ?? [])],
  };
};

/** Salesforce metadata: flows, workflow rules, approval processes, and the objects and permissions beside them. */
export const salesforceImporter: Importer = {
  kind: 'importer',
  name: 'salesforce',
  formats: ['SF', 'WR', 'AP'],
  recognises: (source) => readerOf(source) !== undefined,
  read,
  finish: joinParts,
};
