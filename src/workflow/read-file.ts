import type { ReadingProblem } from '../model/workflow/project.ts';
import type { Wanted } from './files/find.ts';
import { readBytes } from './files/read-bytes.ts';
import { notOurs, unreadableFile } from './files/words.ts';
import type { SourceText } from './importer.ts';
import { importedFrom, type Part, recogniserOf } from './project-of.ts';
import { decode, holdsText, usualLimits } from './source/bytes.ts';
import { readJson } from './source/json.ts';
import { readXml } from './source/xml.ts';
import { readYaml } from './source/yaml.ts';

/** What came of one file. */
export type FileReading =
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'problem'; readonly problem: ReadingProblem }
  /** None of ours. */
  | { readonly kind: 'other' };

/** A file that was named and that nobody recognises may be one that is cut off or broken. */
const faultOf = ({ text, file }: SourceText): ReadingProblem | undefined => {
  const first = text.trimStart()[0];
  if (first === '<') {
    const xml = readXml(text, file);
    if (xml.kind === 'read') return undefined;
    const { rule, at, says } = xml;
    return { rule, place: { ...at, file }, message: says };
  }
  if (first === '{' || first === '[') return readJson(file, text).problems[0];
  return readYaml(text, file).problems[0];
};

const nobodys = (source: SourceText, how: Wanted['how']): FileReading =>
  how === 'named'
    ? { kind: 'problem', problem: faultOf(source) ?? notOurs(source.file, source.text) }
    : { kind: 'other' };

/** What a text says in the place of a file. */
export const readText = ({ how }: Wanted, file: string, text: string, object: string | undefined): FileReading => {
  const source: SourceText = { file, text, ...(object === undefined ? {} : { object }) };
  const part = importedFrom(source);
  return part ? { kind: 'part', part } : nobodys(source, how);
};

/** Reads one file; its text is forgotten when this returns. */
export const readOneFile = async (wanted: Wanted, file: string, object: string | undefined): Promise<FileReading> => {
  const { path, how } = wanted;
  const read = await readBytes(path, usualLimits.bytes, how === 'named' ? 'always' : holdsText);
  if (read.kind === 'unreadable') {
    // A link that leads nowhere is no file at all.
    const gone = how !== 'named' && read.code === 'ENOENT';
    return gone ? { kind: 'other' } : { kind: 'problem', problem: unreadableFile(file, read.code) };
  }
  if (read.kind !== 'bytes') return { kind: 'other' };
  const decoded = decode(read.bytes, file);
  if (decoded.kind === 'binary') {
    return how === 'named' ? { kind: 'problem', problem: notOurs(file, undefined) } : { kind: 'other' };
  }
  if (decoded.kind === 'fault') {
    const ours = how === 'named' || recogniserOf({ file, text: decoded.text }) !== undefined;
    return ours ? { kind: 'problem', problem: decoded.problem } : { kind: 'other' };
  }
  return readText(wanted, file, decoded.text, object);
};
