/** Keys below this are weak for everybody (CONTRACT: limits by default). */
export const weakBelowBits = 2048;

/** A certificate ends soon within these days (CONTRACT: limits by default). */
export const soonDays = 21;
