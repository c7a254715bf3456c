import type { CheckStatus } from '../model/report.ts';
import type { Text } from '../model/text.ts';

/** Our own words, or those of a report, which are in the reader's language already. */
export type Words = Text | string;

/** A label with what belongs to it, one or several lines. */
export interface Fact {
  readonly label: Text;
  readonly text: Words | readonly Words[];
}

/** What the guide shows; how it looks is the terminal's business. */
export type Block =
  /** A heading; `at` is the place on the way: `3/5`. */
  | { readonly kind: 'title'; readonly text: Words; readonly at?: string }
  | { readonly kind: 'words'; readonly text: Words }
  /** A side note. */
  | { readonly kind: 'note'; readonly text: Words }
  | { readonly kind: 'result'; readonly status: CheckStatus; readonly title: Words; readonly below?: readonly Words[] }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  /** Short cells side by side where the window is wide enough. */
  | { readonly kind: 'table'; readonly head: readonly Text[]; readonly rows: readonly (readonly Words[])[] }
  | { readonly kind: 'steps'; readonly steps: readonly Words[] }
  /** Word for word: what a server said, a difference, a text to copy. */
  | { readonly kind: 'quoted'; readonly lines: readonly string[] }
  /** To be typed or copied, on a line of its own. */
  | { readonly kind: 'command'; readonly text: string };

interface Asked {
  /** Stands in the saved session. */
  readonly id: string;
  readonly message: Text;
  /** What `?` explains. */
  readonly more?: Text;
}

export interface Choice {
  readonly value: string;
  readonly name: Words;
  /** A line below the list while the choice is marked. */
  readonly about?: Words;
}

/** One of several; the first is where Enter leads. */
export interface ChoiceQuestion extends Asked {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}

export interface TextQuestion extends Asked {
  readonly kind: 'text';
  /** What Enter alone gives. */
  readonly initial?: string;
  /** What Enter alone means; absent: an answer is needed. */
  readonly empty?: Text;
  readonly wrong?: (answer: string) => Text | undefined;
}

/** A line that is not shown, not saved and not recorded. */
export interface SecretQuestion extends Asked {
  readonly kind: 'secret';
  readonly empty: Text;
}

export type Question = ChoiceQuestion | TextQuestion | SecretQuestion;

export type Reply = { readonly kind: 'answer'; readonly value: string } | { readonly kind: 'back' };

/** Something is going on; `stop` wipes it away. */
export interface Waiting {
  readonly now: (words: Words) => void;
  readonly stop: () => void;
}

/** The person at the terminal. */
export interface Talk {
  readonly say: (block: Block) => void;
  /** Throws `Left` where the person goes. */
  readonly ask: (question: Question, options: { readonly back: boolean }) => Promise<Reply>;
  readonly wait: (words: Words) => Waiting;
}

/** The person has gone: Ctrl+C, Ctrl+D, a signal, a closed terminal, or by choice. */
export class Left extends Error {
  readonly by: 'SIGINT' | 'SIGTERM' | 'choice';
  constructor(by: Left['by']) {
    super(by);
    this.name = 'Left';
    this.by = by;
  }
}
