import { relative, resolve } from 'node:path';
import type { Text } from '../model/text.ts';
import type { Sample } from '../model/workflow/sample.ts';
import { slashed } from './files/find.ts';
import { readBytes } from './files/read-bytes.ts';
import { noSuchPath } from './files/words.ts';
import { logColumns, readCsvLog, readJsonLog } from './samples/log.ts';
import { sampleOf } from './samples/sample.ts';
import { decode } from './source/bytes.ts';
import { listIn, mapIn, missingKey, onlyKeys } from './source/expect.ts';
import { collector, type FileProblem, fileProblem } from './source/file-problem.ts';
import { entryOf } from './source/tree.ts';
import { readYaml } from './source/yaml.ts';

/** The samples of a file; or everything that is wrong with it, and then none of them is used. */
export type SamplesReading =
  | { readonly kind: 'read'; readonly samples: readonly Sample[] }
  | { readonly kind: 'wrong'; readonly problems: readonly [FileProblem, ...FileProblem[]] };

const theFile: Text = { en: 'the file of samples', ja: 'サンプルのファイル' };

const nothing: Text = {
  en: 'the file holds no sample; write "samples:" with a list under it, or an execution log as JSON Lines or CSV',
  ja: 'サンプルがありません。「samples:」の下にリストを書くか、実行ログを JSON Lines または CSV で用意してください',
};

const readList = (
  text: string,
  file: string,
): { readonly samples: readonly Sample[]; readonly problems: readonly FileProblem[] } => {
  const { documents, problems: faults } = readYaml(text, file);
  const { complain, problems } = collector();
  problems.push(...faults.map(fileProblem));
  // Samples of several documents stand one after the other.
  const samples = documents.flatMap(({ root, broken }) => {
    const map = broken ? undefined : mapIn(root, 'samples', complain);
    if (!map) return [];
    onlyKeys(map, ['samples'], theFile, complain);
    const entry = entryOf(map, 'samples');
    if (!entry) complain(missingKey('samples', theFile, map.place));
    const items = (entry && listIn(entry.value, 'samples', complain)?.items) ?? [];
    return items.flatMap((item, index) => {
      const sample = mapIn(item, 'samples', complain);
      return sample ? [sampleOf(sample, index, complain)] : [];
    });
  });
  return { samples, problems };
};

const separators = [',', '\t', ';'];

/** The sign between the columns, where the first line names at least two that we know. */
const separatorOf = (text: string): string | undefined => {
  const first = text.slice(0, 4_096).trimStart().split(/\r?\n/, 1)[0] ?? '';
  return separators.find((separator) => {
    const names = first.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    return names.filter((name) => logColumns.some((column) => column === name)).length >= 2;
  });
};

/** One JSON object a line; a file that is one object with `samples` is a list. */
const isJsonLines = (text: string): boolean => {
  const from = text.trimStart();
  if (!from.startsWith('{')) return false;
  const end = from.indexOf('\n');
  const first = (end < 0 ? from : from.slice(0, end)).trimEnd();
  return first.endsWith('}') && !/^\{\s{0,9}"samples"/.test(first);
};

/** Reads samples: YAML with `samples:`, or an execution log as JSON Lines or CSV; told by content. */
export const readSamplesText = (text: string, file: string): SamplesReading => {
  const problems: FileProblem[] = [];
  const separator = separatorOf(text);
  let samples: readonly Sample[];
  if (separator !== undefined) samples = readCsvLog(text, separator, { file, problems });
  else if (isJsonLines(text)) samples = readJsonLog(text, { file, problems });
  else {
    const list = readList(text, file);
    samples = list.samples;
    problems.push(...list.problems);
  }
  if (samples.length === 0 && problems.length === 0) problems.push({ line: 1, column: 1, path: '', text: nothing });
  const [first, ...others] = problems.toSorted((one, other) => one.line - other.line || one.column - other.column);
  return first ? { kind: 'wrong', problems: [first, ...others] } : { kind: 'read', samples };
};

const mebibyte = 1024 * 1024;
const largest = 64 * mebibyte;

/** Reads the file that `--simulate` names. */
export const readSamples = async (path: string, directory: string): Promise<SamplesReading> => {
  const absolute = resolve(directory, path);
  const read = await readBytes(absolute, largest, 'always');
  const wrong = (text: Text): SamplesReading => ({ kind: 'wrong', problems: [{ line: 1, column: 1, path: '', text }] });
  if (read.kind !== 'bytes') {
    return wrong(noSuchPath(path, read.kind === 'unreadable' ? read.code : read.kind === 'folder' ? 'EISDIR' : 'EIO'));
  }
  const file = slashed(relative(directory, absolute));
  const decoded = decode(read.bytes, file, { bytes: largest, line: mebibyte });
  if (decoded.kind === 'binary') return wrong(nothing);
  if (decoded.kind === 'fault') return { kind: 'wrong', problems: [fileProblem(decoded.problem)] };
  return readSamplesText(decoded.text, file);
};
