/** What stands at a path of plain JSON whose shape only its check knows. */
export const inside = (value: unknown, ...keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );

export const listIn = (value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] => {
  const found = inside(value, ...keys);
  return Array.isArray(found) ? found : [];
};
