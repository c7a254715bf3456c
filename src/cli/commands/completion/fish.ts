import type { Place, Taking, Tree, Values } from './tree.ts';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const offer = (values: Values): string => {
  switch (values.kind) {
    case 'words':
      return values.words.length === 0 ? '-x' : `-x -a ${quoted(values.words.join(' '))}`;
    case 'files':
      return '-r -F';
    case 'directories':
      return `-x -a ${quoted('(__fish_complete_directories)')}`;
    case 'anything':
      return '-x';
  }
};

/** All words of the place were typed, and none of those that would lead further. */
const condition = ({ at, commands }: Place): string => {
  if (at === '') return '__fish_use_subcommand';
  const typed = at.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
  const further =
    commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`];
  return [...typed, ...further].join('; and ');
};

const flagOf = (name: string): string => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`);

const linesOf = (place: Place, taking: readonly Taking[]): readonly string[] => {
  const head = `complete -c crm-doctor -n ${quoted(condition(place))}`;
  const flags = place.flags.map(({ name, about }) => {
    const takes = taking.find((one) => one.flags.includes(name));
    return `${head} ${flagOf(name)}${takes ? ` ${offer(takes.values)}` : ''} -d ${quoted(about)}`;
  });
  const commands = place.commands.map(({ name, about }) => `${head} -a ${name} -d ${quoted(about)}`);
  if (commands.length > 0) return [...commands, ...flags];
  const { values } = place;
  if (values.kind === 'words' && values.words.length > 0)
    return [`${head} -a ${quoted(values.words.join(' '))}`, ...flags];
  return values.kind === 'files' || values.kind === 'directories' ? [`${head} -F`, ...flags] : flags;
};

export const fishScript = ({ places, taking }: Tree): string =>
  `${[
    '# fish completion of crm-doctor: crm-doctor completion fish > ~/.config/fish/completions/crm-doctor.fish',
    'complete -c crm-doctor -f',
    ...places.flatMap((place) => linesOf(place, taking)),
  ].join('\n')}\n`;
