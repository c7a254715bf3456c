// Writes the lists of everything that is added by adding one file. `--check` only says whether they are stale.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { scannerModule } from './scanner.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const head = '// Written by `npm run generate`; do not edit.\n';

const filesUnder = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) =>
      relative(join(root, folder), join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'),
    )
    .toSorted();

// Causes of differences between records are loaded with the comparison and nowhere else.
const ofRecords = (file) => file.startsWith('sync/');

const moduleList = (folder, ending, name, wanted = () => true) => {
  const files = filesUnder(folder, ending).filter(wanted);
  const imports = files.map((file, index) => `import * as m${index} from './${file}';`);
  const names = files.map((_, index) => `m${index}`);
  const lines = [];
  for (let at = 0; at < names.length; at += 14) lines.push(`  ${names.slice(at, at + 14).join(', ')},`);
  return `${head}${imports.join('\n')}\n\nexport const ${name}: readonly object[] = [\n${lines.join('\n')}\n];\n`;
};

/** Reads constants of the modules themselves, so that a list needs no second place to be kept right. */
const valuesOf = async (folder, files, pick) => {
  const out = mkdtempSync(join(root, 'node_modules', '.generate-'));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: files.map((file) => `${folder}/${file}`),
      outdir: out,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      outExtension: { '.js': '.mjs' },
      logLevel: 'error',
    });
    return await Promise.all(
      files.map(async (file) => pick(await import(pathToFileURL(join(out, file.replace(/\.ts$/, '.mjs'))).href), file)),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
};

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const commandList = async () => {
  const folder = 'src/cli/commands';
  const files = filesUnder(folder, '.ts').filter((file) => !file.includes('/'));
  const rows = await valuesOf(folder, files, ({ command }, file) => ({ file, command }));
  const text = rows
    .toSorted((left, right) => left.command.order - right.command.order)
    .map(
      ({ file, command }) =>
        `  {\n    name: ${quoted(command.name)},\n    usage: ${quoted(command.usage)},\n    summary: {\n      en: ${quoted(command.summary.en)},\n      ja: ${quoted(command.summary.ja)},\n    },\n    load: () => import('./commands/${file}'),\n  },`,
    )
    .join('\n');
  return `${head}import type { CommandEntry } from './command.ts';\n\nexport const commands: readonly CommandEntry[] = [\n${text}\n];\n`;
};

const reporterList = () => {
  const files = filesUnder('src/report', '.reporter.ts');
  const rows = files.map((file) => {
    const name = file.replace('.reporter.ts', '');
    const exported = /^export const (\w+): Reporter\b/m.exec(readFileSync(join(root, 'src/report', file), 'utf8'))?.[1];
    if (!exported) throw new Error(`src/report/${file} exports no Reporter`);
    return `  ${/^\w+$/.test(name) ? name : quoted(name)}: async () => (await import('./${file}')).${exported},`;
  });
  return `${head}import type { Reporter } from './reporter.ts';\n\n/** Each format is loaded when it is asked for. */\nexport const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {\n${rows.join('\n')}\n};\n`;
};

const importerList = () => {
  const rows = filesUnder('src/workflow', '.importer.ts').map((file) => {
    const text = readFileSync(join(root, 'src/workflow', file), 'utf8');
    const names = [...text.matchAll(/^export const (\w+): Importer\b/gm)].map(([, name]) => name);
    if (names.length === 0) throw new Error(`src/workflow/${file} exports no Importer`);
    return { file, names };
  });
  const imports = rows.map(({ file, names }) => `import { ${names.join(', ')} } from './${file}';`);
  const list = rows.flatMap(({ names }) => names.map((name) => `  ${name},`));
  return `${head}${[...imports, "import type { Importer } from './importer.ts';"].join('\n')}\n\nexport const importers: readonly Importer[] = [\n${list.join('\n')}\n];\n`;
};

const connectorList = () => {
  const files = filesUnder('src/crm', '.connector.ts');
  const rows = files.flatMap((file) => {
    const text = readFileSync(join(root, 'src/crm', file), 'utf8');
    const exported = /^export const (\w+)(?:: Connector)? = defineConnector\(/m.exec(text)?.[1];
    const type = /^ {2}type: '([a-z0-9-]+)',$/m.exec(text)?.[1];
    if (!exported || !type) throw new Error(`src/crm/${file} exports no Connector with a type`);
    const aliases = [...(/^ {2}aliases: \[([^\]]*)\],$/m.exec(text)?.[1] ?? '').matchAll(/'([a-z0-9-]+)'/g)];
    return [type, ...aliases.map(([, alias]) => alias)].map(
      (name) => `  ${/^\w+$/.test(name) ? name : quoted(name)}: async () => (await import('./${file}')).${exported},`,
    );
  });
  return `${head}import type { Connector } from '../model/crm/connector.ts';\n\n/** By type and by other names; each is loaded when it is asked for. */\nexport const connectors: Readonly<Record<string, () => Promise<Connector>>> = {${rows.length > 0 ? `\n${rows.join('\n')}\n` : ''}};\n`;
};

const lists = {
  'checks/checks.generated.ts': () => moduleList('checks', '.check.ts', 'checkModules'),
  'checks/causes.generated.ts': () => moduleList('checks', '.cause.ts', 'causeModules', (file) => !ofRecords(file)),
  'checks/sync-causes.generated.ts': () => moduleList('checks', '.cause.ts', 'syncCauseModules', ofRecords),
  'checks/rules.generated.ts': () => moduleList('checks', '.rule.ts', 'ruleModules'),
  'src/report/reporters.generated.ts': reporterList,
  'src/workflow/importers.generated.ts': importerList,
  'src/crm/connectors.generated.ts': connectorList,
  'src/sync/engine/scanner.generated.ts': (present) => scannerModule(present, head),
  'schema/crm-doctor-config.v1.json': async () => {
    const [schema] = await valuesOf('src/config', ['json-schema.ts'], ({ configJsonSchema }) => configJsonSchema());
    return `${JSON.stringify(schema, null, 2)}\n`;
  },
  // Last: it runs the commands' modules, which read the other lists.
  'src/cli/commands.generated.ts': commandList,
};

const checkOnly = process.argv.includes('--check');
const stale = [];
for (const [file, make] of Object.entries(lists)) {
  const path = join(root, file);
  let present = '';
  try {
    present = readFileSync(path, 'utf8');
  } catch {
    // A list that does not exist yet is stale.
  }
  const wanted = await make(present);
  if (present === wanted) continue;
  if (checkOnly) stale.push(file);
  else writeFileSync(path, wanted);
}
if (stale.length > 0) {
  process.stderr.write(`Stale: ${stale.join(', ')}. Run \`npm run generate\`.\n`);
  process.exitCode = 1;
}
