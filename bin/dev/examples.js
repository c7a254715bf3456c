// Writes what one finding of each cause looks like, for `crm-doctor explain`: the tests of the causes are run, and every
// finding that they make is looked at. To be run when a cause is new or its detail has another shape.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-examples-'));

const order = ['critical', 'warning', 'info'];

// The tests' own names are no names for a reader.
const neutral = (value) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/\b(?:aozora|kumo-shoji)\.(?:test|example)\b/g, 'example.co.jp')
      .replaceAll(/\b([\w-]+)\.test\b(?!\w)/g, '$1.example.com'),
  );

const text = (value) => JSON.stringify(value);

// A short detail leaves out what a reader wants to see, a long one is of several servers at once.
const plainBytes = 600;
const fullness = ({ detail }) => (text(detail).length > plainBytes ? 0 : text(detail).length);

// The gravest, surest finding whose look-alikes were told apart; what is left to choose is decided by its text, so that
// the same tests always give the same file.
const better = (left, right) =>
  order.indexOf(left.severity) - order.indexOf(right.severity) ||
  right.confidence - left.confidence ||
  right.lookAlikes.length - left.lookAlikes.length ||
  fullness(right) - fullness(left) ||
  (text(left) < text(right) ? -1 : 1);

const distinct = (items) => [...new Map(items.map((item) => [text(item), item])).values()];

const exampleOf = (findings) => {
  const [best] = findings.toSorted(better);
  const alike = distinct(findings.flatMap(({ lookAlikes }) => lookAlikes)).filter(
    ({ cause }) => cause !== best.cause.replace(/ \(\w+\)$/, ''),
  );
  return {
    detail: neutral(best.detail),
    ...(best.change.length > 0 ? { change: neutral(best.change) } : {}),
    confidence: Math.max(...findings.map(({ confidence }) => confidence)),
    seenBy: [...new Set(findings.flatMap(({ seenBy }) => seenBy))].toSorted(),
    lookAlikes: [
      ...new Map(alike.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)).map((one) => [one.cause, one])).values(),
    ],
  };
};

try {
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--silent',
      '--setupFilesAfterEnv',
      './test/record-examples.ts',
      '--testPathPatterns',
      'test/checks/',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1', CRM_DOCTOR_EXAMPLES: directory },
    },
  );
  if (status !== 0) throw new Error('the tests of the causes fail; examples are taken from findings that are right');
  const byCause = new Map();
  for (const file of readdirSync(directory).toSorted()) {
    for (const one of JSON.parse(readFileSync(join(directory, file), 'utf8'))) {
      byCause.set(one.cause, [...(byCause.get(one.cause) ?? []), one]);
    }
  }
  const rows = [...byCause.keys()]
    .toSorted()
    .map((cause) => `  ${text(cause)}: ${text(exampleOf(distinct(byCause.get(cause))))},`);
  writeFileSync(
    join(root, 'checks/examples.generated.ts'),
    `// Written by \`npm run examples\` from the tests of the causes; do not edit.\nimport type { Example } from './example.ts';\n\n// biome-ignore format: a cause a line\nexport const examples: Readonly<Record<string, Example>> = {\n${rows.join('\n')}\n};\n`,
  );
  process.stdout.write(`${rows.length} examples\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
