import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { unveil } from './variables.ts';

/** `mail[NAME].imap.port` in its parts. A name may hold anything, so the last bracket that fits ends it. */
export interface ConfigPath {
  readonly section: string;
  /** Name of an entry in a list. */
  readonly name?: string;
  readonly keys: readonly string[];
}

export const parsePath = (path: string): ConfigPath | undefined => {
  const parts = /^([\w$-]+)(?:\[([\s\S]*)\])?((?:\.[\w$-]+)*)$/.exec(path);
  if (!parts) return undefined;
  const [, section = '', name, rest = ''] = parts;
  return { section, ...(name === undefined ? {} : { name }), keys: rest.split('.').slice(1) };
};

const textOf = (node: Node, key: string): string | undefined => {
  if (!isMap(node)) return undefined;
  const scalar = node.get(key, true);
  return isScalar(scalar) && scalar.value !== null ? unveil(String(scalar.value)) : undefined;
};

/** The position of an entry in a list: by its name, else by its address (mailboxes), else by its number. */
const indexOf = (items: readonly unknown[], name: string): number => {
  for (const key of ['name', 'address']) {
    const found = items.findIndex((item) => isMap(item) && textOf(item, key) === name);
    if (found >= 0) return found;
  }
  return /^\d+$/.test(name) && Number(name) < items.length ? Number(name) : -1;
};

/** The same path as the YAML library writes it, or undefined where the list has no such entry. */
export const yamlPath = (document: Document.Parsed, path: string): readonly (string | number)[] | undefined => {
  const parsed = parsePath(path);
  if (!parsed) return undefined;
  const { section, name, keys } = parsed;
  if (name === undefined) return [section, ...keys];
  const list = document.get(section);
  const index = isSeq(list) ? indexOf(list.items, name) : -1;
  return index < 0 ? undefined : [section, index, ...keys];
};
