export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = '([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\[\\\\"n])*)"';
const samplePattern = new RegExp(
  `^(${metricName})(?:\\{(${label}(?:,${label})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?)$`,
);
const metaPattern = new RegExp(`^# (HELP|TYPE|UNIT) (${metricName}) (.+)$`);

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

/** Reads OpenMetrics text as strictly as its specification is, as far as gauges need it. */
export const readOpenMetrics = (text: string): readonly MetricSample[] => {
  if (!text.endsWith('\n# EOF\n')) throw new Error('no # EOF at the end');
  const samples: MetricSample[] = [];
  const series = new Set<string>();
  const families = new Set<string>();
  let current = '';
  let meta = new Map<string, string>();
  let sampled = false;
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const described = metaPattern.exec(line);
    if (described) {
      const [, kind = '', name = '', says = ''] = described;
      if (name !== current) {
        if (families.has(name)) throw new Error(`${name} is not in one piece`);
        families.add(name);
        current = name;
        meta = new Map();
        sampled = false;
      }
      if (sampled) throw new Error(`${kind} after samples: ${line}`);
      if (meta.has(kind)) throw new Error(`${kind} twice: ${line}`);
      meta.set(kind, says);
      if (kind === 'UNIT' && !name.endsWith(`_${says}`)) throw new Error(`${name} does not end in its unit ${says}`);
      if (kind === 'HELP' && /\\(?![\\n"])/.test(says)) throw new Error(`bad escape: ${line}`);
      continue;
    }
    const found = samplePattern.exec(line);
    if (!found) throw new Error(`no sample: ${line}`);
    const [, name = '', list = ''] = found;
    if (name !== current) throw new Error(`${name} was not declared`);
    if (meta.get('TYPE') !== 'gauge') throw new Error(`${name} is no gauge`);
    if (/_(?:total|created|bucket|count|sum|gcount|gsum)$/.test(name)) throw new Error(`${name} has a reserved suffix`);
    const pairs = Array.from(list.matchAll(new RegExp(label, 'g')), ([, key = '', value = '']) => [
      key,
      unescaped(value),
    ]);
    const labels: Record<string, string> = Object.fromEntries(pairs);
    if (Object.keys(labels).length !== pairs.length) throw new Error(`a label twice: ${line}`);
    const key = JSON.stringify([name, pairs.toSorted()]);
    if (series.has(key)) throw new Error(`series twice: ${line}`);
    series.add(key);
    sampled = true;
    samples.push({ name, labels, value: Number(found.at(-1)) });
  }
  return samples;
};
