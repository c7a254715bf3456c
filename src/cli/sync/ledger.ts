import type { Outcome } from '../../model/outcome.ts';
import type { CheckReport } from '../../model/report.ts';
import type { SourceFailure } from '../../model/sync/source.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { Asked, Comparing } from './comparing.ts';
import { failedRow, notAsked, type Row, rowOf, syncCheckIds, syncChecks, waitsFor } from './rows.ts';

const verdictOf = ({ status, says }: Row): Outcome<undefined> => {
  switch (status) {
    case 'pass':
      return { kind: 'observed', fact: undefined, verdict: { grade: 'ok', note: says } };
    case 'skip':
      return { kind: 'skipped', because: says };
    case 'error':
      return { kind: 'crashed', error: says.en };
    default:
      return { kind: 'observed', fact: undefined, verdict: { grade: status, symptom: says } };
  }
};

/** Keeps the rows of one comparison, and tells how far it is. */
export const ledger = ({ label }: SyncSubject, { wanted, listener, language }: Comparing) => {
  const checks: CheckReport[] = [];
  const add = (id: string, target: string, ms: number, row: Row): void => {
    checks.push(rowOf(id, { mailbox: label, target, language, ms }, row));
  };
  return {
    checks,
    /** Rows that wait for another one, or that nobody asked for. */
    later: (from: string, ids: readonly string[]): void => {
      for (const id of ids) add(id, '', 0, wanted(id) ? waitsFor(from) : notAsked);
    },
    /** The first check that has no row yet says what was lost, the others wait for it. */
    lost: (failure: SourceFailure): void => {
      const [first, ...others] = syncCheckIds.filter((id) => checks.every((check) => check.id !== id));
      if (first === undefined) return;
      add(first, '', 0, failedRow(failure));
      for (const id of others) add(id, '', 0, waitsFor(first));
    },
    /** `start`: when the work began, where a part of it came before. */
    step: async <Value>(id: string, work: () => Promise<Asked<Value>>, start = performance.now()): Promise<Value> => {
      const title = syncChecks.find((one) => one.id === id)?.title ?? { en: id, ja: id };
      listener({ kind: 'check-started', id, target: label, title });
      const { rows, value } = await work();
      const ms = performance.now() - start;
      for (const { target, row } of rows) {
        add(id, target, ms, row);
        listener({
          kind: 'check-finished',
          id,
          target: target || label,
          title,
          outcome: verdictOf(row),
          ms: Math.round(ms),
        });
      }
      return value;
    },
  };
};

export type Ledger = ReturnType<typeof ledger>;
