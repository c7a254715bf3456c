import { createHash } from 'node:crypto';

/** A share of one (0 to below 1) that a machine always gets again and that differs between machines. */
export const shareOf = (machine: string): number =>
  createHash('sha256').update(machine).digest().readUInt32BE(0) / 2 ** 32;
