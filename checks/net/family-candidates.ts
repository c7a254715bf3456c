import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';

/** The one change that keeps to the addresses of one family, where both are used so far. */
export const familyCandidates = (family: 4 | 6, subject: Subject): readonly (readonly Change[])[] => {
  const now = subject.config.family;
  return now === 4 || now === 6 ? [] : [[{ path: `${subject.path}.family`, from: now ?? null, to: family }]];
};
