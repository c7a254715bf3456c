import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import {
  type Comparison,
  comparisonsOf,
  elementOf,
  type Literal,
  literalsOf,
} from '../../src/reason/workflow/condition/sites.ts';
import { rewriting } from '../../src/reason/workflow/condition/words.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { recordType: { type: text, required: true } } }
recordTypes: { Deal: [Direct, Reseller] }
lists: [newsletter-2027]
`;

/**
 * `recordType`, Salesforce `RecordType.DeveloperName`. Ids are no names, and what Salesforce calls `RecordType.Name` is the
 * label, which is not in the schema.
 */
const asksRecordType = ({ segments }: Path, { ignoreCase }: Schema): boolean => {
  const [first = '', second] = segments;
  if (!/^record_?type$/i.test(first)) return false;
  if (second === undefined) return ignoreCase !== true;
  return segments.length === 2 && (ignoreCase ? /^developername$/i : /^(developer)?name$/i).test(second);
};

const objectNameOf = ({ path, site: { where } }: Comparison): string | undefined => {
  if (path.root.kind === 'record' || path.root.kind === 'prior') return where.workflow.object?.name;
  return path.root.kind === 'candidate' ? where.candidate : undefined;
};

interface Known {
  readonly names: readonly string[];
  readonly what: { readonly en: string; readonly ja: string };
  /** The export of a standard object may hold only some of them. */
  readonly certain: boolean;
}

const knownFor = (comparison: Comparison, from: Schema): Known | undefined => {
  const { op } = comparison.test;
  if (op === 'inList' || op === 'notInList')
    return from.lists && { names: from.lists, what: { en: 'lists', ja: 'リスト' }, certain: true };
  if (!asksRecordType(comparison.path, from)) return undefined;
  const object = objectNameOf(comparison);
  if (object === undefined) return undefined;
  const own = entryOf(from.objects, object, from);
  const names = entryOf(from.recordTypes, object, from) ?? own?.recordTypes;
  const what = { en: `record types of ${object}`, ja: `${object} のレコードタイプ` };
  return names && { names, what, certain: own?.ownFieldsOnly !== true };
};

const isName = ({ value }: Literal, { names }: Known, ignoreCase: boolean): boolean => {
  const text = String(value);
  if (value === null || text === '') return true;
  // An id, 15 or 18 signs: what it stands for is not in the schema.
  if (/^012[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(text)) return true;
  return names.some((name) => name === text || (ignoreCase && name.toLowerCase() === text.toLowerCase()));
};

const compares: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'notIn', 'inList', 'notInList', 'changedTo', 'was']);

export const condUnknownRecordType = defineRule({
  id: 'workflow.cond-unknown-record-type',
  severity: 'error',
  sourceKind: 'condition',
  formats: ['SF', 'HS', 'ZO', 'OD', 'NY'],
  needs: ['schema'],
  uses: ['lists'],
  auto: 'suggest',
  title: { en: 'A record type or list that does not exist', ja: '存在しないレコードタイプまたはリスト' },
  about: {
    en: 'Record types divide the records of one object (direct and reseller deals, for instance), lists collect records. A condition that names one that does not exist never holds.',
    ja: 'レコードタイプは、1 つのオブジェクトのレコードを種類に分けるものです（直販と代理店など）。リストはレコードを集めたものです。存在しない名前を条件に書くと、成立することはありません。',
  },
  advice: { en: 'Write the name of one that exists.', ja: '実際にある名前に直してください。' },
  examples: {
    bad: {
      files: `workflow: reseller-notice
object: Deal
trigger: { on: create }
when: { field: recordType, eq: Resseler }
steps:
  - notify: role:partners
    message: 'reseller deal: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: reseller-notice
object: Deal
trigger: { on: create }
when: { field: recordType, eq: Reseller }
steps:
  - notify: role:partners
    message: 'reseller deal: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: reseller-notice
object: Lead
trigger: { on: create }
when: { field: recordType, eq: Partner }
steps:
  - notify: role:partners
    message: 'partner lead: {{record.name}}'
`,
      schema,
      says: {
        en: 'Nothing is said of the record types of Lead, so they are unknown, not absent.',
        ja: 'Lead のレコードタイプはスキーマに書かれていません。「ない」のではなく「分からない」ものとして扱います。',
      },
    },
  },
  *workflow(workflow, { project }) {
    const from = project.schema;
    for (const comparison of comparisonsOf(workflow, from)) {
      if (!compares.has(comparison.test.op)) continue;
      const known = knownFor(comparison, from);
      if (!known) continue;
      for (const literal of literalsOf(comparison.test)) {
        if (isName(literal, known, from.ignoreCase === true)) continue;
        const value = String(literal.value);
        const nearest = nearestName(value, known.names);
        const { what } = known;
        yield {
          place: literal.place,
          ...elementOf(comparison.site),
          ...(known.certain ? {} : { severity: 'warning' as const, confidence: 'likely' as const }),
          message: {
            en: `"${short(value)}" is none of the ${what.en} (${known.names.slice(0, 8).join(', ')}), so no record ever belongs to it.`,
            ja: `「${short(value)}」は${what.ja}（${known.names.slice(0, 8).join('、')}）にありません。該当するレコードはなく、条件は意図したとおりに働きません。`,
          },
          ...(nearest === undefined
            ? {}
            : {
                fix: { en: `Write "${nearest}".`, ja: `「${nearest}」に直してください。` },
                edits: rewriting(literal, nearest),
              }),
        };
      }
    }
  },
});
