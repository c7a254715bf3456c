import { basename } from 'node:path';
import { zipped } from '../../bundle/archive.ts';
import { type Built, buildBundle } from '../../bundle/build.ts';
import type { Language } from '../../model/text.ts';
import { type HandOver, handOver } from '../../report/hand-over.ts';
import type { Context } from '../command.ts';
import { runIn } from './both-languages.ts';
import { draftsOf, safeName } from './drafts.ts';
import { type Ground, replacedNames } from './ground.ts';
import { withoutRecords } from './records.ts';
import { type BundleFlags, sectionsIn, wantedBy } from './sections.ts';
import { triedIn } from './story.ts';

/** The text for whoever takes over. */
export const ticketIn = async (
  language: Language,
  { found, story, funnel }: Ground,
  flags: BundleFlags,
  context: Context,
  attachment?: string,
): Promise<HandOver> => {
  const report = await runIn(found, language, context);
  const { report: told } = flags.include?.includes('records') ? { report } : withoutRecords(report);
  const { subject, body } = handOver(told, {
    language,
    tried: triedIn(story, language),
    ...(flags.for === undefined ? {} : { owner: flags.for }),
    ...(story.since === undefined ? {} : { since: story.since }),
    ...(attachment === undefined ? {} : { attachment }),
  });
  return { subject: funnel.text(subject), body: funnel.text(body) };
};

/** The part of a run id that tells it from the others of its second: short enough to be read out. */
const shortId = (run: string): string => `CD-${run.split('-').at(-1) ?? run}`;

interface Made {
  readonly built: Built;
  readonly archive: string;
  readonly bytes: Buffer;
}

/** The archive, in memory: it is looked at before it is written. */
export const made = async (here: Ground, flags: BundleFlags, context: Context): Promise<Made> => {
  const { found, known, story, funnel, logs } = here;
  const { env } = context.io;
  const now = new Date();
  const { run } = found.report;
  const because = wantedBy(flags, known);
  const masked = sectionsIn('--include', flags.include ?? []).has('records')
    ? { report: found.report, hidden: 0 }
    : withoutRecords(found.report);
  funnel.counted();
  const report = funnel.value(masked.report);
  const reportRedactions = funnel.counted();
  const target = funnel.text(run.target);
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const archive =
    flags.output === undefined ? `crm-doctor-${safeName(target)}-${stamp}-${run.id}.zip` : basename(flags.output);
  const ticket = async (language: Language) => ({
    ...(await ticketIn(language, here, flags, context, archive)),
    redactions: funnel.counted(),
  });
  const tickets = { ja: await ticket('ja'), en: await ticket('en') };
  const { drafts, leftOut } = await draftsOf(
    {
      report,
      reportRedactions,
      recordsHidden: masked.hidden,
      evidence: found.evidence,
      known,
      story,
      logs,
      tickets,
      version: context.version,
      env,
    },
    because,
  );
  const about = {
    id: shortId(run.id),
    run: run.id,
    command: run.command,
    target,
    createdAt: now.toISOString(),
    version: context.version,
    anonymized: flags.anonymize === true,
    archive,
    leftOut,
    notLookedFor: known.unread,
  };
  const built = buildBundle(drafts, funnel, known.secrets, about, () => replacedNames(here));
  return { built, archive, bytes: await zipped(built.entries, now) };
};
