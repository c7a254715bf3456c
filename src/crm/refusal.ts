import type { CrmFailure, CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';

/** Carries a failure out of the depth of a question; it never leaves the connector. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly failure: CrmFailure;

  constructor(failure: CrmFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

export const refuse = (failure: CrmFailure): never => {
  throw new Refusal(failure);
};

/** What a question found, and what it could not see. */
export interface Found<Value> {
  readonly value: Value;
  readonly gaps?: readonly Text[];
}

/** Asks, and turns a refusal into the reply that says so; any other error is our own mistake. */
export const replied = async <Value>(ask: () => Promise<Found<Value>>): Promise<CrmReply<Value>> => {
  try {
    const { value, gaps = [] } = await ask();
    return { kind: 'answered', value, ...(gaps.length > 0 ? { gaps } : {}) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'failed', failure: error.failure };
    throw error;
  }
};

/** What a part of an answer found; undefined where it was refused for one of these reasons, of which `gaps` then tells. */
export const unlessRefused = async <Value>(
  ask: () => Promise<Value>,
  kinds: readonly CrmFailure['kind'][],
  missed: () => void,
): Promise<Value | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refusal) || !kinds.includes(error.failure.kind)) throw error;
    missed();
    return undefined;
  }
};
