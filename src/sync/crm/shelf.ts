import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrmRecord } from '../../model/crm/connector.ts';
import { type Cell, cellsOf } from './cells.ts';
import { isTime, type Seen } from './finish.ts';

/** More columns no record has; beyond them it is told that some are left out. */
const mostColumns = 5_000;
const bufferCharacters = 256 * 1024;

interface Column {
  readonly name: string;
  yes: boolean;
  other: boolean;
  times: boolean;
}

/** All records of a CRM in a file of our own, so that it is asked for them once. */
export interface Shelf {
  readonly add: (records: readonly CrmRecord[]) => Promise<void>;
  /** No more records come. */
  readonly end: () => Promise<void>;
  readonly columns: () => readonly (Seen & { readonly name: string })[];
  readonly isFull: () => boolean;
  /** Records as they were put in, each with as many cells as columns were known by then. */
  readonly records: () => AsyncIterable<readonly Cell[]>;
  readonly remove: () => Promise<void>;
}

const cellsIn = (line: string): readonly Cell[] => {
  const parsed: unknown = JSON.parse(line);
  // Written by `add`.
  return Array.isArray(parsed) ? parsed.map((one: unknown) => (one === false ? false : String(one))) : [];
};

async function* linesIn(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: bufferCharacters })) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

export const openShelf = async (directory: string): Promise<Shelf> => {
  const path = join(directory, `crm-${randomUUID()}.jsonl`);
  const handle: FileHandle = await open(path, 'wx', 0o600);
  const places = new Map<string, number>();
  const columns: Column[] = [];
  let full = false;
  let waiting = '';
  let isOpen = true;

  const write = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    await handle.writeFile(text);
  };

  const placeOf = (name: string): number | undefined => {
    const known = places.get(name);
    if (known !== undefined) return known;
    if (columns.length >= mostColumns) {
      full = true;
      return undefined;
    }
    places.set(name, columns.length);
    columns.push({ name, yes: false, other: false, times: true });
    return columns.length - 1;
  };

  const lineOf = (record: CrmRecord): string => {
    const cells: Cell[] = columns.map(() => '');
    for (const [name, cell] of cellsOf(record)) {
      const place = placeOf(name);
      const column = place === undefined ? undefined : columns[place];
      if (place === undefined || !column) continue;
      while (cells.length <= place) cells.push('');
      cells[place] = cell;
      if (cell === false || cell === '') continue;
      if (cell === 'true') column.yes = true;
      else {
        column.other = true;
        column.times &&= isTime(cell);
      }
    }
    return `${JSON.stringify(cells)}\n`;
  };

  const end = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    try {
      await write();
    } finally {
      await handle.close();
    }
  };

  return {
    add: async (records) => {
      for (const record of records) {
        waiting += lineOf(record);
        if (waiting.length >= bufferCharacters) await write();
      }
    },
    end,
    columns: () => columns,
    isFull: () => full,
    records: async function* () {
      for await (const line of linesIn(path)) yield cellsIn(line);
    },
    remove: async () => {
      await end().catch(() => undefined);
      await rm(path, { force: true });
    },
  };
};
