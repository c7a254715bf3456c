import { basename, dirname } from 'node:path';
import { findConfig, readConfig } from '../../config/read.ts';
import { isCrmPlace, type SyncFlags, syncFromFlags } from '../../config/sync-flags.ts';
import type { SecretSource } from '../../model/config.ts';
import { type CrmSubject, crmSubjectsOf } from '../../model/crm/subject.ts';
import type { SideConfig, SyncSubject } from '../../model/sync/subject.ts';
import type { Language } from '../../model/text.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { printable } from './printable.ts';
import { sideName } from './side-name.ts';

/** What is to be compared. */
export interface SyncTarget {
  readonly subjects: readonly SyncSubject[];
  /** What two sides without a name are called in the runbook: another pair is another comparison. */
  readonly pair?: string;
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly language?: Language;
  readonly runbook?: string;
  /** How the same comparison is asked for again. */
  readonly commandFor: (subject: SyncSubject) => string;
}

/** Every CRM that a side is of, once. */
export const crmsOf = (subjects: readonly SyncSubject[]): readonly CrmSubject[] => {
  const sides = subjects.flatMap(({ config: { left, right } }) => [left, right]);
  const crms = new Map(sides.flatMap((side) => (side.kind === 'crm' ? [[side.crm.label, side.crm] as const] : [])));
  return [...crms.values()];
};

/** Both sides in one line, what stands in one directory by its name. */
const pairOf = ({ config: { left, right } }: SyncSubject): string => {
  const nameOf = (side: SideConfig): string =>
    side.kind === 'database' && side.table !== undefined ? printable(`${side.url}#${side.table}`) : sideName(side);
  const beside = left.kind === 'file' && right.kind === 'file' && dirname(left.file) === dirname(right.file);
  return `${nameOf(left)} / ${beside ? printable(basename(right.file)) : nameOf(right)}`;
};

/** A word as a shell takes it. */
export const quoted = (word: string): string =>
  /^[\w./:@=%+,#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

type Flags = SyncFlags & { readonly config?: string };

/** The configuration, where it is not the one that is found. */
const configWords = ({ config }: Flags): readonly string[] => (config === undefined ? [] : ['--config', config]);

/** The words of the call that name the comparison, without what only concerns its output, and without a password in a URL. */
const callOf = ([left, right]: readonly [string, string], flags: Flags): string => {
  const shown = (place: string): string => place.replace(/^([a-z+]+:\/\/[^:@/]*):.*@/i, '$1@');
  const flag = (name: string, ...values: readonly (string | undefined)[]): readonly string[] =>
    values.flatMap((value) => (value === undefined ? [] : [name, value]));
  const words = [
    shown(left),
    shown(right),
    ...flag('--key', ...(flags.key ?? [])),
    ...flag('--field', ...(flags.field ?? [])),
    ...flag('--ignore', ...(flags.ignore ?? [])),
    ...flag('--last-sync', flags.lastSync),
    ...flag('--interval', flags.interval),
    ...flag('--log', ...(flags.log ?? [])),
    ...flag('--left-password-env', flags.leftPasswordEnv),
    ...flag('--right-password-env', flags.rightPasswordEnv),
    ...configWords(flags),
  ];
  return `crm-doctor sync ${words.map(quoted).join(' ')}`;
};

/** How a comparison of the configuration is asked for again. */
export const syncCommandOf = ({ name }: SyncSubject): string =>
  name === undefined ? 'crm-doctor sync' : `crm-doctor sync ${quoted(name)}`;

/** Two sides as they are named; a CRM (`crm:contacts`, `crm:NAME/contacts`) is one of the configuration. */
export const namedSides = async (
  places: readonly [string, string],
  flags: Flags,
  io: Context['io'],
): Promise<{ readonly subject: SyncSubject; readonly sources: ReadonlyMap<string, SecretSource> }> => {
  if (!places.some(isCrmPlace)) {
    const { subject, secrets } = syncFromFlags(places, flags, { ...io, crms: [] });
    return { subject, sources: secrets };
  }
  const file = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  const loaded = file === undefined ? undefined : await readConfig(file, io.env, { uses: ['crm'] });
  const crms = loaded?.crm === undefined ? [] : crmSubjectsOf(loaded.crm);
  const { subject, secrets } = syncFromFlags(places, flags, { ...io, crms });
  return { subject, sources: new Map([...(loaded?.secrets ?? []), ...secrets]) };
};

export const syncTarget = async (named: readonly string[], flags: Flags, { io }: Context): Promise<SyncTarget> => {
  const [left, right] = named;
  if (left !== undefined && right !== undefined) {
    const places = [left, right] as const;
    const { subject, sources } = await namedSides(places, flags, io);
    return { subjects: [subject], pair: pairOf(subject), sources, commandFor: () => callOf(places, flags) };
  }
  const file = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  if (file === undefined && left !== undefined) {
    throw new UsageError({
      en: `${left} alone cannot be compared: name the other side too (crm-doctor sync ${quoted(left)} shop.csv); no crm-doctor.yaml in ${io.cwd} or above it names a comparison so`,
      ja: `${left} だけでは比べられません。もう片方も指定してください（crm-doctor sync ${quoted(left)} shop.csv）。その名前の比較を書いた crm-doctor.yaml は ${io.cwd} とその上位にありません`,
    });
  }
  if (file === undefined) {
    throw new UsageError({
      en: `no crm-doctor.yaml in ${io.cwd} or above it; name two sides (crm-doctor sync crm.csv shop.csv --key id)`,
      ja: `${io.cwd} とその上位に crm-doctor.yaml がありません。比べるファイルを 2 つ指定することもできます（crm-doctor sync crm.csv shop.csv --key id）`,
    });
  }
  const loaded = await readConfig(file, io.env, { uses: ['sync', 'crm'] });
  const all = loaded.sync ?? [];
  if (all.length === 0) {
    throw new UsageError({
      en: `${file} has no sync: section; write one, or name two sides (crm-doctor sync crm.csv shop.csv --key id)`,
      ja: `${file} に sync: の設定がありません。追加するか、比べるファイルを 2 つ指定してください（crm-doctor sync crm.csv shop.csv --key id）`,
    });
  }
  const subjects = left === undefined ? all : all.filter(({ name }) => name === left);
  if (subjects.length === 0) {
    const names = all.flatMap(({ name }) => name ?? []);
    throw new UsageError(
      names.length === 0
        ? {
            en: `there is one comparison without a name in ${file}; leave ${left} out, or name two sides`,
            ja: `${file} にあるのは名前のない比較 1 件です。${left} を外すか、比べるものを 2 つ指定してください`,
          }
        : {
            en: `no comparison is called ${left}; there are ${names.join(', ')}`,
            ja: `${left} という比較はありません。あるのは ${names.join('、')} です`,
          },
    );
  }
  const { language, runbook, secrets } = loaded;
  const [only, ...others] = subjects;
  return {
    subjects,
    // Without a name it would be called like that of every other configuration.
    ...(only && others.length === 0 && only.name === undefined ? { pair: pairOf(only) } : {}),
    sources: secrets,
    ...(language === undefined ? {} : { language }),
    ...(runbook === undefined ? {} : { runbook }),
    commandFor: (subject) => [syncCommandOf(subject), ...configWords(flags).map(quoted)].join(' '),
  };
};
