import { randomBytes } from 'node:crypto';

/** `20261124T020512Z-159ab12cd`: sorts by time, milliseconds as the first three digits; the rest is random. */
export const newRunId = (now: Date = new Date()): string => {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const milliseconds = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${time}-${milliseconds}${randomBytes(3).toString('hex')}`;
};

/** Letters, digits and hyphens, so that an id is never a path. */
export const isRunId = (id: string): boolean => /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id);
