import type { Change } from './config.ts';
import type { Outcome } from './outcome.ts';
import type { Text } from './text.ts';

/** What a run tells while it goes on; spinner, guide and runbook read the same stream. */
export type RunEvent =
  | {
      readonly kind: 'planned';
      readonly checks: number /** One for each of them, several of one id among them. */;
      readonly ids: readonly string[];
    }
  | { readonly kind: 'check-started'; readonly id: string; readonly target: string; readonly title: Text }
  | {
      readonly kind: 'check-finished';
      readonly id: string;
      readonly target: string;
      readonly title: Text;
      readonly outcome: Outcome<unknown>;
      readonly ms: number;
    }
  /** How far a long one is: `41 %, 812,000 rows/s, 12 s left`. */
  | { readonly kind: 'check-progressed'; readonly id: string; readonly target: string; readonly says: Text }
  /** What it is about to do that a person may want to stop; it stays on the screen. */
  | { readonly kind: 'check-announced'; readonly id: string; readonly target: string; readonly says: Text }
  | { readonly kind: 'trial-started'; readonly cause: string; readonly change: readonly Change[] }
  | {
      readonly kind: 'trial-finished';
      readonly cause: string;
      readonly change: readonly Change[];
      readonly works: boolean;
    };

export type Listener = (event: RunEvent) => void;
