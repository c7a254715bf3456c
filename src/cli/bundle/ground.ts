import { hostname, userInfo } from 'node:os';
import { UnsafeBundle } from '../../bundle/build.ts';
import { createFunnel, type Funnel } from '../../bundle/funnel.ts';
import { isOwnWord, type KnownSecret } from '../../bundle/known-secret.ts';
import type { Pseudonyms } from '../../bundle/pseudonyms.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Context } from '../command.ts';
import { foundRun, type KeptRun } from '../commands/runbook/find.ts';
import { runbookHere } from '../commands/runbook/place.ts';
import { isEvidence } from './evidence.ts';
import { type Known, knownHere } from './known.ts';
import { type LogParts, logLinesAround } from './log-lines.ts';
import type { BundleFlags } from './sections.ts';
import { wantedBy } from './sections.ts';
import { type Story, storyOf } from './story.ts';

const logNamesOf = ({ loaded }: Known): readonly string[] => {
  if (!loaded) return [];
  const { mail, crm, sync } = loaded.config;
  return [...new Set([mail ?? [], crm ?? [], sync ?? []].flat().flatMap(({ logs }) => logs ?? []))];
};

/** What a bundle is made of, each read once. */
export interface Ground {
  readonly logs: LogParts;
  readonly pseudonyms?: Pseudonyms;
  readonly runbook: Runbook;
  readonly found: KeptRun;
  readonly known: Known;
  readonly story: Story;
  readonly funnel: Funnel;
}

const noLogs: LogParts = { parts: [], troubles: [] };

/** Pseudonyms for everything that a bundle may hold; loaded only where they are asked for. */
const pseudonymsOf = async ({ found, known, story, logs }: Omit<Ground, 'funnel'>): Promise<Pseudonyms> => {
  const [{ createPseudonyms }, { namesIn }] = [await import('../../bundle/pseudonyms.ts'), await import('./names.ts')];
  const { report, evidence } = found;
  const parts = [report, evidence, story.records, known.redacted?.text ?? '', logs.parts.map(({ text }) => text)];
  const names = namesIn(parts, {
    report,
    evidence: isEvidence(evidence) ? evidence : undefined,
    people: [userName(), ...story.records.map(({ who }) => who.user)],
    machines: [hostname(), ...story.records.map(({ who }) => who.host)],
  });
  return createPseudonyms(names);
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container's user without an entry in the user database.
    return '';
  }
};

/** Reads all of it. */
export const ground = async (wanted: string, flags: BundleFlags, context: Context): Promise<Ground> => {
  const runbook = await runbookHere(flags, context);
  const found = await foundRun(runbook, wanted);
  const [known, story] = await Promise.all([knownHere(flags, context), storyOf(runbook, found.report)]);
  const unclear = known.secrets.find(({ value }) => isOwnWord(value));
  if (unclear) throw new UnsafeBundle({ kind: 'own-word', secret: unclear.name });
  const without = flags.text === true || wantedBy(flags, known)('logs') !== undefined;
  const logs = without ? noLogs : await logLinesAround(logNamesOf(known), found.report.run, Date.now());
  const base = { runbook, found, known, story, logs };
  if (!flags.anonymize) return { ...base, funnel: createFunnel(known.secrets) };
  const pseudonyms = await pseudonymsOf(base);
  return { ...base, pseudonyms, funnel: createFunnel(known.secrets, pseudonyms.rename) };
};

/** The names that were replaced, to be looked for like secrets; one that is a pseudonym as well cannot be told from it. */
export const replacedNames = ({ pseudonyms }: Ground): readonly KnownSecret[] => {
  if (!pseudonyms) return [];
  const made = new Set(Object.keys(pseudonyms.mapping()));
  return pseudonyms
    .hidden()
    .filter((name) => name.length > 3 && !made.has(name))
    .map((value) => ({ name: `--anonymize: ${value}`, value }));
};
