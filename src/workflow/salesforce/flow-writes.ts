import type { Assignment } from '../../model/workflow/step.ts';
import type { Path, Root, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { FlowNames } from './flow-names.ts';
import { pathsIn } from './merge-text.ts';
import { valueIn } from './value.ts';

/** What a step writes that saves a record which was filled earlier. */
export interface Filled {
  readonly set: readonly Assignment[];
  /** Something that is not seen here may have filled it too: code, a called flow, whoever started this one. */
  readonly more: boolean;
  /** It holds, or may hold, what was read from a stored record: nothing is changed by that, but a copy has it all. */
  readonly stored: boolean;
}

export interface FlowWrites {
  /** The fields that the flow gives to this record, or to the records that it puts into this list. */
  readonly into: (path: Path) => Filled;
}

interface Known {
  readonly fields: Assignment[];
  /** Records and lists that are put into it as a whole. */
  readonly from: Root[];
  more: boolean;
  stored: boolean;
}

const keyOf = (root: Root): string => {
  switch (root.kind) {
    case 'variable':
      return `variable ${root.name.toLowerCase()}`;
    case 'step':
      return `step ${root.step.toLowerCase()}`;
    case 'item':
      return `item ${root.loop?.toLowerCase() ?? ''}`;
    default:
      return root.kind;
  }
};

/** Steps whose result is made by code or another flow. */
const unseen = new Set(['actionCalls', 'apexPluginCalls', 'subflows', 'transforms', 'screens']);

/** Follows how records are filled, wherever in the flow that is written. */
export const flowWrites = (flow: XmlElement, names: FlowNames): FlowWrites => {
  const known = new Map<string, Known>();
  const at = (root: Root): Known => {
    const key = keyOf(root);
    const found = known.get(key);
    if (found) return found;
    const fresh: Known = { fields: [], from: [], more: false, stored: false };
    known.set(key, fresh);
    return fresh;
  };
  const mark = (element: XmlElement | undefined): void => {
    if (element) at(names.path(element.text.trim(), element.textPlace).root).more = true;
  };

  const assign = (item: XmlElement): void => {
    const to = item.first('assignToReference');
    if (!to) return;
    const path = names.path(to.text.trim(), to.textPlace);
    const value = item.first('value');
    const given: Value = value ? valueIn(value, names) : { kind: 'literal', value: null, place: item.place };
    const target = at(path.root);
    const [field, ...deeper] = path.segments;
    if (field === undefined) {
      for (const whole of pathsIn(given)) target.from.push(whole.root);
    } else if (deeper.length === 0) {
      const simple = item.textOf('operator') === 'Assign';
      const written: Value = simple
        ? given
        : { kind: 'opaque', text: to.text.trim(), reads: [path, ...pathsIn(given)], place: item.place };
      target.fields.push({ field: { name: field, place: to.textPlace }, value: written, place: item.place });
    }
  };

  for (const element of flow.children) {
    const name = element.textOf('name');
    switch (element.name) {
      case 'assignments':
        element.all('assignmentItems').forEach(assign);
        break;
      case 'variables':
        if (name && element.textOf('isInput') === 'true') at(names.path(name, element.place).root).more = true;
        break;
      case 'recordLookups': {
        const into = element.first('outputReference');
        if (name) at({ kind: 'step', step: name }).stored = true;
        if (into) at(names.path(into.text.trim(), into.textPlace).root).stored = true;
        for (const output of element.all('outputAssignments')) {
          const to = output.first('assignToReference');
          if (to) at(names.path(to.text.trim(), to.textPlace).root).stored = true;
        }
        break;
      }
      case 'loops': {
        const over = element.first('collectionReference');
        if (!name || !over) break;
        const item = at({ kind: 'item', loop: name });
        const list = names.path(over.text.trim(), over.textPlace).root;
        item.from.push(list);
        // What is changed in a round is changed in the list.
        at(list).from.push({ kind: 'item', loop: name });
        break;
      }
      case 'collectionProcessors': {
        const over = element.first('collectionReference');
        if (name && over) at({ kind: 'step', step: name }).from.push(names.path(over.text.trim(), over.textPlace).root);
        if (name && element.all('mapItems').length > 0) at({ kind: 'step', step: name }).more = true;
        break;
      }
      default:
        if (unseen.has(element.name) && name) at({ kind: 'step', step: name }).more = true;
    }
    for (const output of [...element.all('outputParameters'), ...element.all('outputAssignments')]) {
      // A lookup fills a variable with what is stored: nothing is changed by that.
      if (element.name !== 'recordLookups') mark(output.first('assignToReference'));
    }
  }
  at({ kind: 'item' }).more = true;
  for (const kind of ['record', 'prior', 'user'] as const) at({ kind }).stored = true;

  const gathered = (root: Root): { fields: readonly Assignment[]; more: boolean; stored: boolean } => {
    const seen = new Set<string>();
    const waiting = [root];
    const fields: Assignment[] = [];
    let more = false;
    let stored = false;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      const one = known.get(key);
      if (!one) continue;
      fields.push(...one.fields);
      more ||= one.more;
      stored ||= one.stored;
      waiting.push(...one.from);
    }
    return { fields, more, stored };
  };

  const remembered = new Map<string, Filled>();
  return {
    into: ({ root }) => {
      const key = keyOf(root);
      const already = remembered.get(key);
      if (already) return already;
      const { fields, more, stored } = gathered(root);
      // Which of several values it will be depends on the way.
      const byField = new Map<string, Assignment[]>();
      for (const field of fields) {
        const name = field.field.name.toLowerCase();
        const same = byField.get(name);
        if (same) same.push(field);
        else byField.set(name, [field]);
      }
      const set = [...byField.values()].flatMap(([first, ...others]) => {
        if (!first || others.length === 0) return first ? [first] : [];
        const reads = [first, ...others].flatMap(({ value }) => pathsIn(value));
        return [{ ...first, value: { kind: 'opaque' as const, text: first.field.name, reads, place: first.place } }];
      });
      const filled = { set, more, stored };
      remembered.set(key, filled);
      return filled;
    },
  };
};
