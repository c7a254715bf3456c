import { createHmac, randomBytes } from 'node:crypto';
import { masked } from '../../reason/mask.ts';
import { printable } from './printable.ts';

/** Known to this process alone and written nowhere: nobody can try keys against what was written. */
const secret = randomBytes(32);
const digits = 8;

/** As `keyOf` of the comparison puts the parts of a key together. */
const between = ' / ';
const longest = 120;

const nameOf = (part: string): string =>
  part === '' ? '' : `${masked(part)}#${createHmac('sha256', secret).update(part).digest('hex').slice(0, digits)}`;

/**
 * A key without what it says: its notation, and a name by which the same record is found again in the report and files of this run, and
 * nowhere else.
 */
export const pseudonym = (key: string): string => printable(key, longest).split(between).map(nameOf).join(between);
