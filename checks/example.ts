import type { AnyCause } from '../src/model/cause.ts';
import type { Change } from '../src/model/config.ts';

/** What one finding of a cause looks like: `crm-doctor explain` shows its steps with these hosts and numbers. */
export interface Example {
  readonly detail: unknown;
  /** The change that is tried first, where the cause has one. */
  readonly change?: readonly Change[];
  /** Of the surest of its findings, 0 to 1. */
  readonly confidence: number;
  /** Checks whose evidence it rests on. */
  readonly seenBy: readonly string[];
  /** What looks the same, and the check that tells it apart. */
  readonly lookAlikes: readonly { readonly cause: string; readonly by: string }[];
}

/** A root that both mailboxes and CRMs may have has an example of each. */
export const exampleKey = ({ id, on }: Pick<AnyCause, 'id' | 'on'>): string => (on === 'mail' ? id : `${id} (${on})`);
