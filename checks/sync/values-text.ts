import type { Text } from '../../src/model/text.ts';

const mostShown = 5;

/** `"A", "B"` and how many more, of a list in a detail. */
export const valuesText = (values: unknown): Text => {
  const all: readonly unknown[] = Array.isArray(values) ? values : [];
  const shown = all.slice(0, mostShown).map((value) => String(value).slice(0, 60));
  const more = all.length - mostShown;
  return {
    en: `${shown.map((value) => `"${value}"`).join(', ')}${more > 0 ? ` (+${more})` : ''}`,
    ja: `${shown.map((value) => `「${value}」`).join('')}${more > 0 ? `（ほか ${more} 種類）` : ''}`,
  };
};
