import type { Place } from '../../model/workflow/place.ts';

/** A single value of a YAML file, with where it stands. */
export interface TreeScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes: `012345` stays `012345` although YAML reads a number. */
  readonly text: string;
  readonly quoted: boolean;
  readonly place: Place;
  /** Where it is in the text of the file, quotes included. */
  readonly range: readonly [start: number, end: number];
}

export interface TreeEntry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: TreeNode;
}

/** Every key once: the second of two is a problem, and left out. */
export interface TreeMap {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
  readonly place: Place;
}

export interface TreeList {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
  readonly place: Place;
}

/** What a YAML file holds, in plain values. What stands behind `*name` is shared, and bounded in depth and size. */
export type TreeNode = TreeScalar | TreeMap | TreeList;

export const entryOf = (map: TreeMap, key: string): TreeEntry | undefined =>
  map.entries.find((entry) => entry.key === key);

/** The value as a program would have it. */
export const plainOf = (node: TreeNode): unknown => {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainOf);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
  }
};
