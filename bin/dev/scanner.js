// Compiles the loops of `sync` over bytes (bin/dev/scanner.as) and over rows (bin/dev/joiner.as), AssemblyScript, to WebAssembly.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sources = ['scanner', 'joiner'].map((name) => ({
  name,
  text: readFileSync(fileURLToPath(new URL(`${name}.as`, import.meta.url)), 'utf8'),
}));

const compiled = async ({ name, text }) => {
  const { default: asc } = await import('assemblyscript/asc');
  let wasm = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      'source.ts',
      '--outFile',
      'source.wasm',
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
      readFile: (asked) => (asked === 'source.ts' ? text : null),
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
  for (const { text } of sources) hash.update(text);
  const digest = hash.digest('hex');
  if (present.includes(digest)) return present;
  const parts = [];
  for (const source of sources) {
    const lines = (await compiled(source)).match(/.{1,110}/g) ?? [];
    parts.push(
      `export const ${source.name}Base64 = [\n${lines.map((line) => `  '${line}',`).join('\n')}\n].join('');\n`,
    );
  }
  return `${head}// SHA-256 of bin/dev/scanner.as and joiner.as: ${digest}\n\n${parts.join('\n')}`;
};
