import { relative, resolve } from 'node:path';
import type { Text } from '../model/text.ts';
import { slashed } from './files/find.ts';
import { readBytes } from './files/read-bytes.ts';
import { noSuchPath } from './files/words.ts';
import { importedFrom, projectOf, recogniserOf } from './project-of.ts';
import { readProject } from './read-project.ts';
import { readSchemaFile, type SchemaReading } from './schema-file.ts';
import { decode } from './source/bytes.ts';
import { fileProblem } from './source/file-problem.ts';

const wrong = (text: Text, line = 1, column = 1): SchemaReading => ({
  kind: 'wrong',
  problems: [{ line, column, path: '', text }],
});

const noSchema = (path: string): Text => ({
  en: `${path}: nothing here describes objects, fields or permissions`,
  ja: `${path}: オブジェクト、項目、権限を説明するファイルがありません`,
});

const now = new Date(0);

/** A folder of metadata, as Salesforce exports it. */
const schemaOfFolder = async (path: string, directory: string): Promise<SchemaReading> => {
  const reading = await readProject({ directory, paths: [path], now });
  if (reading.kind === 'wrong') return wrong(reading.paths[0].text);
  const { schema, problems } = reading.project;
  const nothing = Object.keys(schema).every((key) => key === 'complete' || key === 'ignoreCase');
  if (!nothing) return { kind: 'read', schema };
  const [problem] = problems;
  return problem ? { kind: 'wrong', problems: [fileProblem(problem)] } : wrong(noSchema(path));
};

const mebibyte = 1024 * 1024;
const largest = 16 * mebibyte;

/** The schema that a path names: a schema file, a file that the CRM exports, or a folder of such files. */
export const readSchema = async (path: string, directory: string): Promise<SchemaReading> => {
  const absolute = resolve(directory, path);
  const read = await readBytes(absolute, largest, 'always');
  if (read.kind === 'folder') return schemaOfFolder(path, directory);
  if (read.kind !== 'bytes') return wrong(noSuchPath(path, read.kind === 'unreadable' ? read.code : 'EIO'));
  const file = slashed(relative(directory, absolute));
  const decoded = decode(read.bytes, file, { bytes: largest, line: mebibyte });
  if (decoded.kind === 'binary') return wrong(noSchema(path));
  if (decoded.kind === 'fault') return { kind: 'wrong', problems: [fileProblem(decoded.problem)] };
  const source = { file, text: decoded.text };
  if (!recogniserOf(source)) return readSchemaFile(decoded.text, file);
  const part = importedFrom(source);
  const { schema, problems } = projectOf(part ? [part] : [], { now });
  const [problem] = problems;
  if (problem) return { kind: 'wrong', problems: [fileProblem(problem)] };
  return Object.keys(schema).length > 1 ? { kind: 'read', schema } : wrong(noSchema(path));
};
