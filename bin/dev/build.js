// Builds the published form: our code and the packages in a few chunks that load when they are needed. Hundreds of small
// files cost more to load than to run.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

// imapflow loads pino and its stream workers although it is told not to log; that alone costs more than our own code.
const withoutLogger = {
  name: 'without-logger',
  setup: (building) => {
    building.onResolve({ filter: /^pino$/ }, () => ({ path: 'pino', namespace: 'without-logger' }));
    building.onLoad({ filter: /.*/, namespace: 'without-logger' }, () => ({
      contents: "module.exports = () => { throw new Error('no logger in this build'); };",
      loader: 'js',
    }));
  },
};

// What imapflow imports at its top and needs for messages in rare charsets or for proxies only: a file of its own each,
// read when the first of its members is used.
const rarelyNeeded = ['iconv-lite', 'encoding-japanese', 'socks', 'libmime', '@zone-eu/mailsplit'];
const fromHere = createRequire(import.meta.url);
// Drivers of databases and the like are installed or not, and one of them is native code: they are looked for when they are named.
const optional = Object.keys(fromHere('../../package.json').optionalDependencies ?? {});
const fileOf = (name) => `${name.replace(/[@/]/g, '-').replace(/^-/, '')}.cjs`;

const membersOf = (name) => {
  const names = new Set();
  for (let object = fromHere(name); object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const key of Object.getOwnPropertyNames(object)) names.add(key);
  }
  return [...names].filter(
    (key) => !['constructor', '__esModule', 'length', 'name', 'prototype', 'default'].includes(key),
  );
};

// commander starts other programs for subcommands that are files of their own; ours are not, and the module costs more
// than the rest of `--help`.
const withoutChildren = {
  name: 'without-children',
  setup: (building) => {
    building.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('commander') ? { path, namespace: 'without-children' } : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: 'without-children' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};

const lazily = {
  name: 'lazily',
  setup: (building) => {
    building.onResolve({ filter: /^\.\/[a-z-]+\.cjs$/, namespace: 'lazily' }, ({ path }) => ({ path, external: true }));
    building.onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      kind !== 'entry-point' && rarelyNeeded.includes(path) ? { path, namespace: 'lazily' } : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: 'lazily' }, ({ path }) => ({
      contents: `let real;
const load = () => (real ??= require('./${fileOf(path)}'));
for (const key of ${JSON.stringify(membersOf(path))}) {
  Object.defineProperty(module.exports, key, {
    enumerable: true,
    get: () => { const value = load()[key]; return typeof value === 'function' && !/^[A-Z]/.test(key) ? value.bind(load()) : value; },
  });
}`,
      loader: 'js',
    }));
  },
};

// It makes a segmenter and costs 35 ms when it is loaded; plain text is measured without it.
const widthWhenAsked = {
  name: 'width-when-asked',
  setup: (building) => {
    building.onResolve({ filter: /^string-width$/ }, ({ path, importer }) =>
      importer.endsWith('/src/i18n/width.ts') ? { path, namespace: 'width-when-asked' } : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: 'width-when-asked' }, () => ({
      contents: `let real;
export default (text) => (real ??= require('string-width').default)(text);`,
      resolveDir: root,
    }));
  },
};

// Built beside and moved into place whole, so that a command that starts meanwhile finds the old build or the new one.
const fresh = `${root}node_modules/.dist-${process.pid}`;
mkdirSync(fresh, { recursive: true });
await build({
  absWorkingDir: root,
  // Besides the program: what runs on the CRM's host (--vantage), at a key press of completion, and at the end of this build.
  entryPoints: {
    main: 'src/cli/main.ts',
    vantage: 'src/cli/vantage/remote.ts',
    complete: 'src/cli/complete/main.ts',
    describe: 'src/cli/describe.ts',
  },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  charset: 'utf8',
  // CommonJS packages inside an ES module ask for `require`.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  external: optional,
  plugins: [withoutLogger, withoutChildren, widthWhenAsked, lazily],
  chunkNames: 'part-[hash]',
  legalComments: 'linked',
  logLevel: 'warning',
});
await build({
  absWorkingDir: root,
  entryPoints: {
    ...Object.fromEntries(rarelyNeeded.map((name) => [fileOf(name).replace(/\.cjs$/, ''), name])),
    // What runs in the worker threads of a comparison: as an ES module it takes half as long again to start.
    'sync-worker': 'src/sync/engine/worker.ts',
  },
  outdir: fresh,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  plugins: [lazily],
  legalComments: 'linked',
  logLevel: 'warning',
});
// The tree that completion reads and the manual pages are what the commands say of themselves.
const { described } = await import(pathToFileURL(`${fresh}/describe.js`).href);
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
for (const { kind, language, text } of await described(version, new Date().toISOString().slice(0, 10))) {
  if (kind === 'completion') writeFileSync(`${fresh}/completion.${language}.json`, text);
  else {
    const folder = `${root}man/${language === 'en' ? '' : `${language}/`}man1`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/crm-doctor.1`, text);
  }
}
rmSync(`${fresh}/describe.js`);
rmSync(`${root}dist`, { recursive: true, force: true });
renameSync(fresh, `${root}dist`);
