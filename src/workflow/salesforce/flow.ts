import type { Named } from '../../model/workflow/place.ts';
import type { ReadingProblem, Suppression } from '../../model/workflow/project.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Defect, Workflow } from '../../model/workflow/workflow.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { suppressionsInDescription } from '../source/xml-suppressions.ts';
import { flowNames } from './flow-names.ts';
import { namedIn } from './flow-parts.ts';
import type { FlowReader } from './flow-reader.ts';
import { stepsOf } from './flow-steps.ts';
import { kindOf, phaseOf, processSetting, runAsOf, triggersOf } from './flow-triggers.ts';
import { variablesOf } from './flow-variables.ts';
import { flowWrites } from './flow-writes.ts';
import { labelOf } from './label.ts';
import { mergedText } from './merge-text.ts';

const statuses: Readonly<Record<string, Workflow['status']>> = {
  Active: 'active',
  Draft: 'draft',
  Obsolete: 'obsolete',
  InvalidDraft: 'invalid',
};

/** Elements of a flow that run (Metadata API, Flow). */
const stepElements = new Set([
  'decisions',
  'assignments',
  'recordLookups',
  'recordCreates',
  'recordUpdates',
  'recordDeletes',
  'recordRollbacks',
  'actionCalls',
  'apexPluginCalls',
  'subflows',
  'loops',
  'screens',
  'waits',
  'steps',
  'customErrors',
  'collectionProcessors',
  'transforms',
  'orchestratedStages',
  'steppedStages',
  'experiments',
  'ends',
]);
/** Settings and resources. */
const otherElements = new Set([
  'actionCategory',
  'apiVersion',
  'areMetricsLoggedToDataCloud',
  'capacityTypes',
  'choices',
  'constants',
  'customProperties',
  'description',
  'dynamicChoiceSets',
  'environments',
  'formulas',
  'fullName',
  'interviewLabel',
  'isAdditionalPermissionRequiredToRun',
  'isOverridable',
  'isTemplate',
  'label',
  'migratedFromWorkflowRuleName',
  'overriddenFlow',
  'processMetadataValues',
  'processType',
  'runInMode',
  'sourceTemplate',
  'stages',
  'start',
  'startElementReference',
  'status',
  'textTemplates',
  'timeZoneSidKey',
  'triggerOrder',
  'triggerType',
  'urls',
  'variables',
]);

/** Oldest version that still runs (21.0 to 30.0 were retired in 2025), and the newest that is known here. */
const oldestVersion = 31;
const newestVersion = 68;

/** `Some_Flow` of `flows/Some_Flow.flow-meta.xml`; older exports wrote the version behind it. */
export const flowIdOf = (file: string): string =>
  file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.flow(?:-meta\.xml)?$|\.xml$/i, '')
    .replace(/-\d{1,6}$/, '');

export interface FlowReading {
  readonly workflow: Workflow;
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly ReadingProblem[];
}

const objectOfVariables = (flow: XmlElement): ((path: Path) => Named | undefined) => {
  const objects = new Map<string, Named>();
  for (const variable of flow.all('variables')) {
    const name = variable.textOf('name')?.toLowerCase();
    const object = namedIn(variable, 'objectType');
    if (name && object) objects.set(name, object);
  }
  return ({ root, segments }) =>
    root.kind === 'variable' && segments.length === 0 ? objects.get(root.name.toLowerCase()) : undefined;
};

const objectOf = (flow: XmlElement): Named | undefined => {
  const start = flow.first('start');
  const own = start ? namedIn(start, 'object') : undefined;
  if (own) return own;
  const process = processSetting(flow, 'ObjectType');
  return process ? { name: process.text.trim(), place: process.textPlace } : undefined;
};

/** Reads one flow. */
export const readFlow = (flow: XmlElement, file: string): FlowReading => {
  const names = flowNames(flow);
  const defects: Defect[] = [];
  const object = objectOf(flow);
  const kind = kindOf(flow);
  const process = flow.first('processType');
  const isProcess = /^(?:Workflow|CustomEvent|InvocableProcess)$/.test(process?.text.trim() ?? '');
  const reader: FlowReader = {
    names,
    defect: (defect) => defects.push(defect),
    writes: flowWrites(flow, names),
    object: object?.name,
    phase: phaseOf(flow),
    isProcess,
    text: (element) => mergedText(element, names.value),
    objectOf: objectOfVariables(flow),
  };

  const triggers = triggersOf(flow, kind, reader);
  const steps = flow.children.flatMap((element) => {
    const isStep = stepElements.has(element.name) || (!otherElements.has(element.name) && element.first('locationX'));
    return isStep ? stepsOf(element, reader) : [];
  });
  const unknown = flow.children
    .filter(({ name }) => !stepElements.has(name) && !otherElements.has(name))
    .map(({ name, place }): Named => ({ name, place }));

  if (triggers.length === 0) defects.push({ rule: 'trigger-missing', what: 'start', place: flow.place });
  const status = flow.first('status');
  const word = status?.text.trim() ?? 'Active';
  if (status && !Object.hasOwn(statuses, word)) {
    const allowed = Object.keys(statuses);
    defects.push({ rule: 'trigger-invalid-enum', what: 'status', found: word, allowed, place: status.textPlace });
  }
  if (process && isProcess) {
    defects.push({ rule: 'maint-legacy', what: 'processType', found: process.text.trim(), place: process.textPlace });
  }
  const version = flow.first('apiVersion');
  const number = Number(version?.text.trim() ?? Number.NaN);
  if (version && (number < oldestVersion || number > newestVersion)) {
    defects.push({
      rule: 'maint-api-version',
      what: 'apiVersion',
      found: version.text.trim(),
      allowed: [`${oldestVersion}.0`, `${newestVersion}.0`],
      place: version.textPlace,
    });
  }

  const label = labelOf(flow.textOf('label'));
  const description = flow.textOf('description');
  const order = Number(flow.textOf('triggerOrder') ?? Number.NaN);
  return {
    workflow: {
      id: flowIdOf(file),
      ...(label ? { label } : {}),
      format: 'SF',
      ...(version ? { version: version.text.trim() } : {}),
      kind,
      status: (Object.hasOwn(statuses, word) ? statuses[word] : undefined) ?? 'active',
      ...(status ? { statusPlace: status.textPlace } : {}),
      ...(object ? { object } : {}),
      triggers,
      ...runAsOf(flow, kind, reader),
      ...(Number.isFinite(order) ? { order } : {}),
      variables: variablesOf(flow, names),
      steps,
      ...(description ? { description } : {}),
      defects,
      unknown,
      place: flow.place,
    },
    suppressions: [flow, ...flow.children].flatMap((element) => {
      const said = element.first('description');
      return said ? suppressionsInDescription(element, said) : [];
    }),
    problems: [],
  };
};
