import type { Flag, Named, Place, Source, Tree, Values } from './tree.ts';

/** What a shell is to offer: words, or paths, which it completes best itself. */
export interface Offer {
  readonly words: readonly Named[];
  readonly paths?: 'files' | 'directories';
  /** Of the typed word what stands before the offered words: `--lang=` and the like. */
  readonly before: string;
}

/** Asks for what only the user's own files know. */
export type Sources = Readonly<Record<Source, (words: readonly string[]) => Promise<readonly Named[]>>>;

const nothing: Offer = { words: [], before: '' };

interface Spot {
  readonly place: Place;
  /** The flag that waits for a value. */
  readonly flag: Flag | undefined;
  /** How many arguments stand before. */
  readonly position: number;
  readonly used: ReadonlySet<string>;
  /** After `--` nothing is a flag. */
  readonly literal: boolean;
}

/** Where the command line has come to after these words. */
const spotAfter = (words: readonly string[], { places }: Tree): Spot | undefined => {
  const placeAt = (at: string): Place | undefined => places.find((one) => one.at === at);
  const top = placeAt('');
  if (!top) return undefined;
  let place = top;
  let flag: Flag | undefined;
  let position = 0;
  let literal = false;
  const used = new Set<string>();
  // Flags may stand before a command, and are those of any command.
  const flagsHere = (): readonly Flag[] =>
    place.commands.length > 0 ? places.flatMap(({ flags }) => flags) : place.flags;
  for (const word of words) {
    if (!literal && word === '--') {
      literal = true;
      flag = undefined;
    } else if (!literal && word.startsWith('-') && word.length > 1) {
      const [name = ''] = word.split('=');
      const found = flagsHere().find(({ names }) => names.includes(name));
      for (const one of found?.names ?? []) used.add(one);
      flag = found?.values && !word.includes('=') ? found : undefined;
    } else if (flag) {
      if (!flag.many) flag = undefined;
    } else {
      const next: Place | undefined =
        position === 0 ? placeAt(place.at === '' ? word : `${place.at} ${word}`) : undefined;
      if (next) place = next;
      else position += 1;
    }
  }
  return { place, flag, position, used, literal };
};

const offerOf = async (
  values: Values,
  words: readonly string[],
  { sets }: Tree,
  sources: Sources,
): Promise<Omit<Offer, 'before'>> => {
  switch (values.kind) {
    case 'words':
      return { words: values.words };
    case 'set':
      return { words: sets[values.set] ?? [] };
    case 'source':
      return { words: await sources[values.source](words), ...(values.files ? { paths: 'files' } : {}) };
    case 'files':
    case 'directories':
      return { words: [], paths: values.kind };
    case 'anything':
      return { words: [] };
  }
};

/** What can follow `words` and begins like `typed`. */
export const complete = async (
  words: readonly string[],
  typed: string,
  tree: Tree,
  sources: Sources,
): Promise<Offer> => {
  const spot = spotAfter(words, tree);
  if (!spot) return nothing;
  const { place, flag, position, used, literal } = spot;
  const beginning = (offer: Omit<Offer, 'before'>, part: string, before = ''): Offer => ({
    ...offer,
    words: offer.words.filter(({ name }) => name.startsWith(part)),
    before,
  });
  if (!literal && typed.startsWith('-')) {
    const at = typed.indexOf('=');
    if (at < 0) {
      const left = place.flags.filter(({ names, again }) => again || !names.some((name) => used.has(name)));
      return beginning({ words: left.flatMap(({ names, about }) => names.map((name) => ({ name, about }))) }, typed);
    }
    const values = place.flags.find(({ names }) => names.includes(typed.slice(0, at)))?.values;
    if (!values) return nothing;
    return beginning(await offerOf(values, words, tree, sources), typed.slice(at + 1), typed.slice(0, at + 1));
  }
  if (flag?.values) {
    const at = typed.indexOf('=');
    // `junit=report.xml`: behind a format stands the file that it goes into.
    if (flag.names.includes('--format') && at > 0) return { words: [], paths: 'files', before: typed.slice(0, at + 1) };
    return beginning(await offerOf(flag.values, words, tree, sources), typed);
  }
  if (place.commands.length > 0 && position === 0) return beginning({ words: place.commands }, typed);
  const values = place.values[place.more ? Math.min(position, place.values.length - 1) : position];
  if (!values) return nothing;
  // `help runbook diff`: the second word is one of the commands of the first.
  const below =
    place.at === 'help' && position > 0 ? tree.places.find(({ at }) => at === words.at(-1))?.commands : undefined;
  if (place.at === 'help' && position > 0) return beginning({ words: below ?? [] }, typed);
  return beginning(await offerOf(values, words, tree, sources), typed);
};
