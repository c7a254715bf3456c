import { setFlagsFromString } from 'node:v8';

/**
 * A hundred hypotheses are each asked some thousand times: to optimise them cost as much as all of their answers. What is asked a
 * million times is optimised all the same.
 */
export const optimiseLater = (): void => setFlagsFromString('--interrupt-budget=400000');

/**
 * The heap grows by a fifth of what is in use before it is cleaned up, not to four times of it: what comes by in a comparison of millions
 * of records is used once, and was most of the memory (630 MiB of which 130 were in use). It costs no time that could be measured.
 */
export const growSlowly = (): void => setFlagsFromString('--heap-growing-percent=20');
