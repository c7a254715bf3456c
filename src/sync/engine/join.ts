import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { SourceFailure } from '../../model/sync/source.ts';
import { splitCrowded } from './crowded.ts';
import { failureOf } from './failure.ts';
import { mostOfGroup, newTableJoin, type RepeatedCount } from './join-tables.ts';
import { newReader, type PartitionFile, type PartitionReader } from './partition.ts';
import type { Ranked } from './sample.ts';

/** Plain data: it travels to a worker thread. */
export interface JoinTask {
  readonly left: PartitionFile;
  readonly right: PartitionFile;
  readonly columns: number;
  /** These partitions are joined. */
  readonly partitions: readonly number[];
  /** Two sides of a partition of more bytes are split before they are joined. */
  readonly crowdedBytes: number;
  readonly seed: number;
  readonly sample: number;
  readonly groups: number;
  /** Takes all changed pairs. */
  readonly changedTo: string;
  /** Take the addresses of all records that are on one side only; absent: nobody asks for them. */
  readonly aloneTo?: { readonly left: string; readonly right: string };
}

export interface Joined {
  readonly counts: {
    readonly matched: number;
    readonly equal: number;
    readonly changed: number;
    readonly missing: number;
    readonly extra: number;
    readonly left: RepeatedCount;
    readonly right: RepeatedCount;
  };
  readonly differing: readonly number[];
  /** Entries of `newSamples`, as are those that follow. */
  readonly changed: Float64Array;
  readonly present: Float64Array;
  readonly missing: Float64Array;
  readonly extra: Float64Array;
  /** By group: address and rank of its rows, in turn. */
  readonly repeatedLeft: readonly Ranked<Float64Array>[];
  readonly repeatedRight: readonly Ranked<Float64Array>[];
  readonly changedBytes: number;
  readonly aloneBytes: { readonly left: number; readonly right: number };
  readonly fatal?: SourceFailure;
}

interface Readers {
  readonly left: PartitionReader;
  readonly right: PartitionReader;
}

const mostDepth = 3;
const mostParts = 256;

const withReaders = async (
  files: { readonly left: PartitionFile; readonly right: PartitionFile },
  work: (readers: Readers) => Promise<void>,
): Promise<void> => {
  const left = newReader(files.left);
  try {
    const right = newReader(files.right);
    try {
      await work({ left, right });
    } finally {
      right.close();
    }
  } finally {
    left.close();
  }
};

/** Takes changed pairs, in turn, or the addresses of records alone. */
const newListWriter = (path: string) => {
  let bytes = 0;
  let descriptor: number | undefined;
  return {
    add: (waiting: Uint8Array): void => {
      descriptor ??= openSync(path, 'wx', 0o600);
      for (let done = 0; done < waiting.length; ) done += writeSync(descriptor, waiting, done);
      bytes += waiting.length;
    },
    bytes: (): number => bytes,
    close: (): void => {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
};

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Joins partitions alone, one after the other. */
export const joinPartitions = async (task: JoinTask, signal: AbortSignal): Promise<Joined> => {
  const { aloneTo } = task;
  const pairs = newListWriter(task.changedTo);
  const alone = { left: newListWriter(aloneTo?.left ?? ''), right: newListWriter(aloneTo?.right ?? '') };
  const table = newTableJoin(
    task,
    pairs.add,
    aloneTo ? (side, addresses) => alone[side].add(bytesOf(addresses)) : undefined,
  );
  let fatal: SourceFailure | undefined;

  const joinOne = async (readers: Readers, partition: number, depth: number): Promise<void> => {
    const bytes = readers.left.bytes(partition) + readers.right.bytes(partition);
    if (bytes <= task.crowdedBytes || depth === mostDepth) {
      table.join(readers, partition);
      await setImmediate();
      return;
    }
    let parts = 2;
    while (parts < mostParts && bytes / parts > task.crowdedBytes / 4) parts *= 2;
    const path = `${task.changedTo}-split-${depth}`;
    try {
      const { left, right, dropped } = splitCrowded(readers, partition, {
        width: table.width,
        parts,
        depth,
        most: mostOfGroup,
        path,
      });
      table.alsoRepeated(dropped);
      await withReaders({ left, right }, async (inner) => {
        for (let part = 0; part < parts && !signal.aborted; part += 1) await joinOne(inner, part, depth + 1);
      });
    } finally {
      for (const side of ['left', 'right']) rmSync(`${path}-${side}`, { force: true });
    }
  };

  try {
    await withReaders(task, async (readers) => {
      for (const partition of task.partitions) {
        if (signal.aborted) break;
        await joinOne(readers, partition, 0);
      }
    });
  } catch (error) {
    fatal = failureOf(error, task.changedTo);
  } finally {
    for (const writer of [pairs, alone.left, alone.right]) writer.close();
  }
  return {
    ...table.taken(),
    changedBytes: pairs.bytes(),
    aloneBytes: { left: alone.left.bytes(), right: alone.right.bytes() },
    ...(fatal ? { fatal } : {}),
  };
};
