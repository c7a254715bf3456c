// Builds the published form: our code and the packages in a few chunks that load when they are needed. Hundreds of small
// files cost more to load than to run.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

rmSync(`${root}dist`, { recursive: true, force: true });
mkdirSync(`${root}dist`, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  // CommonJS packages inside an ES module ask for `require`.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [withoutLogger],
  chunkNames: 'part-[hash]',
  legalComments: 'linked',
  logLevel: 'warning',
});
