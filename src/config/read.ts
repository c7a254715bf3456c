import { dirname, resolve } from 'node:path';
import { isNode } from 'yaml';
import type { MailboxList, MailConfig, SecretSource } from '../model/config.ts';
import { type CrmConfig, crmSubjectsOf } from '../model/crm/subject.ts';
import type { ChannelConfig } from '../model/notify.ts';
import type { SyncSubject } from '../model/sync/subject.ts';
import type { Language, Text } from '../model/text.ts';
import type { WatchConfig } from '../model/watch.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { crmConfigOf } from './crm.ts';
import { type ConfigDocument, parseConfig } from './document.ts';
import { readFileText } from './file-text.ts';
import { mailboxListOf, mailConfigOf } from './mail.ts';
import { type Account, channelsOf, receiverProblems } from './notify.ts';
import { yamlPath } from './path.ts';
import { readShape } from './read-shape.ts';
import { type Environment, openReading } from './reading.ts';
import { type Config, type CrmSection, configShape, type MailSection } from './schema.ts';
import { openShelf } from './secrets.ts';
import { syncSubjectsOf } from './sync.ts';
import { syntaxProblems } from './syntax.ts';
import { watchConfigOf, watchFaults } from './watch.ts';
import { noSuchCrm } from './words.ts';

export { findConfig } from './find.ts';

/** A place in the file, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A configuration that could be read, secrets replaced by references. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  readonly config: Config;
  readonly mail?: MailConfig | readonly MailConfig[];
  /** Mailboxes that stand in a file of their own. */
  readonly mailboxes?: MailboxList;
  readonly crm?: CrmConfig | readonly CrmConfig[];
  /** The comparisons of records. */
  readonly sync?: readonly SyncSubject[];
  /** When `watch` looks. */
  readonly watch?: WatchConfig;
  /** Where `watch` tells what has changed. */
  readonly notify?: readonly ChannelConfig[];
  readonly secrets: ReadonlyMap<string, SecretSource>;
  readonly language?: Language;
  /** Directory of the runbook log. */
  readonly runbook?: string;
  /** Where the value of `mail.imap.port` or `mail[NAME].imap.port` stands. */
  readonly locate: (path: string) => Place | undefined;
}

const empty: Text = {
  en: 'the file is empty; a configuration starts with "version: 1" and has at least one section, such as mail:',
  ja: 'ファイルが空です。「version: 1」に続けて mail: などの設定を書いてください',
};

const tooDeep: Text = { en: 'the file is nested too deeply', ja: '入れ子が深すぎます' };

const failIfAny = (file: string, problems: readonly ConfigProblem[]): void => {
  const [first, ...others] = problems;
  if (first) throw new ConfigError(file, [first, ...others]);
};

const parsed = (file: string, text: string): ConfigDocument => {
  try {
    return parseConfig(text);
  } catch (error) {
    // Ten thousand open brackets are more than the parser's stack.
    if (error instanceof RangeError) throw new ConfigError(file, [{ line: 1, column: 1, path: '', text: tooDeep }]);
    throw error;
  }
};

// Array.isArray does not narrow a readonly array.
const isList = (mail: MailSection | readonly MailSection[]): mail is readonly MailSection[] => Array.isArray(mail);
const areCrms = (crm: CrmSection | readonly CrmSection[]): crm is readonly CrmSection[] => Array.isArray(crm);

/** Undefined where some of them stand in a list of their own, which is read later. */
const accountsOf = ({ mail, mailboxes }: Config): readonly Account[] | undefined =>
  mailboxes !== undefined
    ? undefined
    : (mail === undefined ? [] : isList(mail) ? mail : [mail]).map(({ name, address, smtp }) => ({
        ...(name === undefined ? {} : { name }),
        address,
        sends: smtp !== undefined,
      }));

/** What a command needs of a configuration. */
export interface Uses {
  /** Top-level sections: a variable that is not set in another one is none of this run's business. Absent: all. */
  readonly uses?: readonly string[];
}

const matters = ({ path, missing }: ConfigProblem, { uses }: Uses): boolean =>
  missing === undefined || uses === undefined || uses.includes(/^\w+/.exec(path)?.[0] ?? '');

