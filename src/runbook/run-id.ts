import { randomBytes } from 'node:crypto';

/** `20261124T020512Z-ab12cd`: sorts by time; the random part tells runs of one second apart. */
export const newRunId = (now: Date = new Date()): string => {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(3).toString('hex')}`;
};

/** Letters, digits and hyphens, so that an id is never a path. */
export const isRunId = (id: string): boolean => /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id);
