/** `"A", "B"` and how many more, of a list in a detail. */
export const valuesText = (values: unknown): string => {
  const all: readonly unknown[] = Array.isArray(values) ? values : [];
  const shown = all.slice(0, 5).map((value) => `"${String(value).slice(0, 60)}"`);
  return `${shown.join(', ')}${all.length > 5 ? ` (+${all.length - 5})` : ''}`;
};
