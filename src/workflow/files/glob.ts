const escaped = (text: string): string => text.replace(/[\\^$.|+()[\]{}]/g, '\\$&');

const partOf = (part: string): string => {
  switch (part) {
    case '**/':
      return '(?:.*/)?';
    case '**':
      return '.*';
    case '*':
      return '[^/]*';
    case '?':
      return '[^/]';
    default:
      return escaped(part);
  }
};

/** The alternatives of `{a,b}`; deeper nesting is text. */
const choicesOf = (glob: string): readonly string[] => {
  const [, before = '', choice = '', after = ''] = /^([^{}]*)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  if (!glob.includes('{') || choice === '') return [glob];
  return choice.split(',').flatMap((one) => choicesOf(`${before}${one}${after}`));
};

const mostChoices = 200;

/**
 * The paths that a glob means: `*` and `?` within one name, `**` over folders, `{a,b}`. A glob that does not start at the root may
 * start at any folder. Paths have `/`.
 */
export const globPattern = (glob: string): RegExp => {
  const written = glob.replaceAll('\\', '/').replace(/^\.\//, '');
  const choices = choicesOf(written).slice(0, mostChoices);
  const body = choices
    .map((one) =>
      one
        .split(/(\*\*\/|\*\*|\*|\?)/)
        .map(partOf)
        .join(''),
    )
    .join('|');
  return new RegExp(`^${written.startsWith('/') ? '' : '(?:.*/)?'}(?:${body})$`, 's');
};

export const isGlob = (path: string): boolean => /[*?]|\{[^}]*,/.test(path);

/** The folder in front of the first part that has a wildcard. */
export const baseOf = (glob: string): string => {
  const parts = glob.replaceAll('\\', '/').split('/');
  const first = parts.findIndex(isGlob);
  const base = parts.slice(0, first).join('/');
  return base === '' ? (glob.startsWith('/') ? '/' : '.') : base;
};
