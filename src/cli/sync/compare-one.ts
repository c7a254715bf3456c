import { sides } from '../../model/sync/side.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import { mapSources } from '../../sync/compare.ts';
import { askAll } from './asking.ts';
import { alone, type ComparedOne, type Comparing, lossOf } from './comparing.ts';
import { joinHere, pushedDown } from './joining.ts';
import { type Ledger, ledger } from './ledger.ts';
import { openBoth, preparedOf } from './opening.ts';
import { proposedFor } from './proposed.ts';
import { engineLeaves, failedRow, needsNetwork, noKeyRow, readAfterAll } from './rows.ts';
import { sideName } from './side-name.ts';

/** Opens both sides, compares them and asks the other questions; what one step lacks, the next ones say. */
export const compareOne = async (subject: SyncSubject, run: Comparing): Promise<ComparedOne> => {
  const book = ledger(subject, run);
  try {
    return await comparedIn(book, subject, run);
  } catch (error) {
    const failure = lossOf(error, run, subject.label);
    if (!failure) throw error;
    book.lost(failure);
    return { checks: book.checks, diagnoses: [] };
  }
};

const comparedIn = async (book: Ledger, subject: SyncSubject, run: Comparing): Promise<ComparedOne> => {
  const { config } = subject;
  const { checks, step, later } = book;
  const away = sides.filter((side) => config[side].kind !== 'file');
  if (run.offline && away.length > 0) {
    const rows = away.map((side) => ({ target: `${side} ${sideName(config[side])}`, row: needsNetwork }));
    await step('sync.sources', async () => ({ rows, value: undefined }));
    later('sync.sources', ['sync.schema', 'sync.compare', 'sync.duplicates', 'sync.schedule']);
    return { checks, diagnoses: [] };
  }
  const { opened, pushed, refused, closeCluster } = await step('sync.sources', openBoth(subject, run));
  try {
    const [left, right] = opened.map(({ source }) => source);
    const rest = ['sync.schema', 'sync.compare', 'sync.duplicates', 'sync.schedule'];
    if (!left || !right || refused) {
      later('sync.sources', rest);
      return { checks, diagnoses: [] };
    }
    const sources = { left, right };
    if (pushed && config.key.left.length > 0) {
      const ready = await pushedDown(subject, sources, pushed, run);
      if ('lost' in ready) {
        await step('sync.compare', async () => alone(failedRow(ready.lost), undefined));
        later('sync.compare', ['sync.schema', 'sync.duplicates', 'sync.schedule']);
        return { checks, diagnoses: [] };
      }
      if ('found' in ready) {
        const { tellClustered } = await import('./clustered.ts');
        return { checks, ...(await tellClustered(subject, sources, ready, { run, book })) };
      }
      if ('join' in ready) return { checks, ...(await askAll(subject, ready, { run, book })) };
      if (config.engine.kind === 'clickhouse') {
        const rows = [{ target: 'engine', row: engineLeaves(ready.why) }];
        await step('sync.sources', async () => ({ rows, value: undefined }));
        later('sync.sources', rest);
        return { checks, diagnoses: [] };
      }
      // The rows of both sides have said that only checksums would come over.
      const rows = [{ target: 'checksums', row: readAfterAll(ready.why, [left.facts, right.facts]) }];
      await step('sync.sources', async () => ({ rows, value: undefined }));
    }
    const prepared = {
      left: opened[0]?.prepared ?? (await preparedOf(subject, 'left', left, run)),
      right: opened[1]?.prepared ?? (await preparedOf(subject, 'right', right, run)),
    };
    const proposed =
      config.key.left.length > 0 ? undefined : await proposedFor(subject, prepared, { signal: run.signal, step });
    if (config.key.left.length === 0 && !proposed) {
      later('sync.sources', rest);
      return { checks, diagnoses: [] };
    }
    const known = proposed ?? subject;
    const mapped = await mapSources(
      { config: known.config, left: prepared.left.source, right: prepared.right.source },
      run.signal,
    );
    if (mapped.kind !== 'mapped') {
      await step('sync.schema', async () => alone(noKeyRow(mapped.failure), undefined));
      later('sync.schema', ['sync.compare', 'sync.duplicates', 'sync.schedule']);
      return { checks, diagnoses: [] };
    }
    const { mapping } = mapped;
    const join = () => joinHere(known, prepared, mapping, run);
    const asked = await askAll(known, { sources, mapping, prepared, join }, { run, book });
    return { checks, ...asked };
  } finally {
    await closeCluster?.();
    await Promise.all(opened.map(({ source }) => source?.close()));
  }
};
