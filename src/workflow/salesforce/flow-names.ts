import type { Place } from '../../model/workflow/place.ts';
import type { Path, Root, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';

/** What a name of a flow stands for. */
export interface FlowNames {
  readonly path: (text: string, place: Place) => Path;
  /** A reference as a value: a path, or what a global constant stands for. */
  readonly value: (text: string, place: Place) => Value;
  /** A collection variable, by name. */
  readonly isList: (name: string) => boolean;
  /** A variable that is another name for a record which the platform keeps: the round of a loop, a process's record. */
  readonly isAlias: (name: string) => boolean;
}

/** Elements whose result is used under their own name. */
const results = new Set([
  'recordLookups',
  'recordCreates',
  'recordUpdates',
  'actionCalls',
  'apexPluginCalls',
  'subflows',
  'collectionProcessors',
  'transforms',
  'screens',
]);
const resources = new Set(['variables', 'constants', 'formulas', 'textTemplates', 'choices', 'dynamicChoiceSets']);

const globalConstants: Readonly<Record<string, string | boolean>> = { true: true, false: false, emptystring: '' };

/** Everything below these that has a name can be referred to: outcomes, screen fields, wait events, stage steps. */
const inner: Readonly<Record<string, readonly string[]>> = {
  decisions: ['rules'],
  screens: ['fields'],
  waits: ['waitEvents'],
  orchestratedStages: ['stageSteps'],
  steppedStages: ['steps'],
};

/** Columns of a section of a screen and what is inside them, down to where fields end. */
const fieldsOf = (screen: XmlElement): readonly XmlElement[] => {
  const found: XmlElement[] = [];
  const waiting = [...screen.all('fields')];
  for (let field = waiting.pop(); field; field = waiting.pop()) {
    found.push(field);
    waiting.push(...field.all('fields'));
  }
  return found;
};

/** The variables that stand for the record in processes: `myVariable_current`, `myVariable_old`. */
const processRecord: Readonly<Record<string, Root>> = {
  myvariable_current: { kind: 'record' },
  myvariable_old: { kind: 'prior' },
};

const own = (table: Readonly<Record<string, Root>>, name: string): Root | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const rootsOf = (flow: XmlElement): ReadonlyMap<string, Root> => {
  const roots = new Map<string, Root>();
  const add = (name: string | undefined, root: Root): void => {
    if (name) roots.set(name.toLowerCase(), root);
  };
  for (const element of flow.children) {
    const name = element.textOf('name');
    if (!name) continue;
    if (resources.has(element.name)) add(name, { kind: 'variable', name });
    else if (element.name === 'loops') add(name, { kind: 'item', loop: name });
    else if (results.has(element.name)) add(name, { kind: 'step', step: name });
    // Decisions, stages, elements of a newer version: what they give is known to the platform.
    else add(name, { kind: 'system', name });
  }
  for (const element of flow.children) {
    const name = element.textOf('name');
    if (!name) continue;
    if (element.name === 'screens') {
      for (const field of fieldsOf(element)) {
        const word = field.textOf('name');
        if (word && !roots.has(word.toLowerCase())) add(word, { kind: 'step', step: name });
      }
    } else {
      for (const child of (inner[element.name] ?? []).flatMap((each) => element.all(each))) {
        const word = child.textOf('name');
        if (word && !roots.has(word.toLowerCase())) add(word, { kind: 'system', name: word });
      }
    }
  }
  return roots;
};

/** The variables in which loops and filters keep the record of each round; where several use one, no loop is named. */
const roundVariables = (flow: XmlElement): ReadonlyMap<string, Root> => {
  const roots = new Map<string, Root>();
  for (const processor of flow.all('collectionProcessors')) {
    const into = processor.textOf('assignNextValueToReference')?.toLowerCase();
    if (into !== undefined) roots.set(into, { kind: 'item' });
  }
  for (const loop of flow.all('loops')) {
    const into = loop.textOf('assignNextValueToReference')?.toLowerCase();
    const name = loop.textOf('name');
    if (into === undefined || name === undefined) continue;
    roots.set(into, roots.has(into) ? { kind: 'item' } : { kind: 'item', loop: name });
  }
  return roots;
};

const globals: Readonly<Record<string, Root>> = {
  $record: { kind: 'record' },
  $record__prior: { kind: 'prior' },
  $user: { kind: 'user' },
};

/** `list[0].Field` is the list's, and `Owner:User.Name` goes over the owner, who is a user here. */
const wordOf = (word: string): string => {
  const end = word.search(/[[:]/);
  return end > 0 ? word.slice(0, end) : word;
};

/** Reads the names of a flow. They are compared without letter case, as the platform does. */
export const flowNames = (flow: XmlElement): FlowNames => {
  const roots = rootsOf(flow);
  const screenFields = new Set(
    flow.all('screens').flatMap((screen) => fieldsOf(screen).map((field) => field.textOf('name')?.toLowerCase())),
  );
  const items = roundVariables(flow);
  const isProcess = /^(?:Workflow|CustomEvent|InvocableProcess)$/.test(flow.textOf('processType') ?? '');
  const lists = new Set(
    flow
      .all('variables')
      .filter((variable) => variable.textOf('isCollection') === 'true')
      .map((variable) => variable.textOf('name')?.toLowerCase()),
  );

  const rootOf = (word: string): Root => {
    const name = word.toLowerCase();
    const known =
      own(globals, name) ?? (isProcess ? own(processRecord, name) : undefined) ?? items.get(name) ?? roots.get(name);
    if (known) return known;
    return name.startsWith('$') ? { kind: 'system', name: word } : { kind: 'undefined', name: word };
  };

  const path = (text: string, place: Place): Path => {
    const words = text.split('.').map(wordOf);
    const [first = '', ...segments] = words;
    if (/^\$flow$/i.test(first) && /^(?:faultmessage|interviewguid)$/i.test(segments[0] ?? '')) {
      return /^fault/i.test(segments[0] ?? '')
        ? { root: { kind: 'error' }, segments: ['message'], text, place }
        : { root: { kind: 'system', name: '$Flow' }, segments, text, place };
    }
    const root = rootOf(first);
    // A field of a screen is looked up by its own name and belongs to the screen.
    const isField = root.kind === 'step' && screenFields.has(first.toLowerCase());
    return { root, segments: isField ? [first, ...segments] : segments, text, place };
  };

  const value = (text: string, place: Place): Value => {
    const lower = text.toLowerCase();
    if (lower.startsWith('$globalconstant.')) {
      const constant = globalConstants[lower.slice('$globalconstant.'.length)];
      if (constant !== undefined) return { kind: 'literal', value: constant, place };
    }
    if (lower === '$flow.currentdate') return { kind: 'moment', base: 'today', place };
    if (lower === '$flow.currentdatetime') return { kind: 'moment', base: 'now', place };
    return { kind: 'path', path: path(text, place), place };
  };

  const isAlias = (name: string): boolean =>
    items.has(name.toLowerCase()) || (isProcess && Object.hasOwn(processRecord, name.toLowerCase()));
  return { path, value, isList: (name) => lists.has(name.toLowerCase()), isAlias };
};
