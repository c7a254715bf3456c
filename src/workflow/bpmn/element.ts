import type { XmlElement } from '../source/xml-element.ts';

/** What an element is in the graph of a process (BPMN 2.0, chapter 10). */
export type Kind = 'start' | 'end' | 'catch' | 'throw' | 'boundary' | 'gateway' | 'activity' | 'container' | 'call';

const kinds: Readonly<Record<string, Kind>> = {
  startEvent: 'start',
  endEvent: 'end',
  intermediateCatchEvent: 'catch',
  intermediateThrowEvent: 'throw',
  boundaryEvent: 'boundary',
  exclusiveGateway: 'gateway',
  parallelGateway: 'gateway',
  inclusiveGateway: 'gateway',
  eventBasedGateway: 'gateway',
  complexGateway: 'gateway',
  task: 'activity',
  userTask: 'activity',
  manualTask: 'activity',
  serviceTask: 'activity',
  sendTask: 'activity',
  receiveTask: 'activity',
  scriptTask: 'activity',
  businessRuleTask: 'activity',
  subProcess: 'container',
  adHocSubProcess: 'container',
  transaction: 'container',
  callActivity: 'call',
};

/** Elements of a process that are no part of its flow. */
const beside = new Set([
  'sequenceFlow',
  'laneSet',
  'dataObject',
  'dataObjectReference',
  'dataStoreReference',
  'association',
  'textAnnotation',
  'group',
  'documentation',
  'extensionElements',
  'ioSpecification',
  'property',
  'dataInputAssociation',
  'dataOutputAssociation',
  'dataInput',
  'dataOutput',
  'incoming',
  'outgoing',
  'monitoring',
  'auditing',
  'performer',
  'humanPerformer',
  'potentialOwner',
  'resourceRole',
  'correlationSubscription',
  'supports',
  'artifact',
  'completionCondition',
  'standardLoopCharacteristics',
  'multiInstanceLoopCharacteristics',
]);

export const kindOf = (element: XmlElement): Kind | undefined =>
  Object.hasOwn(kinds, element.name) ? kinds[element.name] : undefined;

export const isBeside = ({ name }: XmlElement): boolean => beside.has(name) || /EventDefinition$/.test(name);

export const idOf = (element: XmlElement): string => element.attribute('id')?.value ?? element.pointer;

export const nameOf = (element: XmlElement): string | undefined => {
  const name = element.attribute('name')?.value.replace(/\s+/g, ' ').trim();
  return name === '' ? undefined : name;
};

/** `timer`, `message`, `signal`, `error`, `terminate`, `link` …; a plain event has none. */
export const eventOf = (
  element: XmlElement,
): { readonly kind: string; readonly definition: XmlElement } | undefined => {
  const definition = element.children.find(({ name }) => /EventDefinition$/.test(name));
  return definition && { kind: definition.name.replace(/EventDefinition$/, ''), definition };
};

/** A reference may carry a prefix (`tns:Message_1`). */
export const reference = (text: string): string => text.slice(text.lastIndexOf(':') + 1);
