import type { Text } from '../../model/text.ts';

/** The configuration asks for what the cluster cannot do; with what to do instead. */
export class Refused extends Error {
  readonly why: Text;
  constructor(en: string, ja: string) {
    super(en);
    this.why = { en, ja };
  }
}
