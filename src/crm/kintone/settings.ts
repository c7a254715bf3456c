import type { CrmDefinition, CrmSchema } from '../../model/crm/answers.ts';
import type { CrmAccess } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { isObject, type Json } from '../reading.ts';
import { type Found, refuse, unlessRefused } from '../refusal.ts';
import type { App, Apps } from './apps.ts';
import type { Door } from './door.ts';
import { objectOf, rightsOf } from './schema.ts';

/** What stands for the folder in which the files of an app lie; the importer calls the object by it. */
export const folderOf = ({ id, name }: App): string => `${name.replace(/[/\\]/g, '_')} (${id})`;

const noRight = (app: App): Text => ({
  en: `the permissions of ${app.name} were not read: the right to manage the app is needed`,
  ja: `「${app.name}」のアクセス権を読み取れません。「アプリ管理」の権限が必要です`,
});

const noStatus = (app: App): Text => ({
  en: `the process management of ${app.name} was not read: this login has no right for it`,
  ja: `「${app.name}」のプロセス管理を読み取れません。このログインには権限がありません`,
});

const noFields = (app: App): Text => ({
  en: `the fields of ${app.name} were not read: this login has no right for it`,
  ja: `「${app.name}」のフィールドを読み取れません。このログインには権限がありません`,
});

interface Settings {
  readonly status: Json | undefined;
  readonly fields: Json | undefined;
  readonly acl: Json | undefined;
  readonly fieldAcl: Json | undefined;
}

/** Of what an answer has to hold, by which it is told from one of another form. */
const holds = {
  // null where the app never had a process.
  '/k/v1/app/status.json': ({ states }: Json) => states === null || isObject(states),
  '/k/v1/app/form/fields.json': ({ properties }: Json) => isObject(properties),
  '/k/v1/app/acl.json': ({ rights }: Json) => Array.isArray(rights),
  '/k/v1/field/acl.json': ({ rights }: Json) => Array.isArray(rights),
} as const;

const readSettings = async (app: App, door: Door, gaps: Text[], signal: AbortSignal): Promise<Settings> => {
  const ask = (path: keyof typeof holds, gap: Text): Promise<Json | undefined> =>
    unlessRefused(
      async () => {
        const { json } = await door.get(path, { app: app.id }, signal);
        return holds[path](json)
          ? json
          : refuse({ kind: 'malformed', what: `${path} (app ${app.id})`, status: 200, says: '' });
      },
      ['permission', 'not-found'],
      () => {
        if (!gaps.includes(gap)) gaps.push(gap);
      },
    );
  const rights = noRight(app);
  const [status, fields, acl, fieldAcl] = await Promise.all([
    ask('/k/v1/app/status.json', noStatus(app)),
    ask('/k/v1/app/form/fields.json', noFields(app)),
    ask('/k/v1/app/acl.json', rights),
    ask('/k/v1/field/acl.json', rights),
  ]);
  return { status, fields, acl, fieldAcl };
};

/** An app that never had a process has no states. */
const hasProcess = ({ status }: Settings): boolean => isObject(status?.states);

export const notAll: Text = {
  en: 'only the first part of the apps or users was read; crm.apps names those that matter',
  ja: 'アプリまたはユーザーの一部だけを読み取りました。必要なアプリは crm.apps で指定できます',
};

const gapsOf = ({ whole }: Pick<Apps, 'whole'>): Text[] => (whole ? [] : [notAll]);

const place = (app: App): Text => ({
  en: `${app.name} > App Settings > Process Management`,
  ja: `${app.name} > アプリの設定 > プロセス管理`,
});

/** Process, fields and permissions of each app side by side, as the importer joins them by their folder. */
export const definitionsOf = async (
  apps: Pick<Apps, 'apps' | 'whole'>,
  door: Door,
  { url }: Pick<CrmAccess, 'url'>,
  signal: AbortSignal,
): Promise<Found<readonly CrmDefinition[]>> => {
  const gaps = gapsOf(apps);
  const found: CrmDefinition[] = [];
  for (const app of apps.apps) {
    const settings = await readSettings(app, door, gaps, signal);
    if (!hasProcess(settings)) continue;
    const files = [
      ['status', settings.status],
      ['fields', settings.fields],
      ['acl', settings.acl],
      ['field-acl', settings.fieldAcl],
    ] as const;
    for (const [file, json] of files) {
      // Rights that nobody set are an empty list, which is no file of rights.
      if (!json || (Array.isArray(json.rights) && json.rights.length === 0)) continue;
      found.push({
        path: `kintone/${folderOf(app)}/${file}.json`,
        text: JSON.stringify(json, null, 2),
        name: app.name,
        place: place(app),
        url: `${url}/k/${app.id}/`,
      });
    }
  }
  return { value: found, gaps };
};

/** All apps as one schema file; a group is a role over them. */
export const schemaOf = async (
  apps: Pick<Apps, 'apps' | 'whole'>,
  door: Door,
  signal: AbortSignal,
): Promise<Found<CrmSchema>> => {
  const gaps = gapsOf(apps);
  const objects: Record<string, Json> = {};
  const acls: (readonly [folder: string, rights: ReadonlyMap<string, readonly string[]>])[] = [];
  for (const app of apps.apps) {
    const { status, fields, acl } = await readSettings(app, door, gaps, signal);
    if (fields) objects[folderOf(app)] = objectOf(app.name, fields, status);
    if (acl) acls.push([folderOf(app), rightsOf(acl)]);
  }
  const groups = new Set(acls.flatMap(([, rights]) => [...rights.keys()]));
  const roles = Object.fromEntries(
    [...groups].map((group) => [
      group,
      {
        objects: Object.fromEntries(
          acls.map(([folder, rights]) => [folder, rights.get(group) ?? rights.get('everyone') ?? []]),
        ),
      },
    ]),
  );
  // Without every app's rights nobody can tell what a group may not do.
  const known = groups.size > 0 && acls.length === Object.keys(objects).length;
  const schema = { schema: 'crm-schema/v1', objects, ...(known ? { roles } : {}) };
  return { value: { text: JSON.stringify(schema, null, 2) }, gaps };
};
