import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

test('two imports at once may share modules that neither has linked yet', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'modules-'));
  const put = (name: string, imported?: string): string => {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, `${imported ? `import './${imported}.mjs';` : ''} export const name = '${name}';`);
    return pathToFileURL(path).href;
  };
  try {
    // The second import begins at another moment of the first one's way down the shared chain each time.
    for (let round = 0; round < 60; round += 1) {
      const links = 20;
      for (let at = 0; at < links; at += 1) {
        put(`link${round}-${at}`, at + 1 < links ? `link${round}-${at + 1}` : undefined);
      }
      const first = import(put(`first${round}`, `link${round}-0`));
      for (let wait = 0; wait < round; wait += 1) await undefined;
      const second = import(put(`second${round}`, `link${round}-0`));
      expect([(await first).name, (await second).name]).toEqual([`first${round}`, `second${round}`]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
