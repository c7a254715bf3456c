import type { XmlElement } from '../source/xml-element.ts';
import { idOf, isBeside, kindOf } from './element.ts';

export interface Flow {
  readonly element: XmlElement;
  readonly from: string;
  readonly to: string;
  readonly condition?: XmlElement;
}

/** The sequence flows and the elements of one process or subprocess, without what is inside of its subprocesses. */
export interface Scope {
  readonly nodes: readonly XmlElement[];
  readonly out: (id: string) => readonly Flow[];
  readonly into: (id: string) => readonly Flow[];
  /** Elements that are neither flow nor known to stand beside it. */
  readonly unknown: readonly XmlElement[];
}

export const scopeOf = (container: XmlElement): Scope => {
  const out = new Map<string, Flow[]>();
  const into = new Map<string, Flow[]>();
  const add = (map: Map<string, Flow[]>, key: string, flow: Flow): void => {
    const list = map.get(key);
    if (list) list.push(flow);
    else map.set(key, [flow]);
  };
  for (const element of container.all('sequenceFlow')) {
    const from = element.attribute('sourceRef')?.value;
    const to = element.attribute('targetRef')?.value;
    if (from === undefined || to === undefined) continue;
    const condition = element.first('conditionExpression');
    const flow = { element, from, to, ...(condition && condition.text.trim() !== '' ? { condition } : {}) };
    add(out, from, flow);
    add(into, to, flow);
  }
  return {
    nodes: container.children.filter((element) => kindOf(element) !== undefined),
    out: (id) => out.get(id) ?? [],
    into: (id) => into.get(id) ?? [],
    unknown: container.children.filter((element) => kindOf(element) === undefined && !isBeside(element)),
  };
};

/** The attribute `default` of a gateway or activity names one of its flows. */
export const defaultFlow = (element: XmlElement, flows: readonly Flow[]): Flow | undefined => {
  const id = element.attribute('default')?.value;
  return id === undefined ? undefined : flows.find((flow) => idOf(flow.element) === id);
};
