/** One text that programs write when mail fails, and the cause that it speaks of. */
export interface LogPattern {
  readonly match: RegExp;
  /** Undefined where the program hides what the server said: there is no candidate, only a check to run. */
  readonly cause: string | undefined;
  /** Who writes it. */
  readonly by: string;
  /** A real line; the test of this pattern. */
  readonly sample: string;
  /** How surely the text alone shows the cause, 0 to 1, where it differs from the others. */
  readonly confidence?: number;
}

/** How surely a text alone shows its cause; texts that several causes share are less sure. */
export const usualConfidence = 0.85;
export const sharedConfidence = 0.65;
