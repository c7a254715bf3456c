import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a person may mean, by its name; whether it is that is found out by reading it. */
const patterns = {
  sync: /\.(csv|tsv|xlsx|jsonl|ndjson|parquet)(\.gz)?$/i,
  workflow: /\.flow-meta\.xml$|\.workflow-meta\.xml$|workflow.*\.(ya?ml|json|xml)$|flow.*\.(ya?ml|json|xml)$/i,
  schema: /schema.*\.ya?ml$/i,
  samples: /sample.*\.(ya?ml|jsonl?)$|\.(log|jsonl)$/i,
} as const;

const folders: Readonly<Partial<Record<keyof typeof patterns, RegExp>>> = {
  workflow: /^(workflows?|flows?|force-app)$/i,
};

const atMost = 12;

/** Files and folders here and one below that fit, as one would type them. */
export const candidatesIn = async (cwd: string, what: keyof typeof patterns): Promise<readonly string[]> => {
  const found: string[] = [];
  const look = async (below: string, depth: number): Promise<void> => {
    const entries = await readdir(join(cwd, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
      if (found.length >= atMost) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (folders[what]?.test(entry.name)) found.push(`./${path}`);
        else if (depth > 0) await look(path, depth - 1);
      } else if (patterns[what].test(entry.name)) found.push(`./${path}`);
    }
  };
  await look('', 1);
  return found;
};
