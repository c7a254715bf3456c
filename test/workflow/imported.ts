import type { Condition } from '../../src/model/workflow/condition.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import type { Path, Value } from '../../src/model/workflow/value.ts';
import type { Importer, SourceText } from '../../src/workflow/importer.ts';
import { projectOf } from '../../src/workflow/project-of.ts';

/** Reads files by one importer, as the project does; files that it does not recognise are left out. */
export const readBy = (
  importer: Importer,
  files: Readonly<Record<string, string>>,
  objects: Readonly<Record<string, string>> = {},
): Project =>
  projectOf(
    Object.entries(files).flatMap(([file, text]) => {
      const object = objects[file];
      const source: SourceText = { file, text, ...(object === undefined ? {} : { object }) };
      return importer.recognises(source) ? [{ file, importer, imported: importer.read(source) }] : [];
    }),
    { now: new Date('2026-11-21T00:00:00Z') },
  );

export const pathText = ({ root, segments }: Path): string =>
  [root.kind === 'record' ? '' : 'step' in root ? root.step : 'name' in root ? root.name : root.kind, ...segments]
    .filter((part) => part !== '')
    .join('.');

/** A value in few words. */
export const shownValue = (value: Value | undefined): unknown => {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'literal':
      return value.value;
    case 'list':
      return value.values.map(shownValue);
    case 'path':
      return `{${pathText(value.path)}}`;
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : shownValue(part))).join('');
    case 'moment':
      return value.offset ? `${value.base} ${value.offset.amount} ${value.offset.unit}` : value.base;
    case 'formula':
    case 'opaque':
      return `?${value.text}${value.reads.length > 0 ? ` <${value.reads.map(pathText).join(' ')}>` : ''}`;
  }
};

/** A condition in few words. */
export const shown = (condition: Condition | undefined): unknown => {
  switch (condition?.kind) {
    case undefined:
      return undefined;
    case 'all':
    case 'any':
      return { [condition.kind]: condition.of.map(shown) };
    case 'not':
      return { not: shown(condition.of) };
    case 'constant':
      return condition.value;
    case 'opaque':
      return `?${condition.text}${condition.reads.length > 0 ? ` <${condition.reads.map(pathText).join(' ')}>` : ''}`;
    case 'test': {
      const right = shownValue(condition.right);
      const words = [String(shownValue(condition.left)).replace(/^\{(.*)\}$/, '$1'), condition.op];
      return right === undefined ? words.join(' ') : `${words.join(' ')} ${JSON.stringify(right)}`;
    }
  }
};

export const shownParty = (party: Party): string => {
  switch (party.kind) {
    case 'address':
      return party.address;
    case 'path':
      return `{${pathText(party.path)}}`;
    case 'opaque':
      return `?${party.text}`;
    case 'user':
    case 'role':
    case 'queue':
    case 'group':
      return `${party.kind}:${party.id}`;
    default:
      return party.kind;
  }
};

interface AnyPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const isPlace = (value: object): value is AnyPlace => 'file' in value && 'line' in value && 'column' in value;

/** Every place in what was read, to see that none is outside its file. */
export const placesOf = (project: Project): readonly AnyPlace[] => {
  const places: AnyPlace[] = [];
  const seen = new Set<object>();
  const todo: unknown[] = [project.workflows, project.problems, project.schema, project.suppressions];
  for (let value = todo.pop(); value !== undefined || todo.length > 0; value = todo.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (isPlace(value)) places.push(value);
    if (value instanceof Map) todo.push(...value.values());
    else todo.push(...Object.values(value));
  }
  return places;
};

/** The places that are in no line of their file. */
export const strayPlaces = (project: Project, files: Readonly<Record<string, string>>): readonly AnyPlace[] => {
  const lines = new Map(Object.entries(files).map(([file, text]) => [file, text.split('\n')]));
  return placesOf(project).filter(({ file, line, column }) => {
    const text = lines.get(file)?.[line - 1];
    return text === undefined || column < 1 || column > text.length + 1;
  });
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const strange: readonly Json[] = [null, -1.5, 'x', '', [[null]], { x: { x: [] } }];

/** The JSON text once for each of its values and each strange value in its stead. */
export function* mutated(text: string): Generator<string> {
  const root: unknown = JSON.parse(text);
  // What JSON.parse gives is JSON.
  const holder = { root: root as Json };
  const visit = function* (parent: Json[] | { [key: string]: Json }, key: string | number): Generator<string> {
    // An index or a key that was taken from the same object a line below.
    const at = parent as { [key: string | number]: Json };
    const original = at[key] as Json;
    for (const other of strange) {
      at[key] = other;
      yield JSON.stringify(holder.root, undefined, 1);
    }
    at[key] = original;
    if (typeof original !== 'object' || original === null) return;
    for (const inner of Object.keys(original)) {
      if (!Array.isArray(original)) {
        const { [inner]: taken, ...rest } = original;
        at[key] = rest;
        yield JSON.stringify(holder.root, undefined, 1);
        at[key] = original;
        if (taken === undefined) continue;
      }
      yield* visit(original, Array.isArray(original) ? Number(inner) : inner);
    }
  };
  yield* visit(holder, 'root');
}
