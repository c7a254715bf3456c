/** At most so many of a list, evenly from all of it: samples stand in the order of a file, and a fault may begin in its middle. */
export const spread = <Item>(items: readonly Item[], most: number): readonly Item[] => {
  const few = Math.floor(most);
  if (items.length <= few) return items;
  // The index is below the length.
  return Array.from({ length: few }, (_, at) => items[Math.floor((at * items.length) / few)] as Item);
};
