import type { SourceText } from '../importer.ts';
import { type JsonFile, readJson } from './json.ts';
import { itemsOf } from './json-read.ts';
import type { JsonValue } from './json-value.ts';

// A file is asked for by each importer of a JSON format in turn; it is read once, and forgotten with its text.
const read = new WeakMap<SourceText, JsonFile>();

/** The JSON of a file. */
export const jsonOf = (source: SourceText): JsonFile => {
  const known = read.get(source);
  if (known) return known;
  const json = readJson(source.file, source.text);
  read.set(source, json);
  return json;
};

/** Whether a text may be JSON and names all of these keys; cheap enough to ask of every file. */
export const mentions = ({ text }: SourceText, ...keys: readonly string[]): boolean =>
  /^\uFEFF?\s{0,1000}[{[]/.test(text) && keys.every((key) => text.includes(`"${key}"`));

/** A list stands for its items: exports of several definitions are lists of what an export of one is. */
export const oneOrMany = (root: JsonValue | undefined): readonly JsonValue[] =>
  root === undefined ? [] : root.kind === 'list' ? itemsOf(root) : [root];

/**
 * Whether the file is of the format that this tells by its values. One that cannot be read is taken for what its keys look like,
 * so that its fault is told.
 */
export const isJsonOf = (
  source: SourceText,
  keys: readonly string[],
  fits: (definition: JsonValue) => boolean,
): boolean => {
  if (!mentions(source, ...keys)) return false;
  const { root, problems } = jsonOf(source);
  if (root === undefined) return problems.length > 0;
  return oneOrMany(root).slice(0, 100).some(fits);
};
