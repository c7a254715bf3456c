import type { ComparedField, ComparisonReport } from '../model/sync/report.ts';
import type { RejectedRecord } from '../model/sync/source.ts';
import { grouped, type Language, type Text } from '../model/text.ts';
import { nameOfComparison } from './comparison/classes.ts';
import { bestRule, causesOfField, differingFields, nameOfField } from './comparison/fields.ts';
import { fileOf } from './comparison/measures.ts';
import { listed, percentOf } from './comparison/numbers.ts';
import { rejectedText } from './comparison/sides.ts';
import { refusedTexts } from './comparison/validation.ts';
import { rejectedWords, comparisonWords as words } from './comparison/words.ts';
import { fingerprint, locationOf, message, word } from './sarif-parts.ts';

const titles = {
  differs: { en: 'A column differs between the two sides', ja: '両側で項目の値が異なる' },
  refused: { en: 'Records that the other side would refuse', ja: '相手側で登録を拒否されるレコード' },
  help: {
    en: 'The causes among the results say what to do.',
    ja: '対処は、同じ結果にある原因を参照してください。',
  },
} as const satisfies Readonly<Record<string, Text>>;

const mostFields = 100;

const ruleOf = (id: string, title: string, level: 'error' | 'warning' | 'note', language: Language) => ({
  id,
  shortDescription: message([title]),
  fullDescription: message([title]),
  help: message([titles.help[language]]),
  defaultConfiguration: { level },
});

/** Where a side stands: its file, else the configuration that names it. */
const placeOf = (side: ComparisonReport['left'], column: string, line?: number) => {
  const file = fileOf(side);
  return locationOf({
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === '' ? {} : { targets: [column], mailbox: side.name }),
  });
};

const ofField = (comparison: ComparisonReport, field: ComparedField, language: Language) => {
  const { left, right, matched } = comparison;
  const ruleId = 'sync.column-differs';
  const level = field.unexplained > 0 ? ('warning' as const) : ('note' as const);
  const why = listed(
    [
      bestRule(field),
      causesOfField(field, language),
      ...(field.unexplained > 0 ? [`${words.unexplained[language]} ${grouped(field.unexplained)}`] : []),
    ].filter((part) => part !== ''),
    language,
  );
  const examples = field.examples.slice(0, 3).map((one) => `${one.key}: ${one.left ?? ''} | ${one.right ?? ''}`);
  return {
    rule: ruleOf(ruleId, titles.differs[language], 'warning', language),
    result: {
      ruleId,
      level,
      message: message([
        `${nameOfField(field)}: ${grouped(field.differ)} (${percentOf(field.differ, matched)})`,
        why,
        ...examples,
      ]),
      locations: [placeOf(left, field.left), placeOf(right, field.right)],
      partialFingerprints: fingerprint(ruleId, nameOfComparison(comparison), field.left, field.right),
      properties: {
        differ: field.differ,
        unexplained: field.unexplained,
        causes: field.explained.map(({ cause }) => word(cause)),
        rules: field.equalUnder.map(({ rule }) => word(rule)),
      },
    },
  };
};

const ofRejected = (
  comparison: ComparisonReport,
  record: RejectedRecord,
  { side, at }: { readonly side: 'left' | 'right'; readonly at: number },
  language: Language,
) => {
  const of = comparison[side];
  const ruleId = `sync.rejected.${record.why}`;
  const { file, line } = record;
  return {
    rule: ruleOf(ruleId, rejectedWords[record.why][language], 'warning', language),
    result: {
      ruleId,
      level: 'warning' as const,
      message: message([rejectedText(record, language)]),
      locations: [placeOf(file === undefined ? of : { ...of, name: file }, '', line)],
      partialFingerprints: fingerprint(ruleId, nameOfComparison(comparison), side, String(at)),
      properties: { side },
    },
  };
};

const ofRefused = (comparison: ComparisonReport, language: Language) =>
  refusedTexts(comparison, language).flatMap(({ side, says, problems }) =>
    problems.slice(0, mostFields).map(({ column, rule, n, asks, from, examples }) => {
      const ruleId = `sync.refused.${rule}`;
      return {
        rule: ruleOf(ruleId, titles.refused[language], 'warning', language),
        result: {
          ruleId,
          level: 'warning' as const,
          message: message([
            `${column}: ${grouped(n)}: ${asks} (${from})`,
            says,
            ...examples.slice(0, 3).map(({ key, left, right }) => `${key}: ${left ?? right ?? ''}`),
          ]),
          locations: [placeOf(comparison[side], column)],
          partialFingerprints: fingerprint(ruleId, nameOfComparison(comparison), side, column, asks),
          properties: { side, records: n },
        },
      };
    }),
  );

/** Columns that differ, records that are none, and records that would be refused, at their files. */
export const sarifComparison = (comparison: ComparisonReport, language: Language) => [
  ...differingFields(comparison)
    .slice(0, mostFields)
    .map((field) => ofField(comparison, field, language)),
  ...(['left', 'right'] as const).flatMap((side) =>
    comparison.examples[side === 'left' ? 'rejectedLeft' : 'rejectedRight'].map((record, at) =>
      ofRejected(comparison, record, { side, at }, language),
    ),
  ),
  ...ofRefused(comparison, language),
];
