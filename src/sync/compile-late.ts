import { setFlagsFromString } from 'node:v8';

/** With the release that this was measured with; later ones have a compiler between the two, and other measures. */
const measured = 20;

/**
 * What is called often is optimised after three times as much work as usual. A hundred hypotheses are hot for some milliseconds each: to
 * optimise every one of them took a fifth of the CPU time of a diagnosis, most of it for code that was not called again.
 */
export const compileLate = (): void => {
  if (Number.parseInt(process.versions.node, 10) === measured) setFlagsFromString('--interrupt-budget=400000');
};
