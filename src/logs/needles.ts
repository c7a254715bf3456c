/**
 * What every match of a regular expression must hold: one string of a set, in lower case. It lets the reader pass over
 * lines without looking at them. Knows the syntax that the patterns use; what it does not know it asks nothing of.
 */
interface Part {
  /** All the strings that the part can be, when these are few. */
  readonly exact?: readonly string[];
  /** Else one of these is in every match. */
  readonly needed?: readonly string[];
}

const few = 16;

const weight = (set: readonly string[]): number => Math.min(...set.map((word) => word.length));

const better = (left: readonly string[] | undefined, right: readonly string[] | undefined) => {
  if (left === undefined || right === undefined) return left ?? right;
  const [a, b] = [weight(left), weight(right)];
  return b > a || (b === a && right.length < left.length) ? right : left;
};

const product = (left: readonly string[], right: readonly string[]) =>
  left.flatMap((start) => right.map((end) => start + end));

const zeroWidth = /^(?:\^|\$|\\[bB])/;
const classForm = /^\[(?:\\.|[^\]\\])*\]/;
const quantifierForm = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/;

/** `[- ]`, `[Gg]`: the characters of a small class; undefined for ranges, negations and class escapes. */
const membersOf = (source: string): readonly string[] | undefined => {
  const inner = source.slice(1, -1);
  if (inner.startsWith('^') || /\\[a-z]/i.test(inner) || /[^\\]-./.test(inner)) return undefined;
  const members = [...new Set(inner.replace(/\\(.)/g, '$1').toLowerCase())];
  return members.length <= 4 ? members : undefined;
};

const closing = (source: string, open: number): number => {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '[') at += (classForm.exec(source.slice(at))?.[0].length ?? 1) - 1;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return source.length;
};

const alternativesOf = (source: string): readonly string[] => {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '[') at += (classForm.exec(source.slice(at))?.[0].length ?? 1) - 1;
    else if (character === '(') at = closing(source, at);
    else if (character === '|') {
      parts.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, source.slice(from)];
};

/** The atom at the start of a source, and how long it is written. */
const atomOf = (source: string): { readonly part: Part; readonly length: number } => {
  const flat = zeroWidth.exec(source)?.[0];
  if (flat !== undefined) return { part: { exact: [''] }, length: flat.length };
  if (source.startsWith('(')) {
    const end = closing(source, 0);
    const inner = source.slice(1, end);
    if (/^\?<?[!=]/.test(inner)) return { part: { exact: [''] }, length: end + 1 };
    return { part: alternation(inner.replace(/^\?:/, '')), length: end + 1 };
  }
  const group = classForm.exec(source)?.[0];
  if (group !== undefined) {
    const members = membersOf(group);
    return { part: members === undefined ? {} : { exact: members }, length: group.length };
  }
  if (source.startsWith('\\')) {
    const escaped = source.charAt(1);
    return { part: /[a-z0-9]/i.test(escaped) ? {} : { exact: [escaped] }, length: 2 };
  }
  if (source.startsWith('.')) return { part: {}, length: 1 };
  return { part: { exact: [source.charAt(0).toLowerCase()] }, length: 1 };
};

const concatenation = (source: string): Part => {
  let run: readonly string[] = [''];
  let whole = true;
  let best: readonly string[] | undefined;
  const flush = () => {
    if (weight(run) > 0) best = better(best, run);
    run = [''];
  };
  for (let at = 0; at < source.length; ) {
    const { part, length } = atomOf(source.slice(at));
    const quantifier = quantifierForm.exec(source.slice(at + length))?.[0] ?? '';
    at += length + quantifier.length;
    const optional = /^\?/.test(quantifier);
    const strings = part.exact && (optional ? [...part.exact, ''] : part.exact);
    if (strings && (quantifier === '' || optional) && run.length * strings.length <= few) {
      run = product(run, strings);
      continue;
    }
    whole = false;
    flush();
    if (quantifier === '' && part.exact) run = part.exact;
    else if (quantifier === '' || quantifier.startsWith('+')) best = better(best, part.exact ?? part.needed);
  }
  if (whole) return { exact: [...new Set(run)] };
  flush();
  return best === undefined ? {} : { needed: best };
};

const alternation = (source: string): Part => {
  const parts = alternativesOf(source).map(concatenation);
  const exact = parts.flatMap((part) => part.exact ?? []);
  if (parts.every((part) => part.exact) && exact.length <= few) return { exact };
  const needed = parts.map((part) => part.exact ?? part.needed);
  return needed.every((set) => set !== undefined && weight(set) > 0)
    ? { needed: needed.flatMap((set) => set ?? []) }
    : {};
};

/** Strings in lower case of which every match holds one; empty when the expression asks for none. */
export const needlesOf = (expression: RegExp): readonly string[] => {
  const part = alternation(expression.source);
  const found = part.exact ?? part.needed ?? [];
  return found.some((needle) => needle === '') ? [] : [...new Set(found)];
};
