import type { ObjectSchema } from '../model/workflow/schema.ts';
import type { Workflow } from '../model/workflow/workflow.ts';
import { nothingImported } from './build.ts';
import type { Imported, Importer } from './importer.ts';
import { isFieldsFile, isRightsFile, objectOfFields, withStates } from './kintone/fields.ts';
import { processOf } from './kintone/process.ts';
import { type AppRights, rightsOf, rolesOf } from './kintone/rights.ts';
import { member } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import type { JsonValue } from './source/json-value.ts';

/** What one file of an app holds; the app is told by `workflow.objects`, else by the folder in which its files stand. */
interface Kept {
  readonly folder: string;
  readonly object: string | undefined;
  readonly processes: readonly JsonValue[];
  readonly fields: readonly JsonValue[];
  readonly rights: readonly JsonValue[];
}

const isProcess = (root: JsonValue): boolean => {
  const actions = member(root, 'actions');
  const states = member(root, 'states');
  return (
    member(root, 'enable') !== undefined &&
    (states?.kind === 'record' || states?.kind === 'null') &&
    (actions?.kind === 'list' || actions?.kind === 'null')
  );
};

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

const isKept = (kept: unknown): kept is Kept => typeof kept === 'object' && kept !== null && 'processes' in kept;

/** The name of the app: as configured for one of its files, else its folder's. */
const nameOf = (own: readonly Kept[], folder: string): string =>
  own.find(({ object }) => object !== undefined)?.object ?? (folder.slice(folder.lastIndexOf('/') + 1) || 'app');

interface App {
  readonly object: ObjectSchema | undefined;
  readonly name: string;
  readonly rights: readonly AppRights[];
}

const appOf = (own: readonly Kept[], folder: string): App => {
  const name = nameOf(own, folder);
  const [fields] = own.flatMap((kept) => kept.fields);
  const rights = own.flatMap((kept) => kept.rights.map((root) => rightsOf(root, name)));
  return { name, rights, object: fields && objectOfFields(fields, name) };
};

const workflowsOf = (file: string, kept: Kept, app: App | undefined): readonly Workflow[] => {
  const base = file.replace(/\.json$/i, '');
  return kept.processes.map((root, at) =>
    processOf(root, {
      id: at === 0 ? base : `${base}#${at + 1}`,
      object: kept.object ?? (app?.object ? app.name : undefined),
      fieldOf: (code) => app?.object?.fields.get(code),
    }),
  );
};

const finish = (parts: readonly { readonly file: string; readonly imported: Imported }[]): readonly Imported[] => {
  const folders = new Map<string, Kept[]>();
  for (const { imported } of parts) {
    if (!isKept(imported.kept)) continue;
    folders.set(imported.kept.folder, [...(folders.get(imported.kept.folder) ?? []), imported.kept]);
  }
  const apps = new Map([...folders].map(([folder, own]) => [folder, appOf(own, folder)]));
  const objects = [...apps.values()].flatMap(({ object }) => (object ? [object.name] : []));
  let roles = rolesOf(
    [...apps.values()].flatMap(({ rights }) => rights),
    objects,
  );
  const done = new Set<string>();
  return parts.map(({ file, imported }) => {
    const { kept } = imported;
    if (!isKept(kept)) return imported;
    const app = apps.get(kept.folder);
    const workflows = workflowsOf(file, kept, app);
    // Objects and roles are handed over once, by the first file that tells of them.
    const tells = kept.fields.length > 0 || kept.rights.length > 0;
    const own = tells && app?.object && !done.has(kept.folder) ? app.object : undefined;
    if (own) done.add(kept.folder);
    const states = own
      ? parts.flatMap((part) =>
          isKept(part.imported.kept) && part.imported.kept.folder === kept.folder
            ? workflowsOf(part.file, part.imported.kept, app).flatMap((workflow) => workflow.states ?? [])
            : [],
        )
      : [];
    const object =
      own && states.length > 0
        ? withStates(
            own,
            states.map(({ id }) => id),
          )
        : own;
    const shared = tells ? roles : undefined;
    if (tells) roles = undefined;
    const { kept: _, ...rest } = imported;
    return {
      ...rest,
      workflows,
      ...(tells
        ? {
            schema: {
              ...(object ? { objects: new Map([[object.name, object]]) } : {}),
              ...(shared ? { roles: shared } : {}),
            },
          }
        : {}),
    };
  });
};

export const kintone: Importer = {
  kind: 'importer',
  name: 'kintone',
  formats: ['KI'],
  recognises: (source) =>
    isJsonOf(source, ['states', 'actions', 'enable'], isProcess) ||
    isJsonOf(source, ['properties', 'code', 'revision'], isFieldsFile) ||
    isJsonOf(source, ['rights', 'revision'], isRightsFile),
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const definitions = oneOrMany(root);
    const kept: Kept = {
      folder: folderOf(source.file),
      object: source.object,
      processes: definitions.filter(isProcess),
      fields: definitions.filter(isFieldsFile),
      rights: definitions.filter(isRightsFile),
    };
    return root ? { ...nothingImported, problems, kept } : { ...nothingImported, problems };
  },
  finish,
};
