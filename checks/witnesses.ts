import type { Witness } from '../src/model/cause.ts';
import { logWitness } from './logs/log-says.ts';

/** What else speaks for a cause that the checks have named. */
export const witnesses: readonly Witness[] = [logWitness];
