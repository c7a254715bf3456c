import type { Result } from './run-case.ts';

/** The lab's score over many cases. */
export interface Score {
  readonly faulty: number;
  readonly rightFirst: number;
  readonly named: number;
  readonly falseCauses: readonly string[];
  readonly healthy: number;
  readonly clean: number;
  readonly proofs: number;
  readonly proven: number;
  readonly secrets: number;
  readonly mostConnections: { readonly what: string; readonly times: number };
  readonly mostRefused: { readonly what: string; readonly times: number };
  readonly mostMemory: { readonly what: string; readonly times: number };
  readonly notRun: readonly string[];
  readonly off: number;
}

const most = (
  results: readonly Result[],
  counts: (result: Result) => Readonly<Record<string, number>>,
): { readonly what: string; readonly times: number } => {
  let top = { what: '', times: 0 };
  for (const result of results) {
    for (const [what, times] of Object.entries(counts(result))) {
      if (times > top.times) top = { what: `${what} in ${result.name}`, times };
    }
  }
  return top;
};

export const scoreOf = (all: readonly Result[]): Score => {
  const results = all.filter(({ notRun }) => notRun === undefined);
  const faulty = results.filter(({ labCase }) => labCase.causes.length > 0);
  const healthy = results.filter(({ labCase }) => labCase.healthy);
  const withProof = results.filter(({ proven }) => proven !== undefined);
  return {
    faulty: faulty.length,
    rightFirst: faulty.filter(({ rightFirst }) => rightFirst).length,
    named: faulty.filter(({ named }) => named).length,
    falseCauses: results.flatMap(({ name, falseCauses }) => falseCauses.map((cause) => `${cause} in ${name}`)),
    healthy: healthy.length,
    clean: healthy.filter(({ mismatches }) => mismatches.length === 0).length,
    proofs: withProof.length,
    proven: withProof.filter(({ proven }) => proven).length,
    secrets: results.reduce((sum, { secrets }) => sum + secrets.length, 0),
    mostConnections: most(results, ({ connections }) => connections),
    mostRefused: most(results, ({ refused }) => refused),
    mostMemory: most(results, ({ peakBytes }) => ({ MB: Math.round(peakBytes / 1e6) })),
    notRun: all.filter(({ notRun }) => notRun !== undefined).map(({ name }) => name),
    off: all.filter(({ mismatches }) => mismatches.length > 0).length,
  };
};

const line = (name: string, value: string): string => `${name.padEnd(44)}${value}`;

/** The score as the lab prints it. */
export const scoreText = (score: Score, wallMs: number): string =>
  [
    line('right cause first', `${score.rightFirst}/${score.faulty}`),
    line('named at all', `${score.named}/${score.faulty}`),
    line('false causes', [String(score.falseCauses.length), ...score.falseCauses].join('  ')),
    line('healthy runs clean', `${score.clean}/${score.healthy}`),
    line('fixes proven', `${score.proven}/${score.proofs}`),
    line('secrets seen', String(score.secrets)),
    line('most connections to one host and port', `${score.mostConnections.times}  ${score.mostConnections.what}`),
    line('most refused logins per name and protocol', `${score.mostRefused.times}  ${score.mostRefused.what}`),
    line('most memory', `${score.mostMemory.times} ${score.mostMemory.what}`),
    ...(score.notRun.length > 0 ? [line('not run', `${score.notRun.length}  ${score.notRun.join(' ')}`)] : []),
    line('wall time', `${(wallMs / 1000).toFixed(1)} s`),
  ].join('\n');

/** One block for each case that is not as it should be. */
export const mismatchText = (results: readonly Result[]): string =>
  results
    .filter(({ mismatches }) => mismatches.length > 0)
    .map(({ name, labCase, mismatches }) =>
      [`${name}: ${labCase.title}`, ...mismatches.map((m) => `    ${m}`)].join('\n'),
    )
    .join('\n');
