/** Where something stands in a file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Place {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The way to it in words of the format: `Flow/decisions[2]`, a JSON pointer, `states/承認`. */
  readonly pointer?: string;
}

/** A name as it is written in a definition, and where. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}
