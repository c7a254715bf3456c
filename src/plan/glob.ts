/** `mail.*` and the like: `*` stands for any characters, everything else for itself. */
export const globMatcher = (globs: readonly string[]): ((id: string) => boolean) => {
  const patterns = globs.map((glob) => new RegExp(`^${glob.split('*').map(literally).join('.*')}$`));
  return (id) => patterns.some((pattern) => pattern.test(id));
};

const literally = (literal: string): string => literal.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
