import type { Text } from '../../model/text.ts';
import type { Place } from '../../model/workflow/place.ts';
import { listIn, wrongValue } from '../source/expect.ts';
import { entryOf, type TreeMap, type TreeNode } from '../source/tree.ts';
import { type Scope, wrong } from './scope.ts';

/** A step by its place in the file, before it is known what it does. */
export interface Outline {
  readonly id: string;
  readonly map: TreeMap;
  readonly place: Place;
  readonly inside: readonly string[];
  readonly loop?: string;
  /** The steps inside of it, by the way to them: `then`, `branch.2.steps`. */
  readonly children: ReadonlyMap<string, readonly Outline[]>;
}

interface Around {
  readonly position: string;
  readonly inside: readonly string[];
  readonly loop?: string;
}

/** Keys of a step that hold steps. */
const nested = ['then', 'else', 'steps', 'approved', 'rejected', 'onError'] as const;

const aStep: Text = {
  en: 'a step such as { mail: … } or { update: record, … }',
  ja: '{ mail: … } や { update: record, … } のようなステップ',
};

const idTwice = (id: string, place: Place, first: number, scope: Scope): void => {
  wrong(
    scope,
    place,
    {
      en: `the id ${id} is already that of a step in line ${first}; {{${id}.…}} and next: mean that one`,
      ja: `ID ${id} は ${first} 行目のステップで使われています。{{${id}.…}} や next: はそちらを指します`,
    },
    { en: 'give this step another id', ja: 'このステップに別の ID を付けてください' },
  );
};

interface Ids {
  readonly scope: Scope;
  readonly lines: Map<string, number>;
}

const idOf = (map: TreeMap, position: string, ids: Ids): string => {
  const node = entryOf(map, 'id')?.value;
  const text = node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
  const first = text === undefined ? undefined : ids.lines.get(text);
  if (text !== undefined && node && first !== undefined) idTwice(text, node.place, first, ids.scope);
  const id = text === undefined || first !== undefined ? position : text;
  ids.lines.set(id, (node ?? map).place.line);
  return id;
};

const branchChildren = (node: TreeNode, around: Around, ids: Ids): readonly (readonly [string, readonly Outline[]])[] =>
  (node.kind === 'list' ? node.items : []).flatMap((item, index) =>
    (['steps', 'else'] as const).flatMap((key) => {
      const steps = item.kind === 'map' ? entryOf(item, key)?.value : undefined;
      const way = `branch.${index + 1}.${key}`;
      if (!steps) return [];
      return [[way, outline(steps, { ...around, position: `${around.position}.${way}` }, ids)] as const];
    }),
  );

const outlineStep = (map: TreeMap, around: Around, ids: Ids): Outline => {
  const id = idOf(map, around.position, ids);
  const inside = { ...around, inside: [...around.inside, id] };
  const children = new Map<string, readonly Outline[]>();
  const isLoop = entryOf(map, 'loop') !== undefined;
  // A branch has `steps` and `else` in its items.
  for (const key of nested) {
    const steps = entryOf(map, key)?.value;
    if (!steps) continue;
    const loop = isLoop && key === 'steps' ? { loop: id } : {};
    children.set(key, outline(steps, { ...inside, ...loop, position: `${around.position}.${key}` }, ids));
  }
  const branch = entryOf(map, 'branch')?.value;
  if (branch) for (const [way, steps] of branchChildren(branch, inside, ids)) children.set(way, steps);
  return {
    id,
    map,
    place: map.place,
    inside: around.inside,
    ...(around.loop === undefined ? {} : { loop: around.loop }),
    children,
  };
};

// As deep as the file is nested, which is bounded where it is read.
const outline = (node: TreeNode, around: Around, ids: Ids): readonly Outline[] => {
  const prefix = around.position === '' ? '' : `${around.position}.`;
  return (listIn(node, 'steps', ids.scope.complain)?.items ?? []).flatMap((item, index) => {
    if (item.kind === 'map') return [outlineStep(item, { ...around, position: `${prefix}${index + 1}` }, ids)];
    ids.scope.complain(wrongValue('steps', aStep, item));
    return [];
  });
};

/** The steps of a workflow and those of its error path, each with an id of its own. */
export const outlineOf = (
  steps: TreeNode | undefined,
  onError: TreeNode | undefined,
  scope: Scope,
): { readonly steps: readonly Outline[]; readonly onError: readonly Outline[]; readonly ids: ReadonlySet<string> } => {
  const ids: Ids = { scope, lines: new Map() };
  const main = steps ? outline(steps, { position: '', inside: [] }, ids) : [];
  const errors = onError ? outline(onError, { position: 'onError', inside: [] }, ids) : [];
  return { steps: main, onError: errors, ids: new Set(ids.lines.keys()) };
};
