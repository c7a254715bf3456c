/** Whether a name fits a pattern of `*` and `?`; in steps that grow with the lengths only, whatever the pattern. */
export const fits = (name: string, pattern: string): boolean => {
  let at = 0;
  let star = -1;
  let from = 0;
  let wanted = 0;
  while (at < name.length) {
    const sign = pattern[wanted];
    if (sign === '*') {
      star = wanted;
      from = at;
      wanted += 1;
    } else if (sign === '?' || (sign !== undefined && sign === name[at])) {
      at += 1;
      wanted += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      from += 1;
      at = from;
      wanted = star + 1;
    } else return false;
  }
  while (pattern[wanted] === '*') wanted += 1;
  return wanted === pattern.length;
};

export const isWild = (path: string): boolean => /[*?]/.test(path);

const cut = (path: string): readonly [folder: string, last: string] => {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)];
};

const mostFolders = 200;

/** The paths that an absolute one with `*` and `?` stands for; hidden names only where their dot is written. */
export const pathsLike = async (
  pattern: string,
  namesIn: (folder: string) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  if (!isWild(pattern)) return [pattern];
  const [above, last] = cut(pattern);
  const folders = isWild(above) ? (await pathsLike(above, namesIn)).slice(0, mostFolders) : [above];
  if (!isWild(last)) return folders.map((folder) => `${folder}/${last}`);
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await namesIn(folder === '' ? '/' : folder))
        .filter((name) => fits(name, last) && (last.startsWith('.') || !name.startsWith('.')))
        .map((name) => `${folder}/${name}`),
    ),
  );
  return found.flat();
};
