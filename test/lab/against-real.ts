import { describe, test } from '@jest/globals';

/**
 * Tests against a server itself. Where it cannot be had (`missing` says why: no root, no package archive, another system), a
 * contributor's run goes on without them; in CI it is a failure, but for what CI is not to fetch (`tooLarge` says why).
 */
export const againstReal = (name: string, missing: string | undefined, body: () => void, tooLarge?: string): void => {
  if (missing === undefined) {
    describe(name, body);
    return;
  }
  console.warn(`${name}: not run here: ${missing}.`);
  if (process.env.CI === 'true' && tooLarge === undefined) {
    test(`${name}: it can run`, () => {
      throw new Error(`It cannot: ${missing}.`);
    });
  }
  // Left out by name, with the reason in it, so that the list of what was skipped says what nobody has seen.
  describe.skip(`${name} (${missing})`, body);
};
