import type { Project, ReadingProblem, SourceFile } from '../model/workflow/project.ts';
import type { Schema } from '../model/workflow/schema.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { importers } from './importers.generated.ts';

const mergedMap = <Value>(
  one: ReadonlyMap<string, Value> | undefined,
  other: ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, Value> | undefined => (one && other ? new Map([...other, ...one]) : (one ?? other));

/** Two views of one CRM; what the first says counts more. */
export const mergedSchema = (one: Schema, other: Partial<Schema>): Schema => {
  const parts = {
    objects: mergedMap(one.objects, other.objects),
    users: mergedMap(one.users, other.users),
    queues: mergedMap(one.queues, other.queues),
    roles: mergedMap(one.roles, other.roles),
    templates: mergedMap(one.templates, other.templates),
    recordTypes: mergedMap(one.recordTypes, other.recordTypes),
    senders: one.senders ?? other.senders,
    inbound: one.inbound ?? other.inbound,
    lists: one.lists ?? other.lists,
    timeZone: one.timeZone ?? other.timeZone,
    ignoreCase: one.ignoreCase ?? other.ignoreCase,
  };
  // Parts that neither knows stay absent.
  const known = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return { ...known, complete: one.complete || other.complete === true };
};

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

interface Part {
  readonly file: string;
  readonly importer: Importer;
  readonly imported: Imported;
}

const nothing: Imported = { workflows: [], problems: [], suppressions: [] };

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
  for (const part of parts) byImporter.set(part.importer, [...(byImporter.get(part.importer) ?? []), part]);
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
  let schema: Schema = known.schema ?? { complete: false };
  for (const { imported } of whole) if (imported.schema) schema = mergedSchema(schema, imported.schema);
  return {
    workflows: whole.flatMap(({ imported }) => imported.workflows),
    schema,
    files: [
      ...whole.map(({ file, importer, imported }): SourceFile => {
        const format = imported.workflows[0]?.format ?? importer.formats[0];
        return {
          file,
          role: imported.workflows.length > 0 || imported.problems.length > 0 || !imported.schema ? 'workflow' : 'side',
          ...(format === undefined ? {} : { format }),
          workflows: imported.workflows.length,
        };
      }),
      ...(known.files ?? []),
    ],
    problems: [...(known.problems ?? []), ...whole.flatMap(({ imported }) => imported.problems)],
    suppressions: whole.flatMap(({ imported }) => imported.suppressions),
    now: known.now,
  };
};
