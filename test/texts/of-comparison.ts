import { diagnosesOfComparison } from '../../src/cli/sync/diagnoses.ts';
import type { SyncCause } from '../../src/model/sync/cause.ts';
import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import type { Text } from '../../src/model/text.ts';

/** What a report tells of a cause of differences, each text in both languages, with what it is. */
export const toldOf = (
  id: string,
  fact: ComparisonFact,
  causes: readonly SyncCause[],
): readonly (readonly [string, Text])[] => {
  const [en, ja] = (['en', 'ja'] as const).map((language) =>
    diagnosesOfComparison(fact, causes, { label: 'sync', language, command: 'crm-doctor sync' }),
  );
  return (en ?? []).flatMap((one, at): readonly (readonly [string, Text])[] => {
    const other = ja?.[at];
    if (one.cause !== id || other?.cause !== id) return [];
    return [
      ['explanation', { en: one.explanation, ja: other.explanation }],
      ...one.fix.steps.map((step, nth) => [`step ${nth + 1}`, { en: step, ja: other.fix.steps[nth] ?? '' }] as const),
      ...one.evidence.map((seen, nth) => ['evidence', { en: seen.says, ja: other.evidence[nth]?.says ?? '' }] as const),
      ['proof', { en: one.proof.says, ja: other.proof.says }],
    ];
  });
};
