import type { Command, Option } from 'commander';

/** What may stand at a place of the command line. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'directories' }
  /** Something that only the user knows. */
  | { readonly kind: 'anything' };

export interface Named {
  readonly name: string;
  readonly about: string;
}

/** One command with what can follow it; `at` holds its words: `runbook list`, or nothing for crm-doctor itself. */
export interface Place {
  readonly at: string;
  readonly commands: readonly Named[];
  readonly flags: readonly Named[];
  readonly values: Values;
}

/** A flag that takes a value; it means the same in every command. */
export interface Taking {
  readonly flags: readonly string[];
  readonly values: Values;
  /** Takes every word up to the next flag. */
  readonly many: boolean;
}

export interface Tree {
  readonly places: readonly Place[];
  readonly taking: readonly Taking[];
}

/** Words that the tree itself does not hold: by flag (`--only`) and by command (`explain`). */
export type Known = Readonly<Record<string, Values>>;

const valuesNamed = (name: string, known: Values | undefined): Values => {
  if (known) return known;
  if (/dir/i.test(name)) return { kind: 'directories' };
  return /file|pem/i.test(name) ? { kind: 'files' } : { kind: 'anything' };
};

const namesOf = ({ short, long }: Option): readonly string[] =>
  [short, long].filter((name): name is string => typeof name === 'string');

const visibleFlags = (command: Command): readonly Option[] => command.options.filter(({ hidden }) => !hidden);

const placesOf = (command: Command, at: string, known: Known): readonly Place[] => {
  const [argument] = command.registeredArguments;
  const flags = visibleFlags(command).flatMap((option) =>
    namesOf(option).map((name) => ({ name, about: option.description })),
  );
  const help = command
    .createHelp()
    .visibleOptions(command)
    .find(({ long }) => long === '--help');
  const own: Place = {
    at,
    commands: command.commands.map((sub) => ({ name: sub.name(), about: sub.summary() || sub.description() })),
    flags: [...flags, ...(help ? [{ name: '--help', about: help.description }] : [])],
    values: argument ? valuesNamed(argument.name(), known[at]) : { kind: 'words', words: [] },
  };
  return [
    own,
    ...command.commands.flatMap((sub) => placesOf(sub, at === '' ? sub.name() : `${at} ${sub.name()}`, known)),
  ];
};

const allOptions = (command: Command): readonly Option[] => [
  ...visibleFlags(command),
  ...command.commands.flatMap(allOptions),
];

const takingOf = (command: Command, known: Known): readonly Taking[] => {
  const taking = new Map<string, Taking>();
  for (const option of allOptions(command)) {
    if (!option.required && !option.optional) continue;
    const flags = namesOf(option);
    const placeholder = /[<[]([^>\]]*)/.exec(option.flags)?.[1] ?? '';
    const choices: Values | undefined = option.argChoices ? { kind: 'words', words: option.argChoices } : undefined;
    const values = valuesNamed(placeholder, choices ?? known[option.long ?? '']);
    taking.set(flags.join(' '), { flags, values, many: option.variadic });
  }
  return [...taking.values()];
};

/** Everything that can be typed, read off the commands themselves. */
export const treeOf = (top: Command, known: Known): Tree => ({
  places: placesOf(top, '', known),
  taking: takingOf(top, known),
});
