/** How far a round is, as services in the manner of healthchecks.io want to be told. */
export type PingPhase = 'start' | 'success' | 'fail';

const mostBody = 10_000;

/** `/start` and `/fail` behind the address of the check; nothing behind it is success. A query stays where it was. */
export const pingUrl = (url: string, phase: PingPhase): string => {
  if (phase === 'success') return url;
  const [address = '', ...query] = url.split('?');
  return [`${address.replace(/\/+$/, '')}/${phase}`, ...query].join('?');
};

/** What stands in the ping: the service keeps its beginning. */
export const pingBody = (lines: readonly string[]): string => lines.join('\n').slice(0, mostBody);
