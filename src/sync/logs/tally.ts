/** Beyond these, a text that was not seen before is counted nowhere. */
const mostTexts = 2_000;
const mostTold = 50;

/** Numbers, ids, addresses and quoted values are not what an error is about. */
const templateOf = (says: string): string =>
  says
    .slice(0, 300)
    .replace(/[\w.+-]{1,64}@[\w.-]{1,128}/g, '@')
    .replace(/"[^"]{0,200}"|'[^']{0,200}'|「[^」]{0,200}」/g, '""')
    .replace(/\b[\da-f]{8}-[\da-f-]{20,40}\b/gi, '#')
    .replace(/\b(?=[A-Za-z]*\d)[A-Za-z\d]{12,}\b/g, '#')
    .replace(/\d+/g, '#')
    .toLowerCase();

/** Texts that name errors, alike ones together, in memory that does not grow with the log. */
export const errorTally = () => {
  const seen = new Map<string, { readonly says: string; times: number }>();
  return {
    add: (says: string): void => {
      const template = templateOf(says);
      const known = seen.get(template);
      if (known) known.times += 1;
      else if (seen.size < mostTexts) seen.set(template, { says, times: 1 });
    },
    told: (printable: (text: string, most?: number) => string) =>
      [...seen.values()]
        .toSorted((a, b) => b.times - a.times)
        .slice(0, mostTold)
        .map(({ says, times }) => ({ says: printable(says, 300), times })),
  };
};
