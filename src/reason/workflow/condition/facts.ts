import { type Atom, anyRelation, bothEmpty, equal, greater, leftEmpty, less, rightEmpty, type Source } from './atom.ts';
import { type Domain, freshDomain, isPossible, mayBeFilled, mayBeLess, merged, narrowed, onlyValue } from './domain.ts';
import type { LetterCase } from './texts.ts';
import type { Filled, Kind } from './where.ts';

type ValueAtom = Extract<Atom, { readonly kind: 'value' }>;
type RelationAtom = Extract<Atom, { readonly kind: 'relation' }>;

interface Relation {
  readonly left: string;
  readonly right: string;
  readonly allowed: number;
  readonly atoms: readonly RelationAtom[];
}

/** Everything that is demanded so far on one way through a condition. */
export interface Facts {
  readonly domains: Map<string, Domain>;
  readonly relations: Map<string, Relation>;
  readonly flags: Map<string, { readonly value: boolean; readonly sources: readonly Source[] }>;
  readonly filled: Filled;
  exact: boolean;
}

export const noFacts = (filled: Filled): Facts => ({
  domains: new Map(),
  relations: new Map(),
  flags: new Map(),
  filled,
  exact: true,
});

export const copyOf = ({ domains, relations, flags, filled, exact }: Facts): Facts => ({
  domains: new Map(domains),
  relations: new Map(relations),
  flags: new Map(flags),
  filled,
  exact,
});

/** Demands that exclude each other. */
export type Clash = readonly Source[];

/** Looking for the fewest costs more than finding that there are some, and most who ask do not want to know. */
export type Clashing = () => Clash;

const sourcesOf = (atoms: readonly Atom[]): Clash => {
  const seen = new Map<string, Source>();
  const order = new Map<Source['test'], number>();
  for (const { sources } of atoms) {
    for (const source of sources) {
      if (!order.has(source.test)) order.set(source.test, order.size);
      seen.set(`${order.get(source.test)} ${source.holds}`, source);
    }
  }
  return [...seen.values()];
};

const mayBeEmpty = ({ filled }: Facts, of: Kind): boolean =>
  filled === 'none' || (filled === 'required' && !of.required);

const domainFor = (facts: Facts, key: string, of: Kind, letterCase: LetterCase): Domain => {
  const known = facts.domains.get(key);
  if (known) return known;
  return freshDomain(of, letterCase, mayBeEmpty(facts, of));
};

/** More than this many are not tried two by two. */
const maximumPairs = 40;

/** The fewest demands that exclude each other: one, two, else all of them. */
const smallest = (domain: Domain, emptyToo: boolean): Clash => {
  const fresh = freshDomain(domain.of, domain.letterCase, emptyToo);
  const { atoms } = domain;
  for (const atom of atoms) if (!isPossible(narrowed(fresh, atom))) return sourcesOf([atom]);
  if (atoms.length <= maximumPairs) {
    for (const [at, one] of atoms.entries()) {
      for (const other of atoms.slice(at + 1)) {
        if (!isPossible(narrowed(narrowed(fresh, one), other))) return sourcesOf([one, other]);
      }
    }
  }
  return sourcesOf(atoms);
};

/** Nobody asks more of one field; what comes after is left out, which can only make "never" rarer. */
const maximumAtoms = 300;

const addValue = (facts: Facts, atom: ValueAtom): Clashing | undefined => {
  const before = domainFor(facts, atom.key, atom.of, atom.letterCase);
  if (before.atoms.length >= maximumAtoms) {
    facts.exact = false;
    return undefined;
  }
  const after = narrowed(before, atom);
  facts.domains.set(atom.key, after);
  return isPossible(after) ? undefined : () => smallest(after, mayBeEmpty(facts, atom.of));
};

const turned = (bits: number): number =>
  (bits & (equal | bothEmpty)) |
  (bits & less ? greater : 0) |
  (bits & greater ? less : 0) |
  (bits & leftEmpty ? rightEmpty : 0) |
  (bits & rightEmpty ? leftEmpty : 0);

