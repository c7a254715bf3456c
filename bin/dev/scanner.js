// Compiles the loops of `sync` over bytes (bin/dev/scanner.as) and over rows (bin/dev/joiner.as), AssemblyScript, to WebAssembly.
// What they import is `bin/dev/NAME.as` too.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const sources = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.as'))
    .sort()
    .map((file) => [file.replace(/as$/, 'ts'), readFileSync(`${folder}${file}`, 'utf8')]),
);
const modules = ['scanner', 'joiner'];

const compiled = async (name) => {
  const { default: asc } = await import('assemblyscript/asc');
  let wasm = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      `${name}.ts`,
      '--outFile',
      `${name}.wasm`,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--initialMemory',
      '1',
    ],
    {
      readFile: (asked) => sources.get(asked) ?? null,
      writeFile: (_path, contents) => {
        wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${name}.as does not compile: ${error.message}\n${stderr.toString()}`);
  return Buffer.from(wasm).toString('base64');
};

/** The module that carries them. They are compiled again only when a source has changed: that takes seconds. */
export const scannerModule = async (present, head) => {
  const hash = createHash('sha256');
  for (const text of sources.values()) hash.update(text);
  const digest = hash.digest('hex');
  if (present.includes(digest)) return present;
  const parts = [];
  for (const name of modules) {
    const lines = (await compiled(name)).match(/.{1,110}/g) ?? [];
    parts.push(`export const ${name}Base64 = [\n${lines.map((line) => `  '${line}',`).join('\n')}\n].join('');\n`);
  }
  return `${head}// SHA-256 of bin/dev/*.as: ${digest}\n\n${parts.join('\n')}`;
};
