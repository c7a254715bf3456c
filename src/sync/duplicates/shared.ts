import type { Matcher } from './matcher.ts';
import type { PersonRecord } from './record.ts';
import type { Shared } from './score.ts';

/** More names than this at one address are not those of one household. */
const handful = 4;
/** Records of one address that are looked at. */
const mostOfCrowd = 50;

/** What a reception or a machine is called before the @: several people write from it, also where only two of them are known. */
const receptions: ReadonlySet<string> = new Set(
  'info contact inquiry office admin support sales mail webmaster postmaster noreply no-reply donotreply do-not-reply'.split(
    ' ',
  ),
);

/**
 * Tells addresses that are nobody's own: of persons those of a reception, and in any records those that more than a handful of them have
 * under another name each (of records without persons: of another company each).
 */
export const sharedAddresses = (
  persons: boolean,
): { readonly is: Shared; readonly learn: NonNullable<Matcher<PersonRecord>['learn']> } => {
  const crowded = new Set<string>();
  const nameOf = ({ name, kana, company }: PersonRecord): string => (persons ? name || kana : company);
  return {
    is: (email) => crowded.has(email) || (persons && receptions.has(email.slice(0, email.indexOf('@')))),
    learn: ({ crowds }) =>
      crowds('email', handful + 1, mostOfCrowd, (crowd) => {
        const names = new Map<string, Set<string>>();
        for (const record of crowd) {
          const name = nameOf(record);
          if (name === '') continue;
          for (const email of record.emails) names.set(email, (names.get(email) ?? new Set()).add(name));
        }
        for (const [email, different] of names) if (different.size > handful) crowded.add(email);
      }),
  };
};
