import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { AnyCause } from '../../src/model/cause.ts';
import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Ill } from './login-evidence.ts';
import { evidenceWith, expectSound, readings, subjectWith } from './login-evidence.ts';

const areas = ['auth', 'smtp', 'imap', 'pop3', 'quota', 'deliver', 'mailbox', 'crm', 'policy'];

const isCause = (value: unknown): value is AnyCause =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'cause';

const causesOf = async (area: string): Promise<readonly AnyCause[]> => {
  const folder = new URL(`../../checks/${area}/`, import.meta.url);
  const causes: AnyCause[] = [];
  // One after another: Jest's module cache does not take several at once.
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.cause.ts'))) {
    const module: object = await import(new URL(name, folder).href);
    causes.push(...Object.values(module).filter(isCause));
  }
  return causes;
};

const all: AnyCause[] = [];
for (const area of areas) all.push(...(await causesOf(area)).filter(({ on }) => on === 'mail'));

/** Every cause that reads logins, quota and the round trip, by id. */
export const loginCauses: ReadonlyMap<string, AnyCause> = new Map(all.map((cause) => [cause.id, cause]));

/** One thing that is ill, and everything that the causes make of it. */
export interface Case {
  readonly name: string;
  readonly ill: Ill;
  readonly subject?: Subject;
  /** Ids of all causes that find something, sorted; look-alikes are tested by not being among them. */
  readonly finds: readonly string[];
  readonly affects?: readonly string[];
  readonly severity?: 'critical' | 'warning' | 'info';
  readonly confidence?: number;
  /** Words that have to be in the explanation. */
  readonly en?: readonly string[];
  readonly ja?: readonly string[];
  readonly steps?: RegExp;
  readonly ruledOut?: string;
  readonly candidates?: readonly (readonly Change[])[];
}

/** Runs a table of cases over all causes. */
export const testCases = (cases: readonly Case[]): void => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const subject = one.subject ?? subjectWith();
    const evidence = evidenceWith(subject, one.ill);
    const found = [...loginCauses.values()].flatMap((cause) =>
      expectSound(cause, subject, evidence).map((reading) => ({ cause, ...reading })),
    );
    expect(found.map(({ cause }) => cause.id).toSorted()).toEqual(one.finds);
    const [first] = found;
    if (!first) return;
    const { finding, because, steps, candidates } = first;
    if (one.affects) expect(finding.affects).toEqual(one.affects);
    expect(finding.severity).toBe(one.severity ?? 'critical');
    if (one.confidence !== undefined) expect(finding.confidence).toBeCloseTo(one.confidence, 5);
    for (const words of one.en ?? []) expect(because.en).toContain(words);
    for (const words of one.ja ?? []) expect(because.ja).toContain(words);
    if (one.steps) expect(steps.map(({ en }) => en).join('\n')).toMatch(one.steps);
    if (one.ruledOut) expect((finding.ruledOut ?? []).map(({ cause }) => cause)).toContain(one.ruledOut);
    if (one.candidates) expect(candidates).toEqual(one.candidates);
  });
};

/** A cause's own id is the one that its file stands for. */
export const foundBy = (id: string, subject: Subject, ill: Ill) => {
  const cause = loginCauses.get(id);
  if (!cause) throw new Error(`no cause ${id}`);
  return readings(cause, subject, evidenceWith(subject, ill));
};
