import type { ValidationFact } from '../../model/sync/comparison.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import { differingRows } from '../../sync/differing-rows.ts';
import type { Joined } from '../../sync/joined.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import { checkRules } from '../../sync/validate/record-rules.ts';
import { validate } from '../../sync/validate/validate.ts';
import { type Asked, alone, type Comparing, otherSide, type Sources, sides } from './comparing.ts';
import { redactedValidation } from './redact.ts';
import { schemaRow } from './result-rows.ts';

type Only = NonNullable<ValidationFact['sides'][number]['only']>;

/** Of tables that stay where they are: the records that came over because they differ, which a sync would write; all, or a sample. */
export const validatedOfDiffering = async (
  { config }: SyncSubject,
  mapping: ColumnMapping,
  { joined, only, sources }: { readonly joined: Joined; readonly only: Only; readonly sources: Sources },
  { signal, redact }: Pick<Comparing, 'signal' | 'redact'>,
): Promise<Asked<ValidationFact>> => {
  const found: ValidationFact['sides'][number][] = [];
  const positions = mapping.columns.map((_, at) => at);
  for (const side of sides) {
    const { rules, notChecked } = checkRules(sources[otherSide(side)].facts.constraints ?? [], mapping.columns, side);
    const rows = () => differingRows(joined, mapping, side);
    const of = { side, rows, positions, records: rules, notChecked };
    const demands = config.fields ? { demands: config.fields } : {};
    found.push({ ...(await validate({ ...of, ...demands }, mapping.columns, signal)), only });
  }
  const fact = redact ? redactedValidation({ sides: found }) : { sides: found };
  return alone(schemaRow(fact), fact);
};
