import { randomBytes } from 'node:crypto';

/** Letters and digits that are not taken for each other when they are read out. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

const length = 10;

/** `kd4mpq7rtw`: begins with a letter, so that it is never taken for a run. */
export const newRecordId = (): string => {
  const bytes = [...randomBytes(length)];
  return bytes.map((byte, index) => letters.charAt(byte % (index === 0 ? 23 : letters.length))).join('');
};
