import type { Choice, Field } from '../../../model/workflow/schema.ts';
import type { Format } from '../../../model/workflow/workflow.ts';
import { nearestName } from '../nearest-name.ts';
import { type Comparison, type Literal, literalsOf } from './sites.ts';

/** How a value that is written relates to the choices of a field. */
export type ChoiceFit =
  | { readonly kind: 'known'; readonly choice: Choice }
  /** Only letter case, width, composed letters, blanks around it or a byte-order mark differ. */
  | { readonly kind: 'spelling'; readonly meant: string }
  | { readonly kind: 'unknown'; readonly nearest?: string };

// A byte-order mark and zero-width signs come in by copying.
const invisible = /[\u200B-\u200D\u2060\uFEFF]/g;

/** A value without what people cannot see: only to suggest, never to accept. */
const seen = (text: string): string =>
  text.replaceAll(invisible, '').normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();

const ignoresCase = (format: Format): boolean => format === 'SF' || format === 'WR' || format === 'AP';

export const choiceFit = (value: string, choices: readonly Choice[], format: Format): ChoiceFit => {
  const same = choices.find((choice) => choice.value === value);
  if (same) return { kind: 'known', choice: same };
  const lowered = value.toLowerCase();
  const cased = ignoresCase(format) ? choices.find((choice) => choice.value.toLowerCase() === lowered) : undefined;
  if (cased) return { kind: 'known', choice: cased };
  const alike = choices.find((choice) => seen(choice.value) === seen(value));
  if (alike) return { kind: 'spelling', meant: alike.value };
  const active = choices.filter((choice) => choice.active);
  // The label is what people see; what is stored may be another word.
  const labelled = active.find(({ label }) => label !== undefined && seen(label) === seen(value));
  const nearest =
    labelled?.value ??
    nearestName(
      value,
      active.map((choice) => choice.value),
    );
  return { kind: 'unknown', ...(nearest === undefined ? {} : { nearest }) };
};

const comparing: ReadonlySet<string> = new Set([
  'eq',
  'ne',
  'in',
  'notIn',
  'changedTo',
  'changedFrom',
  'was',
  'includes',
  'includesAll',
  'excludes',
]);

/** A literal that is compared with a choice field. */
export interface Chosen {
  readonly literal: Literal;
  readonly value: string;
  readonly field: Field;
  readonly choices: readonly Choice[];
  readonly object: string;
  /** The schema says that it lists everything. */
  readonly certain: boolean;
  readonly fit: ChoiceFit;
}

/** The literals of a comparison that should be choices; `contains` too, where the field holds several. */
export const chosenIn = ({ test, leads }: Comparison, format: Format): readonly Chosen[] => {
  if (leads.kind !== 'field') return [];
  const { field, object } = leads;
  const { choices } = field;
  if (!choices || choices.length === 0 || (field.type !== 'picklist' && field.type !== 'multipicklist')) return [];
  const contains = field.type === 'multipicklist' && (test.op === 'contains' || test.op === 'notContains');
  if (!comparing.has(test.op) && !contains) return [];
  return literalsOf(test).flatMap((literal): Chosen[] => {
    if (literal.value === null || literal.value === '') return [];
    const value = String(literal.value);
    // "A;B": several choices in one text.
    if (field.type === 'multipicklist' && /[;,]/.test(value)) return [];
    const fit = choiceFit(value, choices, format);
    return [{ literal, value, field, choices, object: object.name, certain: object.complete, fit }];
  });
};
