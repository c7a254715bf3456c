import type { SyncCause } from '../../model/sync/cause.ts';
import type { Explained } from '../../model/sync/comparison.ts';
import type { ComparisonView } from '../../model/sync/view.ts';
import { wilson } from '../../reason/rows/statistics.ts';

const mostExamples = 3;

/** What the columns and the sources tell by themselves; nothing of it is counted again. */
export const explainedFacts = (
  view: ComparisonView,
  causes: readonly SyncCause[],
  printable: (text: string, most?: number) => string,
): readonly Explained[] =>
  causes.flatMap((cause) =>
    cause.hypotheses.flatMap((hypothesis) =>
      hypothesis.kind === 'facts'
        ? hypothesis.find(view).map(
            ({ params, columns, n, of, examples }): Explained => ({
              cause: cause.id,
              effect: hypothesis.effect,
              population: 'facts',
              columns,
              detail: params,
              share: { n, of, ...wilson(n, of) },
              chance: 0,
              examples: examples.slice(0, mostExamples).map(({ key, left, right }) => ({
                key: printable(key, 120),
                ...(left === undefined ? {} : { left: printable(left, 120) }),
                ...(right === undefined ? {} : { right: printable(right, 120) }),
              })),
              proof: { kind: 'read' },
            }),
          )
        : [],
    ),
  );
