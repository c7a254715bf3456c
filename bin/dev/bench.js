// Bundles and runs the benchmarks: ratios against other tools, measured in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const out = mkdtempSync(join(root, 'node_modules', '.bench-'));
try {
  await build({
    absWorkingDir: root,
    // All but the first are run in processes of their own.
    entryPoints: ['main', 'sync.child', 'sync-diagnosis.child', 'sync-duplicates.child'].map(
      (name) => `test/bench/${name}.ts`,
    ),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const { main } = await import(pathToFileURL(join(out, 'main.mjs')).href);
  process.exitCode = await main(root, process.argv.slice(2));
} finally {
  rmSync(out, { recursive: true, force: true });
}
