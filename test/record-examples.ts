import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { allCauses } from '../checks/all-causes.ts';
import { exampleKey } from '../checks/example.ts';
import type { Finding } from '../src/model/cause.ts';
import type { Change } from '../src/model/config.ts';

/** One finding of a cause, as `npm run examples` collects it from the tests of the causes. */
interface Recorded {
  readonly cause: string;
  readonly detail: unknown;
  readonly change: readonly Change[];
  readonly severity: string;
  readonly confidence: number;
  readonly seenBy: readonly string[];
  readonly lookAlikes: readonly { readonly cause: string; readonly by: string }[];
}

const directory = process.env.CRM_DOCTOR_EXAMPLES ?? '';
const seen = new Map<string, Recorded>();

// Set up by Jest in front of each test file, whose causes are these very objects.
for (const cause of allCauses) {
  const explain = cause.explain.bind(cause);
  cause.explain = (evidence, subject) => {
    const found = explain(evidence, subject);
    for (const finding of found as readonly Finding<unknown>[]) {
      const recorded: Recorded = {
        cause: exampleKey(cause),
        detail: finding.detail,
        change: cause.candidates(finding.detail, subject)[0] ?? [],
        severity: finding.severity,
        confidence: finding.confidence,
        seenBy: finding.evidence.map(({ check }) => check.id),
        lookAlikes: (finding.ruledOut ?? []).map((one) => ({ cause: one.cause, by: one.check.id })),
      };
      seen.set(JSON.stringify(recorded), recorded);
    }
    return found;
  };
}

afterAll(() => {
  if (seen.size === 0) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, `${process.pid}-${Date.now()}-${Math.random()}.json`),
    JSON.stringify([...seen.values()]),
  );
});