/** Reads a configuration from its text; `file` is what errors and relative paths refer to. */
export const readConfigText = (text: string, file: string, env: Environment, uses: Uses = {}): LoadedConfig => {
  const document = parsed(file, text);
  const { yaml, source, placeAt } = document;
  const syntax = syntaxProblems(yaml, source).map((problem) => ({
    ...placeAt(problem.offset),
    path: '',
    text: problem.text,
  }));
  failIfAny(file, syntax);
  if (yaml.contents === null || source.trim() === '') {
    throw new ConfigError(file, [{ line: 1, column: 1, path: '', text: empty }]);
  }
  const shelf = openShelf();
  const reading = openReading(document, { directory: dirname(file), env, shelf });
  const value = readShape({ node: yaml.contents, path: '', at: 0 }, configShape.rule, reading);
  failIfAny(
    file,
    reading.problems.filter((problem) => matters(problem, uses)),
  );
  // Without a problem, what was read has the form of the shape that it was read by.
  const config = value as Config;
  const { mail, mailboxes, crm, sync, watch, notify, language, runbook } = config;
  const crms = crm === undefined ? undefined : areCrms(crm) ? crm.map(crmConfigOf) : crmConfigOf(crm);
  const placeOf = (keys: readonly (string | number)[]): Place | undefined => {
    const node = yaml.getIn(keys, true);
    return isNode(node) && node.range ? placeAt(node.range[0]) : undefined;
  };
  const place = (path: string): Place | undefined => {
    const keys = yamlPath(yaml, path);
    return keys && placeOf(keys);
  };
  const compared =
    sync === undefined
      ? undefined
      : syncSubjectsOf(sync, { crms: crms === undefined ? [] : crmSubjectsOf(crms), shelf, directory: dirname(file) });
  // Who does not compare anything is not kept from his work.
  if (compared && (uses.uses?.includes('sync') ?? true)) {
    const names = crms === undefined ? [] : crmSubjectsOf(crms).map(({ name, config: { type } }) => name ?? type);
    failIfAny(
      file,
      compared.lost.map(({ path, named }) => ({ ...place(path), path, text: noSuchCrm(path, named, names) })),
    );
  }
  // Nor here: without its variables the section is not whole.
  const watching = uses.uses === undefined || uses.uses.includes('watch') ? watch : undefined;
  const watched = watching && watchConfigOf(watching);
  if (watching && watched) {
    failIfAny(
      file,
      watchFaults(watched, watching, reading.shown).map(({ keys, ...problem }) => ({ ...placeOf(keys), ...problem })),
    );
  }
  const telling = uses.uses === undefined || uses.uses.includes('notify') ? notify : undefined;
  const told = telling && channelsOf(telling, accountsOf(config));
  if (told) {
    failIfAny(
      file,
      [...told.problems, ...receiverProblems(told.channels, shelf.sources)].map((problem) => ({
        ...(place(problem.path) ?? place('notify')),
        ...problem,
      })),
    );
  }
  return {
    file,
    config,
    ...(mail === undefined ? {} : { mail: isList(mail) ? mail.map(mailConfigOf) : mailConfigOf(mail) }),
    ...(mailboxes === undefined ? {} : { mailboxes: mailboxListOf(mailboxes) }),
    ...(crms === undefined ? {} : { crm: crms }),
    ...(compared === undefined ? {} : { sync: compared.subjects }),
    ...(watched === undefined ? {} : { watch: watched }),
    ...(told === undefined ? {} : { notify: told.channels }),
    secrets: shelf.sources,
    ...(language === undefined ? {} : { language }),
    ...(runbook === undefined ? {} : { runbook }),
    locate: place,
  };
};

/** Reads a configuration file; everything in it that cannot be read is named in one ConfigError. */
export const readConfig = async (file: string, env: Environment, uses: Uses = {}): Promise<LoadedConfig> => {
  const absolute = resolve(file);
  const text = await readFileText(absolute).catch((error: unknown) => {
    throw error instanceof ConfigError ? new ConfigError(absolute, [error.problems[0] ?? error]) : error;
  });
  return readConfigText(text, absolute, env, uses);
};
