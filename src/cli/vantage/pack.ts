import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A part of the stream with its length in front. */
export const frame = (content: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
};

/** The package as it is installed here: dist/ beside this very file, or where the sources run, the one that was built. */
const packages = [new URL('../', import.meta.url), new URL('../../../', import.meta.url)];

const namesIn = async (dist: URL): Promise<readonly string[]> => {
  try {
    const names = await readdir(dist);
    return names.includes('vantage.js') ? names : [];
  } catch {
    return [];
  }
};

/** crm-doctor itself, ready to run on another machine with nothing but Node.js: its bundle, gzipped, in one frame. */
export const packed = async (): Promise<Buffer> => {
  for (const root of packages) {
    const dist = new URL('dist/', root);
    const names = (await namesIn(dist)).filter((name) => /\.(?:js|cjs)$/.test(name));
    if (names.length === 0) continue;
    const files = await Promise.all(
      [...names.map((name) => `dist/${name}`), 'package.json'].map(
        async (name) => [name, await readFile(fileURLToPath(new URL(name, root)))] as const,
      ),
    );
    const list = Buffer.from(JSON.stringify(files.map(([name, content]) => [name, content.length])));
    const whole = Buffer.concat([frame(list), ...files.map(([, content]) => content)]);
    return frame(await promisify(gzip)(whole, { level: 4 }));
  }
  throw new Error('crm-doctor is not built; run `npm run build`');
};
