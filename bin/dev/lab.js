#!/usr/bin/env node
// Bundles test/lab and runs it: crm-doctor against real Dovecot, Postfix and BIND, and the score of its diagnoses.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
// Named as the lab's own directories are: a later run removes what a killed one has left.
const dir = mkdtempSync(path.join(os.tmpdir(), `crmd-lab-${process.pid}-bundle-`));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

const outfile = path.join(dir, 'lab.mjs');
await build({
  entryPoints: [path.join(root, 'test/lab/main.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  outfile,
});
const { cli } = await import(pathToFileURL(outfile).href);
process.exit(await cli(process.argv.slice(2), root));
