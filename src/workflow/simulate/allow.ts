import type { Here } from './here.ts';
import { fail } from './here.ts';
import { deniedObject } from './write-checks.ts';

/** Ends the step where the one that it runs as may not do this. */
export const allow = (here: Here, operation: 'create' | 'read' | 'update' | 'delete', object: string): void => {
  const denied = deniedObject(here.run.runner, operation, object, here.box);
  if (denied) fail(here, denied);
};
