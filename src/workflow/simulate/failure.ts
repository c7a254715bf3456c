import type { Text } from '../../model/text.ts';
import type { Place } from '../../model/workflow/place.ts';

/** Where and why a run breaks. */
export interface Failure {
  readonly workflow: string;
  readonly step: string;
  /** Without `workflow.` */
  readonly rule: string;
  readonly place: Place;
  readonly message: Text;
  /** No error path of a workflow gets hold of it: the platform ends everything. */
  readonly fatal: boolean;
}

/** Thrown inside a run, and caught by the step's or the workflow's error path, or by the run itself. */
export class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message.en);
    this.failure = failure;
  }
}

/** What is wrong, before it is known which step it happened in. */
export interface Wrong {
  readonly rule: string;
  readonly message: Text;
}

/** The run cannot go on, and not because the workflow is wrong: more steps than a dry run takes. */
export class TooLong extends Error {
  readonly why: Text;
  constructor(why: Text) {
    super(why.en);
    this.why = why;
  }
}
