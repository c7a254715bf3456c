import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Where the runbook lies: `--runbook` over `runbook:` over the XDG state directory. */
export const runbookDirectory = ({
  flag,
  config,
  env,
  home = homedir(),
  platform = process.platform,
}: {
  readonly flag?: string | undefined;
  /** Already resolved against the configuration file. */
  readonly config?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  readonly platform?: string;
}): string => {
  if (flag) return resolve(flag);
  if (config) return resolve(config);
  const { XDG_STATE_HOME: state, LOCALAPPDATA: local } = env;
  // XDG base directories: a relative path is invalid and to be ignored.
  if (state && isAbsolute(state)) return join(state, 'crm-doctor');
  if (platform === 'win32' && local) return join(local, 'crm-doctor');
  return join(home, '.local', 'state', 'crm-doctor');
};
