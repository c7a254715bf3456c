import { defineNormalRule } from '../../model/sync/normal.ts';

/** The separator of a value is the first of these that it has: a comma within `東京, 大阪;名古屋` belongs to a choice. */
const separators = [/[;；]/, /[|｜]/, /\n/, /[,，、]/, /[/／]/];

/** The choices of one value, as they stand; undefined of a value that is too long to be one of choices. */
export const choicesOf = (value: string): readonly string[] | undefined => {
  if (value.length > 20_000) return undefined;
  const bare = value.trim().replace(/^\[(.*)\]$/s, '$1');
  const separator = separators.find((one) => one.test(bare)) ?? /;/;
  return bare
    .split(separator)
    .map((choice) => choice.trim().replace(/^"(.*)"$/s, '$1'))
    .filter((choice) => choice !== '');
};

export const multiSelectOrder = defineNormalRule({
  id: 'multi-select-order',
  title: { en: 'order of several choices', ja: '複数選択の順序・区切り' },
  types: ['multi-picklist'],
  cause: 'sync.multi-select-order',
  canonical: (value) => {
    const choices = choicesOf(value);
    return choices && [...new Set(choices)].toSorted().join(';');
  },
});
