import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { allChecks } from '../../../checks/all-checks.ts';
import { isMailbox } from '../../model/check.ts';
import type { Language } from '../../model/text.ts';
import type { Rules } from '../../notify/alerts.ts';
import { rulesOf } from '../../notify/rules.ts';
import { globMatcher } from '../../plan/glob.ts';
import { plan } from '../../plan/plan.ts';
import { openSchedule, type Schedule } from '../../watch/schedule/schedule.ts';
import { type CheckTarget, checkTarget } from '../check/target.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import type { ChannelsOf, OpenChannels } from '../notify/open-channels.ts';

export interface WatchFlags extends CommonFlags {
  readonly offline?: boolean;
  readonly once?: boolean;
  readonly all?: boolean;
  readonly status?: boolean;
  readonly dryRun?: boolean;
}

type Logins = Pick<ChannelsOf, 'waiting' | 'refused'>;

/** A configuration made ready to be watched. */
export interface Watching {
  readonly target: CheckTarget;
  readonly language: Language;
  readonly schedule: Schedule;
  /** Whoever is told, ready to be used; opened anew for each round that has something to tell, as secrets may have changed. */
  readonly openChannels: (logins?: Logins) => Promise<OpenChannels>;
  readonly rules: Rules;
  /** The ids of checks that have turns. */
  readonly kinds: readonly string[];
  /** Of those, the ones that mail accounts are asked that a CRM brings in. */
  readonly mailKinds: readonly string[];
}

/** What is looked at of the workflows when they have their turn. */
const workflowKinds: readonly string[] = ['workflow.parse', 'workflow.lint', 'workflow.simulate'];

const isMail = (id: string): boolean => id.startsWith('mail.');

const kindsOf = async (target: CheckTarget, { only = [], skip = [], offline = false }: WatchFlags) => {
  const wanted = only.length === 0 ? () => true : globMatcher(only);
  const unwanted = globMatcher(skip);
  const isKind = (id: string): boolean => wanted(id) && !unwanted(id);
  const planned = plan(target.subjects, allChecks, { only: [], skip: [], offline }).filter((one) => !one.skip);
  const sync = target.sync.length > 0 && !offline ? (await import('../sync/rows.ts')).syncCheckIds : [];
  const ids = [...planned.map(({ check }) => check.id), ...(target.workflow ? workflowKinds : []), ...sync];
  return {
    kinds: [...new Set(ids)].filter(isKind),
    mailKinds: allChecks.map(({ id }) => id).filter((id) => isMail(id) && isKind(id)),
  };
};

export const watchingOf = async (flags: WatchFlags, context: Context): Promise<Watching> => {
  const target = await checkTarget(flags, context);
  const { kinds, mailKinds } = await kindsOf(target, flags);
  if (kinds.length === 0) {
    throw new UsageError({
      en: 'nothing is left to watch: --only and --skip leave out every check of the configuration',
      ja: '監視する検査がありません。--only と --skip により、設定ファイルのすべての検査が外れています',
    });
  }
  const schedule = await openSchedule(target.watch, {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    // An outer timer comes when it comes.
    ...(flags.once ? {} : { machine: hostname() }),
  });
  const language = flags.lang === undefined ? (target.language ?? context.language) : context.language;
  const { notify = [], subjects, sources } = target;
  const openChannels = async (logins: Logins = {}): Promise<OpenChannels> => {
    if (notify.length === 0) return nobody;
    const { openChannels: open } = await import('../notify/open-channels.ts');
    return open({
      notify,
      mailboxes: subjects.filter(isMailbox),
      sources,
      language,
      timeZone: schedule.timeZone,
      env: context.io.env,
      ...logins,
    });
  };
  return { target, language, schedule, openChannels, rules: rulesOf(target.watch), kinds, mailKinds };
};

const nobody: OpenChannels = { channels: [], pings: [], redact: (text) => text };

const markOf = async (file: string): Promise<string> => {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${file} ${ino} ${size} ${mtimeMs}`;
  } catch {
    return `${file} -`;
  }
};

const marksOf = async (files: readonly string[]): Promise<string> =>
  JSON.stringify(await Promise.all(files.map(markOf)));

/** What tells whether a configuration was written since; nothing of what stands in it. */
export const configMark = ({ files }: Pick<CheckTarget, 'files'>): Promise<string> => marksOf(files);

/** The same of the configuration and the files of its secrets, in a word. */
export const settingsMark = async ({ files, sources }: Pick<CheckTarget, 'files' | 'sources'>): Promise<string> => {
  const secrets = [...sources.values()].flatMap((source) => (source.kind === 'file' ? [source.file] : []));
  const marks = await marksOf([...files, ...secrets]);
  return createHash('sha256').update(marks).digest('base64url').slice(0, 16);
};
