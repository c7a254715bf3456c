import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { withoutSymptoms } from '../../src/diagnose/findings.ts';
import type { AnyCause, Severity } from '../../src/model/cause.ts';
import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Ill } from './evidence.ts';
import { evidenceWith, expectSound, mailbox } from './evidence.ts';

const areas = ['config', 'dns', 'net', 'tls', 'version'] as const;

const isCause = (value: unknown): value is AnyCause =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'cause';

const causes: AnyCause[] = [];
for (const area of areas) {
  const folder = new URL(`../../checks/${area}/`, import.meta.url);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.cause.ts'))) {
    const module: object = await import(new URL(name, folder).href);
    causes.push(...Object.values(module).filter(isCause));
  }
}

/** Causes of an area, by id. */
export const idsOf = (area: string): readonly string[] => [
  ...new Set(causes.map(({ id }) => id).filter((id) => id.startsWith(`${area}.`))),
];

/** Something ill, and everything that the causes of all four areas make of it. */
export interface Case {
  readonly name: string;
  readonly subject?: Subject;
  readonly ill: Ill;
  /**
   * Ids of what stands, sorted; `?` after one that waits for its proof, which is not tried here. Look-alikes are tested by
   * not being among them.
   */
  readonly finds: readonly string[];
  /** Of the first that is named in `finds` … */
  readonly affects?: readonly string[];
  readonly severity?: Severity;
  readonly candidates?: readonly (readonly Change[])[];
  readonly evidence?: readonly string[];
  readonly en?: RegExp;
  readonly ja?: RegExp;
  readonly ruledOut?: string;
}

/** Every case over all causes, with symptoms left to deeper causes as the engine does. */
export const testCases = (cases: readonly Case[]): void => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const subject = one.subject ?? mailbox();
    const evidence = evidenceWith(subject, one.ill);
    const all = causes.flatMap((cause) => cause.explain(evidence, subject).map((finding) => ({ cause, finding })));
    for (const { cause, finding } of all) expectSound(cause, finding, subject);
    const waiting = all.filter(({ cause }) => cause.claim === 'on-proof');
    const plain = withoutSymptoms(all.filter(({ cause }) => cause.claim === 'on-evidence'));
    const named = [...plain.map(({ cause }) => cause.id), ...waiting.map(({ cause }) => `${cause.id}?`)];
    expect(named.toSorted()).toEqual([...one.finds].toSorted());
    const [first] = one.finds;
    const chosen = [...plain, ...waiting].find(({ cause }) => cause.id === first?.replace('?', ''));
    if (!chosen) return;
    const { cause, finding } = chosen;
    const candidates = cause.candidates(finding.detail, subject);
    if (one.affects) expect(finding.affects).toEqual(one.affects);
    if (one.severity) expect(finding.severity).toBe(one.severity);
    if (one.candidates) expect(candidates).toEqual(one.candidates);
    if (one.evidence)
      expect(finding.evidence.map(({ check }) => `${check.id} ${check.target(subject)}`)).toEqual(one.evidence);
    if (one.ruledOut) expect((finding.ruledOut ?? []).map(({ cause: id }) => id)).toContain(one.ruledOut);
    const because = cause.because(finding.detail, candidates[0] ?? []);
    if (one.en) expect(because.en).toMatch(one.en);
    if (one.ja) expect(because.ja).toMatch(one.ja);
  });
};

/** Every cause of the area was found by one case at least. */
export const testComplete = (area: string, cases: readonly Case[], elsewhere: readonly string[] = []): void => {
  test.each(idsOf(area).filter((id) => !elsewhere.includes(id)))('%s has a case', (id) => {
    expect(cases.some(({ finds }) => finds.some((one) => one.replace('?', '') === id))).toBe(true);
  });
};

/** Whether the trial of a candidate counts. */
export const counts = (id: string, subject: Subject, ill: Ill, changed: Subject, trial: Ill): boolean => {
  const before = evidenceWith(subject, ill);
  const [found] = causes
    .filter((cause) => cause.id === id)
    .flatMap((cause) => cause.explain(before, subject).map((finding) => ({ cause, finding })));
  if (!found) throw new Error(`${id} finds nothing`);
  return found.cause.works?.(evidenceWith(changed, trial), changed, found.finding.detail) ?? false;
};
