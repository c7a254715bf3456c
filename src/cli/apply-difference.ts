import { isPair, isScalar, visit } from 'yaml';
import { parseConfig } from '../config/document.ts';
import { visible } from '../i18n/visible.ts';
import { createRedactor } from '../reason/redact.ts';

const stars = '***';

/** Keys whose value is a secret; `passwordFile` and `passwordCommand` only say where one is. */
const secretKey = /^(?:password|secret|accessToken)$/;

/** A reference to the environment says nothing; it is shown, so that a reader knows the line again. */
const onlyReference = /^\$\{\w+\}$/;

/** Old passwords are kept in comments, too. */
const secretInComment = /(#.*?(?:pass\w*|secret|token|パスワード)\s*[:：=]?\s*)\S.*$/iu;

/** The text of a configuration without its secrets; every line stays on its line. */
const withoutSecrets = (text: string): string => {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const { yaml, source } = parseConfig(text);
  const hidden: (readonly [number, number])[] = [];
  visit(yaml, {
    Pair: (_, pair) => {
      if (!isPair(pair) || !isScalar(pair.key) || !secretKey.test(String(pair.key.value))) return;
      const { value } = pair;
      if (!isScalar(value) || !value.range) return;
      const [from, to] = value.range;
      if (!onlyReference.test(source.slice(from, to).replace(/^["']|["']$/g, ''))) hidden.push([from, to]);
    },
  });
  let masked = text;
  for (const [from, to] of hidden.toSorted(([left], [right]) => right - left)) {
    const breaks = source.slice(from, to).replace(/[^\n]/g, '');
    masked = masked.slice(0, mark + from) + stars + breaks + masked.slice(mark + to);
  }
  return masked;
};

type Line = readonly [sign: ' ' | '-' | '+', text: string];

/** More cells than this are not compared line by line: the whole part is shown as taken out and put in. */
const mostCells = 4_000_000;

/** The longest common lines of two parts, as removed, added and kept lines. */
const compared = (before: readonly string[], after: readonly string[]): readonly Line[] => {
  if (before.length * after.length > mostCells) {
    return [...before.map((text): Line => ['-', text]), ...after.map((text): Line => ['+', text])];
  }
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push([' ', before[i] ?? '']);
      i += 1;
      j += 1;
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(['-', before[i] ?? '']);
      i += 1;
    } else {
      lines.push(['+', after[j] ?? '']);
      j += 1;
    }
  }
  return lines;
};

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

const allLines = (before: readonly string[], after: readonly string[]): readonly Line[] => {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const kept = (text: string): Line => [' ', text];
  return [
    ...before.slice(0, head).map(kept),
    ...compared(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(kept),
  ];
};

const around = 3;

/** Unified difference of two line lists, without the two lines that name the files. */
const hunksOf = (lines: readonly Line[]): readonly string[] => {
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(([sign]) => sign !== ' '),
  );
  const written: string[] = [];
  let [old, now] = [1, 1];
  lines.forEach(([sign, text], index) => {
    if (shown[index]) {
      if (!shown[index - 1]) {
        const end = shown.indexOf(false, index);
        const hunk = lines.slice(index, end < 0 ? undefined : end);
        const count = (other: string) => hunk.filter(([one]) => one !== other).length;
        written.push(`@@ -${old},${count('+')} +${now},${count('-')} @@`);
      }
      written.push(`${sign}${text}`);
    }
    if (sign !== '+') old += 1;
    if (sign !== '-') now += 1;
  });
  return written;
};

/**
 * What a change does to a configuration file, as `diff -u` writes it. No secret is in it: literal ones are replaced by
 * their place in the file, known values wherever else they stand.
 */
export const differenceOf = (
  file: string,
  { before, after }: { readonly before: string; readonly after: string },
  secrets: readonly string[],
): readonly string[] => {
  const redact = createRedactor(secrets);
  const safe = (text: string) =>
    linesOf(withoutSecrets(text)).map((line) => line.replace(secretInComment, `$1${stars}`));
  const hunks = hunksOf(allLines(safe(before), safe(after)));
  return [`--- ${file}`, `+++ ${file}`, ...hunks].map((line) => visible(redact(line)));
};
