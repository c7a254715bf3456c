import { relative } from 'node:path';
import type { Project, ReadingProblem, SourceFile } from '../model/workflow/project.ts';
import type { Schema } from '../model/workflow/schema.ts';
import { findFiles, slashed, type WrongPath } from './files/find.ts';
import { globPattern } from './files/glob.ts';
import { inOrder } from './files/in-order.ts';
import { unreadableFile } from './files/words.ts';
import { type Part, projectOf } from './project-of.ts';
import { readOneFile, readText } from './read-file.ts';

/** What is to be read. */
export interface ProjectRequest {
  /** The working directory: places name files relative to it. */
  readonly directory: string;
  /** Files, folders and globs, absolute or relative to the working directory. */
  readonly paths: readonly string[];
  /** Globs; a file that is named itself is read all the same. */
  readonly exclude?: readonly string[];
  /** Which object a definition that names none belongs to, by glob. */
  readonly objects?: Readonly<Record<string, string>>;
  readonly schema?: Schema;
  readonly now: Date;
  /** Texts that take the place of files, by their name: to see what a change would do. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Definitions that are no files, by the name that places give them. */
  readonly given?: ReadonlyMap<string, string>;
}

export type ProjectReading =
  | { readonly kind: 'read'; readonly project: Project }
  /** Paths that lead nowhere: an error of the call or of the configuration. */
  | { readonly kind: 'wrong'; readonly paths: readonly [WrongPath, ...WrongPath[]] };

/** More files at once make nothing faster, and each is in memory while it is read. */
const atOnce = 8;

const objectFor = (request: ProjectRequest): ((file: string) => string | undefined) => {
  const patterns = Object.entries(request.objects ?? {}).map(([glob, object]) => ({
    pattern: globPattern(glob),
    object,
  }));
  const objects = request.schema?.objects;
  const [only] = objects?.size === 1 ? [...objects.keys()] : [];
  return (file) => patterns.find(({ pattern }) => pattern.test(file))?.object ?? only;
};

/** Reads all definitions of a run into one project. A file that cannot be read is one problem; the others are read. */
export const readProject = async (request: ProjectRequest): Promise<ProjectReading> => {
  const { directory, paths, exclude = [], schema, now } = request;
  const { wanted, unreadable, wrong } = await findFiles(paths, { directory, exclude });
  const [first, ...others] = wrong;
  if (first) return { kind: 'wrong', paths: [first, ...others] };
  const nameOf = (path: string): string => slashed(relative(directory, path)) || '.';
  const objectOf = objectFor(request);
  const readings = await inOrder(wanted, atOnce, async (one) => {
    const file = nameOf(one.path);
    const object = objectOf(file);
    const text = request.texts?.get(file);
    return text === undefined ? readOneFile(one, file, object) : readText(one, file, text, object);
  });
  const named = [...(request.given ?? [])].map(([file, text]) => {
    const one = { path: file, how: 'named' } as const;
    return { one, file, reading: readText(one, file, text, objectOf(file)) };
  });
  const parts: Part[] = [];
  const files: SourceFile[] = [];
  const problems: ReadingProblem[] = unreadable.map(({ path, code }) => unreadableFile(nameOf(path), code));
  const onDisk = readings.flatMap((reading, at) => {
    const one = wanted[at];
    return one ? [{ one, file: nameOf(one.path), reading }] : [];
  });
  for (const { one, file, reading } of [...onDisk, ...named]) {
    switch (reading.kind) {
      case 'part': {
        // A file beside another is asked for its schema only.
        const isDefinition = reading.part.imported.workflows.length > 0;
        if (one.how !== 'beside' || !isDefinition) parts.push(reading.part);
        break;
      }
      case 'problem':
        if (one.how === 'beside') break;
        problems.push(reading.problem);
        files.push({ file, role: 'unreadable', workflows: 0 });
        break;
      case 'other':
        if (one.how !== 'beside') files.push({ file, role: 'other', workflows: 0 });
    }
  }
  const project = projectOf(parts, { ...(schema ? { schema } : {}), now, files, problems });
  return { kind: 'read', project };
};
