import type { Project, ReadingProblem, SourceFile } from '../model/workflow/project.ts';
import type { Schema } from '../model/workflow/schema.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { importers } from './importers.generated.ts';
import { joinedSchema } from './join-schema.ts';

const crashed = (importer: Importer, file: string, error: unknown): ReadingProblem => {
  const words = error instanceof Error ? error.message : String(error);
  return {
    rule: 'internal-error',
    place: { file, line: 1, column: 1 },
    message: {
      en: `crm-doctor could not read this file because of a defect of its own (${importer.name}: ${words}). The other files were checked.`,
      ja: `crm-doctor 側の不具合により、このファイルを読めませんでした（${importer.name}: ${words}）。ほかのファイルは検査しました。`,
    },
  };
};

/** What came of one file, and who read it. */
export interface Part {
  readonly file: string;
  readonly importer: Importer;
  readonly imported: Imported;
}

const nothing: Imported = { workflows: [], problems: [], suppressions: [] };

/** Whose file this is, told by content. */
export const recogniserOf = (source: SourceText): Importer | undefined =>
  importers.find((importer) => importer.recognises(source));

/** Reads one text by the importer that recognises it; one that throws loses this file and no other. */
export const importedFrom = (source: SourceText): Part | undefined => {
  for (const importer of importers) {
    try {
      if (importer.recognises(source)) return { file: source.file, importer, imported: importer.read(source) };
    } catch (error) {
      return {
        file: source.file,
        importer,
        imported: { ...nothing, problems: [crashed(importer, source.file, error)] },
      };
    }
  }
  return undefined;
};

/** Joins what belongs together over files. */
const finished = (parts: readonly Part[]): readonly Part[] => {
  const byImporter = new Map<Importer, Part[]>();
  for (const part of parts) {
    const own = byImporter.get(part.importer);
    if (own) own.push(part);
    else byImporter.set(part.importer, [part]);
  }
  return [...byImporter].flatMap(([importer, own]) => {
    if (!importer.finish) return own;
    try {
      return importer.finish(own).map((imported, at) => ({ file: own[at]?.file ?? '', importer, imported }));
    } catch (error) {
      return own.map((part) => ({
        ...part,
        imported: { ...part.imported, problems: [...part.imported.problems, crashed(importer, part.file, error)] },
      }));
    }
  });
};

/** A file that gave nothing but problems may hold anything: what others say of it cannot be proven wrong. */
const roleOf = ({ workflows, problems, schema }: Imported): SourceFile['role'] => {
  if (workflows.length > 0) return 'workflow';
  if (problems.length > 0) return 'unreadable';
  return schema ? 'side' : 'workflow';
};

/** The project that these parts make, with what else is known of the CRM. */
export const projectOf = (
  parts: readonly Part[],
  known: {
    readonly schema?: Schema;
    readonly now: Date;
    readonly files?: readonly SourceFile[];
    readonly problems?: readonly ReadingProblem[];
  },
): Project => {
  const whole = finished(parts).toSorted((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : 0));
  const schemas = whole.flatMap(({ imported }) => imported.schema ?? []);
  return {
    workflows: whole.flatMap(({ imported }) => imported.workflows),
    schema: joinedSchema([...(known.schema ? [known.schema] : []), ...schemas]),
    files: [
      ...whole.map(({ file, importer, imported }): SourceFile => {
        const format = imported.workflows[0]?.format ?? importer.formats[0];
        return {
          file,
          role: roleOf(imported),
          ...(format === undefined ? {} : { format }),
          workflows: imported.workflows.length,
        };
      }),
      ...(known.files ?? []),
    ],
    unread: whole.flatMap(({ imported }) => imported.unread ?? []),
    problems: [...(known.problems ?? []), ...whole.flatMap(({ imported }) => imported.problems)],
    suppressions: whole.flatMap(({ imported }) => imported.suppressions),
    now: known.now,
  };
};
