import type { Named } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { ConditionReader } from './flow-conditions.ts';
import type { FlowWrites } from './flow-writes.ts';

/** What the parts of a flow's importer share. */
export interface FlowReader extends ConditionReader {
  readonly writes: FlowWrites;
  /** The object whose records start the flow. */
  readonly object: string | undefined;
  readonly phase: 'before' | 'after' | 'async';
  /** A process of the retired Process Builder. */
  readonly isProcess: boolean;
  readonly text: (element: XmlElement) => Value;
  /** The object of the records in a variable. */
  readonly objectOf: (path: Path) => Named | undefined;
}
