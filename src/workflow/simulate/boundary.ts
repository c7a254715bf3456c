import type { Text } from '../../model/text.ts';
import type { Condition } from '../../model/workflow/condition.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Plain, PlainRecord, Sample } from '../../model/workflow/sample.ts';
import type { Field } from '../../model/workflow/schema.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { objectOf } from '../../reason/workflow/resolve.ts';
import { partsOf, pathsOf, usesOf } from '../../reason/workflow/values.ts';
import { after, dayAt, whenText } from './clock.ts';
import { usualSample } from './usual.ts';

/** A sample that was changed in one place, and how. */
export interface Boundary {
  readonly sample: Sample;
  readonly tried: Text;
  /** The field, object or input that is at its edge. */
  readonly about: string;
}

interface Try {
  readonly value: Plain;
  readonly says: (name: string) => Text;
}

const is =
  (en: string, ja: string) =>
  (name: string): Text => ({ en: `${name} is ${en}`, ja: `${name} が${ja}` });

const nothing: Try = { value: null, says: is('empty', '空') };

const shownNumber = (value: number): Try => ({ value, says: is(String(value), ` ${value} `) });

const largestOf = ({ max, precision, scale }: Field): number | undefined =>
  max ?? (precision === undefined || precision > 15 ? undefined : 10 ** (precision - (scale ?? 0)) - 1);

const numbersOf = (field: Field): readonly number[] => {
  const largest = largestOf(field);
  return [0, field.min ?? -1, ...(largest === undefined ? [] : [largest])];
};

const daysOf = (field: Field, project: Project): readonly Try[] => {
  const zone = project.schema.timeZone ?? 0;
  const today = { kind: 'day', day: dayAt(project.now.getTime(), zone) } as const;
  const tries: readonly [number, Text][] = [
    [0, { en: 'today', ja: '今日' }],
    [-1, { en: 'yesterday', ja: '昨日' }],
    [1, { en: 'tomorrow', ja: '明日' }],
  ];
  return tries.map(([amount, { en, ja }]) => {
    const day = whenText(after(today, { amount, unit: 'day' }, zone), zone);
    return { value: field.type === 'date' ? day : `${day}T00:00:00`, says: is(en, ja) };
  });
};

/** Longer fields are tried at this length. */
const longest = 5000;

/** Choices that are tried one by one. */
const maximumChoices = 20;

/** The edges of what a field can hold. */
const edgesOf = (field: Field, project: Project): readonly Try[] => {
  const empty = field.required ? [] : [nothing];
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'phone':
    case 'url': {
      if (field.length === undefined) return empty;
      const length = Math.min(field.length, longest);
      return [
        ...empty,
        {
          value: 'x'.repeat(length),
          says: is(`as long as it can be (${length} characters)`, `最大の長さ（${length} 文字）`),
        },
      ];
    }
    case 'number':
    case 'integer':
    case 'currency':
    case 'percent':
      return [...empty, ...numbersOf(field).map(shownNumber)];
    case 'boolean':
      return [true, false].map((value) => ({ value, says: is(String(value), ` ${value} `) }));
    case 'date':
    case 'datetime':
      return [...empty, ...daysOf(field, project)];
    case 'picklist':
      return [
        ...empty,
        ...(field.choices ?? [])
          .filter(({ active }) => active)
          .slice(0, maximumChoices)
          .map(({ value }): Try => ({ value, says: is(`"${value}"`, `「${value}」`) })),
      ];
    case 'multipicklist': {
      const all = (field.choices ?? []).filter(({ active }) => active).map(({ value }) => value);
      return [
        ...empty,
        ...(all.length > 1 ? [{ value: all, says: is('everything at once', 'すべて選択された状態') }] : []),
      ];
    }
    case 'email':
    case 'reference':
    case 'references':
      return empty;
    case 'id':
      return [];
  }
};

/** Numbers that a condition compares with, and their neighbours: an edge of its own. */
const comparedWith = (conditions: readonly Condition[], name: string): readonly Try[] =>
  conditions.flatMap((condition) =>
    [...partsOf(condition)].flatMap((part) => {
      if (part.kind !== 'test' || part.left.kind !== 'path' || part.left.path.segments.at(-1) !== name) return [];
      const values = part.right?.kind === 'list' ? part.right.values : part.right ? [part.right] : [];
      return values.flatMap((value) =>
        value.kind === 'literal' && typeof value.value === 'number'
          ? [value.value - 1, value.value, value.value + 1].map(shownNumber)
          : [],
      );
    }),
  );

/** Every condition and value of a workflow. */
const readIn = (workflow: Workflow): { readonly conditions: readonly Condition[]; readonly paths: readonly Path[] } => {
  const conditions: Condition[] = workflow.triggers.flatMap(({ when }) => (when ? [when.condition] : []));
  for (const step of workflow.steps) {
    if (step.kind === 'decision') for (const { when } of step.branches) conditions.push(when.condition);
    if (step.kind === 'find' && step.where) conditions.push(step.where.condition);
  }
  const values: Value[] = workflow.steps.flatMap((step) => [...usesOf(step)].map(({ value }) => value));
  for (const condition of conditions)
    for (const part of partsOf(condition))
      if (part.kind === 'test') values.push(part.left, ...(part.right ? [part.right] : []));
  return { conditions, paths: values.flatMap((value) => pathsOf(value)) };
};

