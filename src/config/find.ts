import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Environment } from './reading.ts';

const names = ['crm-doctor.yaml', 'crm-doctor.yml', 'crm-doctor.json'];

const firstIn = async (directory: string): Promise<string | undefined> => {
  for (const name of names) {
    const file = join(directory, name);
    const about = await stat(file).catch(() => undefined);
    if (about?.isFile()) return file;
  }
  return undefined;
};

/**
 * The configuration file of a run: the given one, CRM_DOCTOR_CONFIG, the nearest one here or above, the user's own. The
 * first two are taken at their word; whether they exist is said when they are read.
 */
export const findConfig = async ({
  explicit,
  cwd,
  env,
}: {
  readonly explicit?: string;
  readonly cwd: string;
  readonly env: Environment;
}): Promise<string | undefined> => {
  // An empty variable is as good as none; an empty --config is a mistake, and the folder that it means says so.
  const named = explicit ?? (env.CRM_DOCTOR_CONFIG || undefined);
  if (named !== undefined) return resolve(cwd, named);
  for (let directory = resolve(cwd); ; directory = dirname(directory)) {
    const found = await firstIn(directory);
    if (found !== undefined) return found;
    if (dirname(directory) === directory) break;
  }
  // The XDG specification ignores relative paths.
  const xdg = env.XDG_CONFIG_HOME;
  const home = env.HOME ?? env.USERPROFILE;
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : home ? join(home, '.config') : undefined;
  return base === undefined ? undefined : firstIn(join(base, 'crm-doctor'));
};
