import type { ValidationFact } from '../../model/sync/comparison.ts';
import { opposite, sides } from '../../model/sync/side.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';
import { differingRows } from '../../sync/differing-rows.ts';
import type { Joined } from '../../sync/joined.ts';
import type { ColumnMapping } from '../../sync/mapping/map-columns.ts';
import { askedOf } from '../../sync/validate/asked.ts';
import { validate } from '../../sync/validate/validate.ts';
import { type Asked, alone, type Comparing, type Sources } from './comparing.ts';
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
    const rows = () => differingRows(joined, mapping, side);
    const { lookUp, facts } = sources[opposite(side)];
    const asked = await askedOf(
      {
        ...{ side, rows, positions: { left: positions, right: positions }, columns: mapping.columns },
        target: { facts, ...(lookUp ? { lookUp } : {}) },
        isSample: only === 'sample',
        keyForm: keyForm(config.key.rules),
      },
      signal,
    );
    const demands = config.fields ? { demands: config.fields } : {};
    found.push({ ...(await validate({ side, rows, positions, ...demands, ...asked }, mapping.columns, signal)), only });
  }
  const fact = redact ? redactedValidation({ sides: found }) : { sides: found };
  return alone(schemaRow(fact), fact);
};
