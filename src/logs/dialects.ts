import type { Cut, Dialect, FileContext } from './dialect.ts';
import { dovecot } from './dovecot.dialect.ts';
import { espocrm } from './espocrm.dialect.ts';
import { exchange } from './exchange.dialect.ts';
import { exim } from './exim.dialect.ts';
import { journald } from './journald.dialect.ts';
import { node } from './node.dialect.ts';
import { odoo } from './odoo.dialect.ts';
import { phpmailer } from './phpmailer.dialect.ts';
import { requestTracker } from './request-tracker.dialect.ts';
import { salesforce } from './salesforce.dialect.ts';
import { suitecrm } from './suitecrm.dialect.ts';
import { syslog } from './syslog.dialect.ts';
import { tryton } from './tryton.dialect.ts';

/** The narrow ones first; `node` takes any line that begins with an ISO time. */
const dialects: readonly Dialect[] = [
  salesforce,
  exchange,
  journald,
  dovecot,
  syslog,
  odoo,
  tryton,
  requestTracker,
  suitecrm,
  espocrm,
  phpmailer,
  exim,
  node,
];

/** Cuts the lines of one file; each line may be written in another way, and the last way that fitted is tried first. */
export const cutterFor = (file: FileContext): ((line: string) => Cut) => {
  let last: Dialect | undefined;
  return (line) => {
    // `node` is broad: what it takes may be another dialect's.
    const again = last === node ? undefined : last?.cut(line, file);
    if (again) return again;
    for (const dialect of dialects) {
      const cut = dialect.cut(line, file);
      if (!cut) continue;
      last = dialect;
      return cut;
    }
    return { dialect: 'plain', program: '', side: 'client-log', text: line };
  };
};
