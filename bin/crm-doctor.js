#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

// What was compiled once is not compiled again (Node 22.8 and later).
module.enableCompileCache?.();

if (process.argv.length === 3 && process.argv[2] === '--version') {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else if (process.argv[2] === '__complete') {
  // A key press in a shell: quick, and silent where the program is not built.
  const { main } = await import('../dist/complete.js').catch(() => ({ main: () => {} }));
  await main();
} else {
  if (existsSync(new URL('../dist/main.js', import.meta.url))) {
    const { main } = await import('../dist/main.js');
    await main();
  } else {
    process.stderr.write('crm-doctor: not built yet; run `npm ci` or `npm run build` in its folder\n');
    process.exitCode = 3;
  }
}
