import { join } from 'node:path';
import type { Files } from '../runbook/files.ts';
import { realFiles, syncDirectory, withFile } from '../runbook/files.ts';
import type { Session } from './journal.ts';
import { parseSession } from './journal.ts';

/** Sessions of this many bytes are not ours. */
const mostBytes = 8 * 1024 * 1024;
/** As many are kept; older ones are of no use to anybody. */
const mostSessions = 20;

/** `guide/` of the state directory: a folder a session, with its answers and its private configuration. */
export interface SessionStore {
  readonly folderOf: (id: string) => string;
  /** On the disk, whole, when the promise is fulfilled. */
  readonly save: (session: Session) => Promise<void>;
  /** The last one in which something was answered, unless it was brought to its end. */
  readonly unfinished: () => Promise<Session | undefined>;
}

export const openSessions = (directory: string, files: Files = realFiles): SessionStore => {
  const root = join(directory, 'guide');
  const folderOf = (id: string): string => join(root, id);
  const read = async (id: string): Promise<Session | undefined> => {
    const path = join(folderOf(id), 'session.json');
    try {
      if ((await files.size(path)) > mostBytes) return undefined;
      return parseSession(await files.read(path));
    } catch {
      // Not one of ours, or gone by now: there is nothing to go on with.
      return undefined;
    }
  };
  // Ids are times, so that their order is that of the sessions.
  const ids = async (): Promise<readonly string[]> =>
    (await files.list(root)).filter((name) => /^\d{8}T\d{6}Z-[0-9a-z]+$/.test(name)).toSorted();
  const tidy = async (): Promise<void> => {
    for (const id of (await ids()).slice(0, -mostSessions)) {
      for (const name of await files.list(folderOf(id))) await files.remove(join(folderOf(id), name));
    }
  };
  return {
    folderOf,
    save: async (session) => {
      const folder = folderOf(session.id);
      const isNew = (await files.list(folder)).length === 0;
      await files.mkdir(directory);
      await files.mkdir(root);
      await files.mkdir(folder);
      const path = join(folder, 'session.json');
      const temporary = join(folder, `.session.${process.pid}.tmp`);
      await withFile(files.open(temporary, 'w', 0o600), async (file) => {
        await file.writeFile(`${JSON.stringify(session)}\n`);
        await file.sync();
      });
      await files.rename(temporary, path);
      await syncDirectory(files, folder);
      if (isNew) await tidy();
    },
    unfinished: async () => {
      for (const id of (await ids()).toReversed()) {
        const session = await read(id);
        // Who left at the first question has nothing to go on with, and may still want the session before.
        if (session?.finished === false && !session.entries.some(({ kind }) => kind !== 'did')) continue;
        if (session) return session.finished ? undefined : session;
      }
      return undefined;
    },
  };
};
