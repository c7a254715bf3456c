import { driftNotices } from '../../notify/drift.ts';
import { seenOf } from '../../notify/seen.ts';
import { step } from '../../notify/step.ts';
import { resolutionText } from '../../runbook/solutions.ts';
import { freshIn, noDrift, tellDrift } from '../../watch/drift.ts';
import type { Bench } from './bench.ts';
import type { Look } from './look.ts';
import type { Watching } from './watching.ts';

/** Labels of what is looked at, where all of them are known before the look. */
const subjectsOf = ({ target: { subjects, sync, workflow } }: Watching): readonly string[] | undefined =>
  workflow || subjects.some(({ kind }) => kind === 'crm')
    ? undefined
    : [...subjects, ...sync].map(({ label }) => label);

/** What the look changes in what is told. */
export const stepped = ({ watching, watcher, keeper }: Bench, { report, other, resolutions }: Look) => {
  const { rules, schedule } = watching;
  const at = watcher.now();
  const seen = seenOf(report, {
    ...(other ? { other } : {}),
    resolutions: resolutions.flatMap((one) => {
      if (one.kind !== 'resolution') return [];
      const { cause, mailbox, text, since } = one;
      // Each channel is told in its own language.
      const says = resolutionText({ at: at.toISOString(), text, ...(since === undefined ? {} : { since }) });
      return [{ cause, ...(mailbox === undefined ? {} : { mailbox }), says }];
    }),
  });
  const subjects = subjectsOf(watching);
  const now = {
    at,
    quiet: schedule.quietUntil(at.getTime()) !== undefined,
    maintenance: schedule.maintainedUntil(at.getTime()) !== undefined,
  };
  return step(keeper.state.alerts, seen, now, { ...rules, ...(subjects ? { subjects } : {}) });
};

/** What changed before anything fails; of a mailbox with problems the problems are told. */
export const drifted = ({ watching: { schedule }, watcher, keeper }: Bench, { report, drift }: Look) => {
  const memory = keeper.state.drift ?? noDrift;
  const at = watcher.now();
  if (schedule.maintainedUntil(at.getTime()) !== undefined) return { memory, notices: [] };
  const ill = new Set(report.diagnoses.flatMap((one) => (one.severity === 'critical' ? [one.mailbox] : [])));
  const fresh = freshIn(memory, drift).filter(({ mailbox }) => !ill.has(mailbox));
  const notices = driftNotices(fresh, report.run.id, at.toISOString());
  return tellDrift(memory, fresh, notices, schedule.quietUntil(at.getTime()) !== undefined);
};
