import { existsSync, realpathSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readFileText } from '../../config/file-text.ts';
import { findConfig, type LoadedConfig, readConfig } from '../../config/read.ts';
import { variablesIn } from '../../config/variables-in.ts';
import { runbookDirectory } from '../../runbook/directory.ts';
import { shareOf } from '../../watch/schedule/spread.ts';
import { tickMinutes } from '../../watch/schedule/tick.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { InstallKind } from './install/kinds.ts';
import type { Install, Unit } from './install/unit.ts';

const kinds = {
  systemd: () => import('./install/systemd.ts'),
  cron: () => import('./install/cron.ts'),
  windows: () => import('./install/windows.ts'),
  'github-actions': () => import('./install/github-actions.ts'),
  kubernetes: () => import('./install/kubernetes.ts'),
} as const satisfies Readonly<Record<InstallKind, () => Promise<{ readonly install: Install }>>>;

/** What of this process goes into a unit; tests hand in their own. */
export interface Here {
  readonly node: string;
  readonly script: string;
  readonly platform: string;
  readonly user: string;
  readonly machine: string;
  readonly home: string;
  readonly timeZone: string;
}

export const here = (): Here => ({
  node: process.execPath,
  // npm starts it by a link, which another version may take over.
  script: realpathSync(process.argv[1] ?? ''),
  platform: process.platform,
  user: userInfo().username,
  machine: hostname(),
  home: homedir(),
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
});

const fromRepository = (file: string): string => {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return relative(folder, file).split(sep).join('/');
  }
  return basename(file);
};

const envFileOf = ({ platform, user, home }: Here, env: Context['io']['env']): string => {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? home, 'crm-doctor', 'watch.env');
  if (user === 'root') return '/etc/crm-doctor/watch.env';
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'crm-doctor', 'watch.env');
};

const tokenFiles = ({ mail = [] }: LoadedConfig): readonly string[] =>
  ('address' in mail ? [mail] : mail).flatMap(({ oauth }) => oauth?.tokenFile ?? []);

/** A line break in a path would begin a line of its own in a unit. */
const failIfUnprintable = (paths: readonly string[]): void => {
  const bad = paths.find((path) => /\p{Cc}/u.test(path));
  if (bad === undefined) return;
  throw new UsageError({
    en: `the path ${JSON.stringify(bad)} has a control character in it; no unit can be written with it`,
    ja: `パス ${JSON.stringify(bad)} に制御文字が含まれているため、ユニットを書けません`,
  });
};

interface InstallFlags {
  readonly config?: string;
  readonly runbook?: string;
  readonly lang?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly offline?: boolean;
  readonly failOn?: string;
  readonly timeout?: string;
}

/** What changes the rounds themselves goes into the unit. */
const passedOn = ({ only = [], skip = [], offline, failOn, timeout }: InstallFlags): readonly string[] => [
  ...only.flatMap((one) => ['--only', one]),
  ...skip.flatMap((one) => ['--skip', one]),
  ...(offline ? ['--offline'] : []),
  ...(failOn === 'warn' ? ['--fail-on', failOn] : []),
  ...(timeout === undefined ? [] : ['--timeout', timeout]),
];

const unitOf = async (flags: InstallFlags, { io, language, version }: Context, place: Here): Promise<Unit> => {
  const found = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  if (found === undefined) {
    throw new UsageError({
      en: `no crm-doctor.yaml in ${io.cwd} or above it. Let crm-doctor init write one`,
      ja: `${io.cwd} とその上位に crm-doctor.yaml がありません。crm-doctor init で作成してください`,
    });
  }
  const config = resolve(io.cwd, found);
  // The variables are set where the unit runs, and not here.
  const loaded = await readConfig(config, io.env, { uses: ['version', 'language', 'runbook', 'watch'] });
  const secretFiles = [
    ...[...loaded.secrets.values()].flatMap((source) => (source.kind === 'file' ? [source.file] : [])),
    ...(loaded.config.mailboxes ? [loaded.config.mailboxes.file] : []),
  ];
  const unit: Unit = {
    language: flags.lang === undefined ? (loaded.language ?? language) : language,
    version,
    node: place.node,
    script: place.script,
    config,
    inRepository: fromRepository(config),
    state: runbookDirectory({ flag: flags.runbook, config: loaded.runbook, env: io.env, home: place.home }),
    timeZone: loaded.watch?.timeZone ?? place.timeZone,
    user: place.user,
    envFile: envFileOf(place, io.env),
    tick: tickMinutes(loaded.watch),
    share: shareOf(place.machine),
    jitterMs: loaded.watch?.jitterMs ?? 60_000,
    variables: variablesIn(await readFileText(config)),
    secretFiles: [...new Set(secretFiles)],
    more: passedOn(flags),
    writes: [...new Set(tokenFiles(loaded).map(dirname))],
  };
  failIfUnprintable([
    unit.node,
    unit.script,
    config,
    unit.state,
    unit.user,
    unit.envFile,
    ...secretFiles,
    ...unit.writes,
    ...unit.more,
  ]);
  return unit;
};

/** Prints a unit that calls `watch --once`; nothing is changed by it. */
export const install = async (
  kind: InstallKind,
  flags: InstallFlags,
  context: Context,
  place: Here = here(),
): Promise<number> => {
  const [unit, written] = await Promise.all([unitOf(flags, context, place), kinds[kind]()]);
  context.io.out.write(written.install(unit));
  return 0;
};
