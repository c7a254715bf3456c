// Makes the skeleton of one new thing where it belongs: `npm run new -- cause tls.some-cause`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const camel = (words) => words.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const causeOfChecks = (area, name) => ({
  file: `checks/${area}/${name}.cause.ts`,
  text: `import { defineCause } from '../../src/model/cause.ts';

/** What the texts need. */
interface Detail {
  readonly host: string;
}

export const ${camel(name)} = defineCause<Detail>({
  id: '${area}.${name}',
  title: { en: 'The root, in a few words', ja: '根本原因を短く' },
  about: {
    en: 'What it means in general, each term explained once.',
    ja: '一般的な説明です。専門用語は一度だけ言い換えます。',
  },
  owner: 'mail-admin',
  // Positive evidence only: read the facts of the checks, return a finding for each root that they show.
  explain: () => [],
  because: ({ host }) => ({ en: \`What is wrong with \${host}.\`, ja: \`\${host} の何が問題か。\` }),
  steps: () => [{ en: 'One action.', ja: '1 つの操作。' }],
});
`,
});

const syncCause = (name) => ({
  file: `checks/sync/${name}.cause.ts`,
  text: `import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { runAgain } from './value-words.ts';

export const ${camel(name)} = defineSyncCause({
  id: 'sync.${name}',
  title: both('The root, in a few words', '根本原因を短く'),
  about: both(
    'What it means in general, each term explained once.',
    '一般的な説明です。専門用語は一度だけ言い換えます。',
  ),
  owner: 'crm-admin',
  // valueHypothesis, eitherSide, rowsHypothesis or factsHypothesis: what would have made these differences.
  hypotheses: [],
  because: ({ columns, share }) => both(\`\${columns}: \${share.en}\`, \`\${columns}: \${share.ja}\`),
  steps: () => [both('One action.', '1 つの操作。'), runAgain],
});
`,
});

const skeletons = {
  check: (area, name) => ({
    file: `checks/${area}/${name}.check.ts`,
    text: `import { defineCheck } from '../../src/model/check.ts';
import { fail, ok } from '../../src/model/outcome.ts';

/** What the probe saw, as plain JSON. */
export interface ${camel(`-${name}`)}Fact {
  readonly good: boolean;
}

/** The one question that this asks. */
export const ${camel(name)} = defineCheck<${camel(`-${name}`)}Fact>({
  id: '${area}.${name}',
  title: { en: 'What is good when this passes', ja: '正常なときの状態' },
  target: (subject) => subject.address,
  probe: async () => ({ good: true }),
  judge: ({ good }) => (good ? ok : fail({ en: 'what was seen', ja: '観察した事実' })),
});
`,
  }),
  cause: (area, name) => (area === 'sync' ? syncCause(name) : causeOfChecks(area, name)),
  command: (_area, name) => ({
    file: `src/cli/commands/${name}.ts`,
    text: `import type { CommandModule } from '../command.ts';
import { addCommonFlags } from '../flags.ts';

export const command: CommandModule = {
  name: '${name}',
  usage: '',
  order: 50,
  summary: { en: 'what it does', ja: '何をするか' },
  examples: ['crm-doctor ${name}'],
  configure: (command, context, done) => {
    addCommonFlags(command, context.language);
    command.action(async () => done(0));
  },
};
`,
  }),
  reporter: (_area, name) => ({
    file: `src/report/${name}.reporter.ts`,
    text: `import type { Reporter } from './reporter.ts';

export const ${camel(name)}Reporter: Reporter = {
  name: '${name}',
  render: (report) => \`\${report.status}\\n\`,
};
`,
  }),
};

const usage = `npm run new -- check|cause AREA.NAME
npm run new -- command|reporter NAME
`;

const [kind, id] = process.argv.slice(2);
const make = Object.hasOwn(skeletons, kind ?? '') ? skeletons[kind] : undefined;
const wantsArea = kind === 'check' || kind === 'cause';
const form = wantsArea ? /^([a-z][a-z0-9]*)\.([a-z][a-z0-9-]*)$/ : /^()([a-z][a-z0-9-]*)$/;
const parts = form.exec(id ?? '');
if (!make || !parts) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { file, text } = make(parts[1], parts[2]);
  const path = join(root, file);
  if (existsSync(path)) {
    process.stderr.write(`${file} exists already.\n`);
    process.exitCode = 2;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${file}\nNow run \`npm run generate\`, write its test first, then fill it in.\n`);
  }
}
