import type { CrmConnectFact } from './connect.check.ts';

/** The Date header counts in whole seconds, an answer takes its time, and tokens are good for some minutes. */
const mostApartMs = 300_000;

const readings = ({
  at,
  reply,
  reach,
}: CrmConnectFact): readonly { readonly theirs: string; readonly ours: string }[] => {
  const clock = reply.kind === 'answered' ? reply.value.clock : undefined;
  const date = reply.kind === 'failed' ? reply.failure.date : undefined;
  const page = reach?.page?.kind === 'page' ? reach.page.page.date : undefined;
  return [
    ...(clock ? [clock] : []),
    ...(date === undefined ? [] : [{ theirs: date, ours: at }]),
    ...(page === undefined || !reach ? [] : [{ theirs: page, ours: reach.at }]),
  ];
};

/** The CRM's clock minus ours in milliseconds, where both were seen and differ by more than logins allow for. */
export const clockApart = (fact: CrmConnectFact): number | undefined => {
  const apart = readings(fact)
    .map(({ theirs, ours }) => Date.parse(theirs) - Date.parse(ours))
    .find((ms) => Number.isFinite(ms));
  return apart !== undefined && Math.abs(apart) > mostApartMs ? apart : undefined;
};