const addRelation = (facts: Facts, atom: RelationAtom): Clashing | undefined => {
  const straight = atom.left.key < atom.right.key;
  const [left, right] = straight ? [atom.left, atom.right] : [atom.right, atom.left];
  for (const { key, of } of [left, right]) {
    if (!facts.domains.has(key)) facts.domains.set(key, domainFor(facts, key, of, atom.letterCase));
  }
  const name = `${left.key}\n${right.key}`;
  const known = facts.relations.get(name) ?? { left: left.key, right: right.key, allowed: anyRelation, atoms: [] };
  const allowed = known.allowed & (straight ? atom.allowed : turned(atom.allowed));
  const atoms = [...known.atoms, atom];
  facts.relations.set(name, { ...known, allowed, atoms });
  return allowed === 0 ? () => sourcesOf(atoms) : undefined;
};

/** Takes one demand more into the facts; gives what it clashes with. */
export const add = (facts: Facts, atom: Atom): Clashing | undefined => {
  if (!atom.exact) facts.exact = false;
  switch (atom.kind) {
    case 'value':
      return addValue(facts, atom);
    case 'relation':
      return addRelation(facts, atom);
    case 'flag': {
      const known = facts.flags.get(atom.key);
      if (!known) facts.flags.set(atom.key, { value: atom.value, sources: atom.sources });
      return known && known.value !== atom.value ? () => [...known.sources, ...atom.sources] : undefined;
    }
  }
};

const possibleRelations = (left: Domain, right: Domain): number => {
  const filled = mayBeFilled(left) && mayBeFilled(right);
  let bits = 0;
  if (left.empty && right.empty) bits |= bothEmpty;
  if (left.empty && mayBeFilled(right)) bits |= leftEmpty;
  if (right.empty && mayBeFilled(left)) bits |= rightEmpty;
  if (!filled) return bits;
  if (mayBeFilled(merged(left, right))) bits |= equal;
  const one = onlyValue({ ...left, empty: false });
  const other = onlyValue({ ...right, empty: false });
  const same = one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other);
  if (same) return bits;
  const bool = one?.kind === 'boolean' || other?.kind === 'boolean';
  if (bool || mayBeLess(left, right)) bits |= less;
  if (bool || mayBeLess(right, left)) bits |= greater;
  return bits;
};

/** Chains of equal things longer than this are not followed. */
const maximumRounds = 4;
const maximumRelations = 60;

/** What the relations between paths do to their values. */
export const settle = (facts: Facts): Clashing | undefined => {
  if (facts.relations.size > maximumRelations) {
    facts.exact = false;
    return undefined;
  }
  for (let round = 0; round < maximumRounds; round += 1) {
    let narrowedOne = false;
    for (const { left, right, allowed, atoms } of facts.relations.values()) {
      const one = facts.domains.get(left);
      const other = facts.domains.get(right);
      if (!one || !other) continue;
      const possible = possibleRelations(one, other) & allowed;
      if (possible === 0) return () => sourcesOf([...one.atoms, ...other.atoms, ...atoms]);
      const next = (domain: Domain, emptyBits: number): Domain => ({
        ...domain,
        empty: domain.empty && (possible & emptyBits) !== 0,
        filled: domain.filled && (possible & ~emptyBits) !== 0,
      });
      let newLeft = next(one, bothEmpty | leftEmpty);
      let newRight = next(other, bothEmpty | rightEmpty);
      const same = (possible & ~(equal | bothEmpty)) === 0;
      if (same && round < maximumRounds - 1 && one.atoms.length + other.atoms.length < maximumPairs) {
        const leftAtoms = new Set(newLeft.atoms);
        const rightAtoms = new Set(newRight.atoms);
        const fromRight = newRight.atoms.filter((atom) => !leftAtoms.has(atom));
        const fromLeft = newLeft.atoms.filter((atom) => !rightAtoms.has(atom));
        newLeft = fromRight.reduce(narrowed, newLeft);
        newRight = fromLeft.reduce(narrowed, newRight);
      }
      if (!isPossible(newLeft) || !isPossible(newRight))
        return () => sourcesOf([...one.atoms, ...other.atoms, ...atoms]);
      const differs =
        newLeft.atoms.length !== one.atoms.length ||
        newRight.atoms.length !== other.atoms.length ||
        newLeft.empty !== one.empty ||
        newRight.empty !== other.empty ||
        newLeft.filled !== one.filled ||
        newRight.filled !== other.filled;
      if (!differs) continue;
      narrowedOne = true;
      facts.domains.set(left, newLeft);
      facts.domains.set(right, newRight);
    }
    if (!narrowedOne) return undefined;
  }
  facts.exact = false;
  return undefined;
};
