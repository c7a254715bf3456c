import type { Evidence } from '../../src/model/check.ts';
import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { throughOtherDoors } from '../config/door-changes.ts';
import { reaches } from './reach.ts';

interface Places {
  readonly places: readonly Place[];
}

/** The protocols' other standard doors, each of which is encrypted: a way round a door that is broken. */
export const doorCandidates = ({ places }: Places, subject: Subject): readonly (readonly Change[])[] => {
  const each = places.flatMap(({ protocol }) => {
    const service = subject.services[protocol];
    return service ? [throughOtherDoors(service, subject)] : [];
  });
  const rounds = Math.max(0, ...each.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) =>
    each.flatMap((changes) => changes[round] ?? changes.at(-1) ?? []),
  );
};

export const doorsWork = (trial: Evidence, subject: Subject, { places }: Places): boolean =>
  places.every(({ protocol }) => reaches(trial, subject, protocol));
