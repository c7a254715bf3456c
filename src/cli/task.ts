import type { AnySubject } from '../model/check.ts';
import type { SecretSource } from '../model/config.ts';
import type { ManySpan } from '../model/many.ts';
import type { Report } from '../model/report.ts';
import type { World } from '../model/world.ts';
import type { Selection } from '../plan/plan.ts';
import type { Drift } from '../runbook/drift/drift.ts';
import type { RunbookEvent } from '../runbook/record.ts';
import type { DnsOptions } from '../world/dns.ts';
import type { MailRun } from './mail-run-task.ts';
import type { OpenWorld } from './open-world.ts';
import type { Place } from './vantage/place.ts';

/** What a command hands over to be run, shown and recorded. */
export interface Task {
  readonly command: string;
  readonly target: string;
  /** The words behind the command that lead to the same subjects: an address and its servers, a configuration. */
  readonly call?: string;
  readonly subjects: readonly AnySubject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly offline: boolean;
  readonly dns?: DnsOptions;
  /** A world that is open already (a recording); else the real one is opened. */
  readonly world?: World;
  /** The real one, where it is needed before the run or after it, with its secrets; who opened it closes its CRMs. */
  readonly opened?: OpenWorld;
  /** How the report comes about; default: one run of the mail checks. */
  readonly work?: (run: MailRun) => Promise<Report>;
  /** What is shown of it, and the exit code; default: every wanted format. */
  readonly present?: (report: Report, path: string | undefined) => Promise<Performed>;
  /** Directory of the runbook from the configuration. */
  readonly runbook?: string;
  /** The CRM's own host, where the same checks are run side by side; what it sees counts. */
  readonly vantage?: Place;
  /** What --only and --skip may name; default: the checks of mail. */
  readonly names?: readonly string[];
  /** False for demos and replays: nothing is written down. */
  readonly keep: boolean;
  /** What is asked of the mail accounts that a CRM brings in; default: the same as of the others. */
  readonly discovered?: Selection;
  /** Whether a finished run is worth a record; without it every run is, from its beginning on. */
  readonly eventful?: (report: Report) => boolean;
  /** The report is wanted in the other language too. */
  readonly inBoth?: boolean;
  /** An end of the run's id by which it is told from others. */
  readonly idEnd?: string;
  /** Without --timeout; default: a minute, and what round trips take. Infinity: as long as it takes. */
  readonly timeoutMs?: number;
  /** A person signs in before the run, for accounts whose tokens are fetched. */
  readonly login?: boolean;
  /** Where there are many mailboxes: which. */
  readonly many?: ManySpan;
  /** How many mailboxes are looked at on one host at the same time. */
  readonly perHost?: number;
}

/** What a task came to. */
export interface Performed {
  readonly report: Report;
  readonly code: number;
  /** In the other language, where the task wants it: of mailboxes and CRMs, without what only the whole run has. */
  readonly other?: Report;
  /** What is other than in the last good run, in both languages. */
  readonly drift?: readonly Drift[];
  /** What was written down about causes that are gone. */
  readonly resolutions?: readonly RunbookEvent[];
}
