// Compiles the byte loop of `sync` (bin/dev/scanner.as, AssemblyScript) to WebAssembly.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('scanner.as', import.meta.url));

const compiled = async () => {
  const { default: asc } = await import('assemblyscript/asc');
  let wasm = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      'scanner.ts',
      '--outFile',
      'scanner.wasm',
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
      readFile: (name) => (name === 'scanner.ts' ? readFileSync(source, 'utf8') : null),
      writeFile: (_name, contents) => {
        wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`the scanner does not compile: ${error.message}\n${stderr.toString()}`);
  return Buffer.from(wasm).toString('base64');
};

/** The module that carries it. It is compiled again only when its source has changed: that takes seconds. */
export const scannerModule = async (present, head) => {
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex');
  if (present.includes(digest)) return present;
  const lines = (await compiled()).match(/.{1,110}/g) ?? [];
  return `${head}// SHA-256 of bin/dev/scanner.as: ${digest}\n\nexport const scannerBase64 = [\n${lines.map((line) => `  '${line}',`).join('\n')}\n].join('');\n`;
};
