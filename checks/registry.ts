/** Everything at once. A run takes the checks first and the causes while it waits for the network. */
export { allCauses } from './all-causes.ts';
export { allChecks } from './all-checks.ts';