const unknownField = (name: string): Field => ({
  name,
  type: 'text',
  required: false,
  hasDefault: false,
  restricted: false,
  unique: false,
  readOnly: false,
});

const withField = (record: PlainRecord | undefined, name: string, value: Plain): PlainRecord => ({
  ...record,
  [name]: value,
});

/** The record of the event with another value; what the update writes stays what it is. */
function* ofRecord(
  base: Sample,
  workflow: Workflow,
  project: Project,
  names: ReadonlySet<string>,
): Generator<Boundary> {
  const object = workflow.object?.name;
  if (object === undefined || !base.record) return;
  const { conditions } = readIn(workflow);
  for (const name of names) {
    const known = objectOf(project.schema, object)?.fields.get(name);
    const field = known ?? unknownField(name);
    // What the CRM fills in itself is not anybody's to leave empty.
    if (field.type === 'id' || field.readOnly) continue;
    const tries = [...edgesOf(field, project), ...comparedWith(conditions, name)];
    for (const { value, says } of tries) {
      const inChange = base.change !== undefined && Object.hasOwn(base.change, name);
      const now = inChange ? base.change?.[name] : base.record[name];
      if (JSON.stringify(now ?? null) === JSON.stringify(value)) continue;
      // An update that writes the stored value would change nothing.
      if (inChange && JSON.stringify(base.record[name] ?? null) === JSON.stringify(value)) continue;
      const sample = inChange
        ? { ...base, change: withField(base.change, name, value) }
        : { ...base, record: withField(base.record, name, value) };
      yield { sample, tried: says(name), about: name };
    }
  }
}

/** Records that relations and lookups lead to: absent, or with empty fields. */
function* ofOthers(base: Sample, workflow: Workflow, project: Project): Generator<Boundary> {
  const records = base.records ?? {};
  for (const step of workflow.steps) {
    if (step.kind !== 'find' || step.object.name === 'User') continue;
    const { name } = step.object;
    if ((records[name] ?? []).length > 0)
      yield {
        sample: { ...base, records: { ...records, [name]: [] } },
        tried: { en: `there is no ${name} to be found`, ja: `${name} が 1 件も見つからない` },
        about: name,
      };
  }
  const { paths } = readIn(workflow);
  for (const [object, list] of Object.entries(records)) {
    const known = objectOf(project.schema, object);
    const fields = new Set(
      paths.flatMap(({ root, segments }) => (root.kind === 'record' && segments.length < 2 ? [] : segments.slice(-1))),
    );
    for (const name of fields) {
      const field = known?.fields.get(name);
      if (field?.required || field?.type === 'id' || !list.some((record) => (record[name] ?? null) !== null)) continue;
      yield {
        sample: { ...base, records: { ...records, [object]: list.map((record) => withField(record, name, null)) } },
        tried: { en: `${object}.${name} is empty`, ja: `${object}.${name} が空` },
        about: `${object}.${name}`,
      };
    }
  }
}

/** Other people: one for each role, or the role alone for workflows that run as whoever causes them. */
function* ofPeople(base: Sample, project: Project): Generator<Boundary> {
  const seen = new Set(project.schema.users?.get(base.user ?? '')?.roles);
  for (const { id, active, roles } of project.schema.users?.values() ?? []) {
    const role = roles.find((one) => !seen.has(one));
    if (!active || role === undefined || id === base.user) continue;
    for (const one of roles) seen.add(one);
    yield {
      sample: { ...base, user: id },
      tried: { en: `${id} (role ${role}) causes it`, ja: `${id}（ロール ${role}）が実行した場合` },
      about: 'user',
    };
  }
}

function* ofInput(base: Sample, workflow: Workflow): Generator<Boundary> {
  for (const { name, input, required } of workflow.variables)
    if (input && !required && base.input && (base.input[name] ?? null) !== null)
      yield {
        sample: { ...base, input: withField(base.input, name, null) },
        tried: { en: `input ${name} is empty`, ja: `入力 ${name} が空` },
        about: `input.${name}`,
      };
}

/** What a validation rule of the object looks at decides as well as what the workflow reads. */
const namesOf = (workflow: Workflow, project: Project): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { root, segments } of readIn(workflow).paths)
    if (root.kind === 'record' && segments[0] !== undefined) names.add(segments[0]);
  const object = workflow.object?.name;
  for (const { refuse, active } of (object === undefined ? undefined : objectOf(project.schema, object))?.rules ?? [])
    for (const part of active ? partsOf(refuse) : [])
      if (part.kind === 'test' && part.left.kind === 'path' && part.left.path.segments[0] !== undefined)
        names.add(part.left.path.segments[0]);
  for (const { watch } of workflow.triggers) for (const { name } of watch ?? []) names.add(name);
  return names;
};

/** The ordinary record first, then the records at the edge of what schema and conditions allow. */
export function* boundarySamples(workflow: Workflow, project: Project, given?: Sample): Generator<Boundary> {
  const base = given ?? usualSample(workflow, project);
  if (!base) return;
  yield {
    sample: base,
    tried: given ? { en: given.name, ja: given.name } : { en: 'an ordinary record', ja: '標準的なレコード' },
    about: '',
  };
  yield* ofRecord(base, workflow, project, namesOf(workflow, project));
  yield* ofOthers(base, workflow, project);
  yield* ofInput(base, workflow);
  yield* ofPeople(base, project);
}
