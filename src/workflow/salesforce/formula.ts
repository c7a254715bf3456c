import type { Place } from '../../model/workflow/place.ts';
import type { FormulaProblem, Path, Value } from '../../model/workflow/value.ts';
import type { FormulaFault, FormulaNode, FormulaReading } from '../../reason/formula/node.ts';
import { namesIn, readSalesforceFormula } from '../../reason/formula/salesforce.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { type NameReader, pathsIn } from './merge-text.ts';

/** A formula as a file holds it, with the way from its characters to the file. */
export interface FormulaText {
  readonly text: string;
  /** With the blanks around it: what the offsets of nodes count in. */
  readonly source: string;
  readonly place: Place;
  readonly reading: FormulaReading;
  readonly reads: readonly Path[];
  readonly faults: readonly FormulaProblem[];
  readonly placeOf: (node: { readonly start: number; readonly end: number }) => Place;
}

/** Reads the formula that an element holds. */
export const formulaOf = (element: XmlElement, read: NameReader): FormulaText => {
  const { text } = element;
  const reading = readSalesforceFormula(text);
  const placeOf = ({ start, end }: { readonly start: number; readonly end: number }): Place =>
    element.placeIn(start, end);
  const problem = ({ kind, says, nearest, start, end }: FormulaFault): FormulaProblem => ({
    kind,
    says,
    ...(nearest === undefined ? {} : { nearest }),
    place: placeOf({ start, end }),
  });
  const faults = reading.kind === 'fault' ? [reading.fault] : reading.kind === 'read' ? reading.faults : [];
  return {
    text: text.trim(),
    source: text,
    place: element.textPlace,
    reading,
    reads:
      reading.kind === 'read' ? namesIn(reading.node).flatMap((name) => pathsIn(read(name.text, placeOf(name)))) : [],
    faults: faults.map(problem),
    placeOf,
  };
};

export const formulaValue = ({ text, reads, faults, place }: FormulaText): Value => ({
  kind: 'formula',
  language: 'salesforce',
  text,
  reads,
  faults,
  place,
});

/** What a formula says, where it was understood. */
export const nodeOf = ({ reading }: FormulaText): FormulaNode | undefined =>
  reading.kind === 'read' ? reading.node : undefined;
