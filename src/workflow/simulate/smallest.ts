import type { Plain, PlainRecord, Sample } from '../../model/workflow/sample.ts';

/** One value that may be left out. */
interface Unit {
  readonly part: 'record' | 'change' | 'input';
  readonly name: string;
  readonly value: Plain;
}

const unitsOf = (sample: Sample): readonly Unit[] =>
  (['record', 'change', 'input'] as const).flatMap((part) =>
    Object.entries(sample[part] ?? {})
      .filter(([name]) => !(part === 'record' && name.toLowerCase() === 'id'))
      .map(([name, value]) => ({ part, name, value })),
  );

const recordOf = (units: readonly Unit[], part: Unit['part']): PlainRecord =>
  Object.fromEntries(units.filter((unit) => unit.part === part).map(({ name, value }) => [name, value]));

const withOnly = (sample: Sample, units: readonly Unit[]): Sample => {
  const id = Object.entries(sample.record ?? {}).filter(([name]) => name.toLowerCase() === 'id');
  return {
    ...sample,
    ...(sample.record ? { record: { ...Object.fromEntries(id), ...recordOf(units, 'record') } } : {}),
    ...(sample.change ? { change: recordOf(units, 'change') } : {}),
    ...(sample.input ? { input: recordOf(units, 'input') } : {}),
  };
};

/** Runs that the search may take; what it has then is small, if not the smallest. */
const maximumRuns = 250;

/**
 * The fewest values with which `fails` still says yes: parts of the values are left out, in halves first and then ever smaller, until no
 * single one can be (delta debugging; Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input").
 */
export const smallest = (sample: Sample, fails: (sample: Sample) => boolean): PlainRecord => {
  let units = unitsOf(sample);
  let parts = 2;
  let runs = 0;
  while (units.length > 0 && runs < maximumRuns) {
    const size = Math.max(1, Math.ceil(units.length / parts));
    let found = false;
    for (let from = 0; from < units.length && runs < maximumRuns; from += size) {
      const rest = [...units.slice(0, from), ...units.slice(from + size)];
      runs += 1;
      if (!fails(withOnly(sample, rest))) continue;
      units = rest;
      found = true;
      break;
    }
    if (found) parts = Math.max(2, parts - 1);
    else if (size === 1) break;
    else parts = Math.min(units.length, parts * 2);
  }
  return { ...recordOf(units, 'input'), ...recordOf(units, 'record'), ...recordOf(units, 'change') };
};
