import { mkdir, open, rm } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { zipped } from '../../bundle/archive.ts';
import { type Built, buildBundle, UnsafeBundle } from '../../bundle/build.ts';
import { type Section, sections } from '../../bundle/entry.ts';
import { createFunnel, type Funnel } from '../../bundle/funnel.ts';
import { isOwnWord, type KnownSecret } from '../../bundle/known-secret.ts';
import type { Pseudonyms } from '../../bundle/pseudonyms.ts';
import { leaksIn } from '../../bundle/scan.ts';
import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Owner } from '../../model/cause.ts';
import type { Language, Text } from '../../model/text.ts';
import { type HandOver, handOver } from '../../report/hand-over.ts';
import { jsonOf } from '../../report/json-text.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { askYesNo } from '../ask.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { foundRun, type KeptRun } from '../commands/runbook/find.ts';
import { runbookHere } from '../commands/runbook/place.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { runIn } from './both-languages.ts';
import { draftsOf, safeName } from './drafts.ts';
import { isEvidence } from './evidence.ts';
import { type Known, knownHere } from './known.ts';
import { type LogParts, logLinesAround } from './log-lines.ts';
import { previewLines } from './preview.ts';
import { withoutRecords } from './records.ts';
import { type Story, storyOf, triedIn } from './story.ts';

export interface BundleFlags extends CommonFlags {
  readonly text?: boolean;
  readonly for?: Owner;
  readonly output?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly anonymize?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const sectionsIn = (flag: string, names: readonly string[]): ReadonlySet<Section> => {
  const known = new Map(sections.map((section) => [section as string, section] as const));
  return new Set(
    names
      .flatMap((one) => one.split(','))
      .map((name) => {
        const section = known.get(name.trim());
        if (section) return section;
        throw new UsageError({
          en: `${flag} ${name}: there is no such section; there are ${sections.join(', ')}`,
          ja: `${flag} ${name}: そのような区分はありません。使える区分: ${sections.join('、')}`,
        });
      }),
  );
};

/** Why a section is not taken; undefined where it is. */
const wantedBy = (flags: BundleFlags, known: Known): ((section: Section) => Text | undefined) => {
  const include = sectionsIn('--include', flags.include ?? []);
  const exclude = sectionsIn('--exclude', flags.exclude ?? []);
  return (section) => {
    if (exclude.has(section)) return { en: 'left out by --exclude', ja: '--exclude で除外しました' };
    // Logs are the one part that nobody has looked through before: they come only where every secret can be looked for.
    if (section === 'logs' && known.unread.length > 0 && !include.has('logs')) {
      return {
        en: 'left out, because not every secret could be read and so be looked for in them; --include logs takes them all the same',
        ja: '読み取れない秘密情報があり、ログに残っていないことを確かめられないため除外しました（--include logs で含められます）',
      };
    }
    return undefined;
  };
};

const logNamesOf = ({ loaded }: Known): readonly string[] => {
  if (!loaded) return [];
  const { mail, crm, sync } = loaded.config;
  return [...new Set([mail ?? [], crm ?? [], sync ?? []].flat().flatMap(({ logs }) => logs ?? []))];
};

/** What a bundle is made of, each read once. */
interface Ground {
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

const ground = async (wanted: string, flags: BundleFlags, context: Context): Promise<Ground> => {
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
const replacedNames = ({ pseudonyms }: Ground): readonly KnownSecret[] => {
  if (!pseudonyms) return [];
  const made = new Set(Object.keys(pseudonyms.mapping()));
  return pseudonyms
    .hidden()
    .filter((name) => name.length > 3 && !made.has(name))
    .map((value) => ({ name: `--anonymize: ${value}`, value }));
};

const ticketIn = async (
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

/** The text alone, for a mail that is written right now. */
const textOnly = async (wanted: string, flags: BundleFlags, context: Context): Promise<number> => {
  const here = await ground(wanted, flags, context);
  const text = await ticketIn(context.language, here, flags, context);
  const whole = `${text.subject}\n\n${text.body}`;
  const bytes = Buffer.from(whole);
  const leaks = leaksIn(
    [{ name: '--text', kind: 'derived', why: { en: '', ja: '' }, bytes, redactions: {} }],
    here.known.secrets,
  );
  if (leaks.length > 0) throw new UnsafeBundle({ kind: 'leaks', leaks });
  context.io.out.write(flags.json ? `${jsonOf(text, 2)}\n` : whole);
  return 0;
};

/** The part of a run id that tells it from the others of its second: short enough to be read out. */
const shortId = (run: string): string => `CD-${run.split('-').at(-1) ?? run}`;

interface Made {
  readonly built: Built;
  readonly archive: string;
  readonly bytes: Buffer;
}

const made = async (here: Ground, flags: BundleFlags, context: Context): Promise<Made> => {
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

const written = async (file: string, bytes: Buffer): Promise<void> => {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'EEXIST'
        ? { en: `${file} exists already`, ja: `${file} はすでにあります` }
        : { en: `${file} cannot be written (${error.code})`, ja: `${file} に書き込めません (${error.code})` },
    );
  });
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new UsageError({ en: `${file} cannot be written (${code})`, ja: `${file} に書き込めません (${code})` });
  } finally {
    await handle.close();
  }
};

const words = {
  ask: { en: 'Write this bundle?', ja: 'このサポート用ファイルを作成しますか？' },
  nothing: { en: 'Nothing was written.', ja: '何も書き込みませんでした。' },
  id: { en: 'Ticket id', ja: '受付番号' },
  done: {
    en: 'It was not sent anywhere. Who gets it can look at it with:',
    ja: 'どこにも送信していません。受け取った方は次のコマンドで確認できます。',
  },
  dry: { en: 'Nothing was written (--dry-run).', ja: '何も書き込んでいません（--dry-run）。' },
  yes: {
    en: 'nobody can be asked here; look at it with --dry-run, and write it with --yes',
    ja: '確認の質問ができません。--dry-run で内容を確認し、--yes を付けて実行してください',
  },
} as const satisfies Readonly<Record<string, Text>>;

const bundle = async (wanted: string, flags: BundleFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const here = await ground(wanted, flags, context);
  const { built, archive, bytes } = await made(here, flags, context);
  const file = resolve(io.cwd, flags.output ?? archive);
  const { manifest } = built;
  const tell = (isWritten: boolean): void => {
    if (flags.json) io.out.write(`${jsonOf({ file, written: isWritten, bytes: bytes.length, manifest }, 2)}\n`);
  };
  if (!flags.json && !flags.quiet) {
    const { columns } = renderOptions(flags, context);
    io.out.write(`${previewLines(built, bytes.length, language, columns).join('\n')}\n\n`);
  }
  if (flags.dryRun) {
    tell(false);
    if (!flags.json) io.out.write(`${words.dry[language]}\n`);
    return 0;
  }
  switch (await askYesNo(words.ask, flags, context)) {
    case 'yes':
      break;
    case 'no':
      tell(false);
      if (!flags.json) io.out.write(`${words.nothing[language]}\n`);
      return 0;
    case 'interrupted':
      return 130;
    case 'cannot-ask':
      throw new UsageError(words.yes);
  }
  await written(file, bytes);
  const saved = await here.runbook.append({
    kind: 'bundle-made',
    run: manifest.run,
    id: manifest.id,
    file,
    entries: manifest.entries.map(({ name }) => name),
  });
  if (saved.kind === 'failed') io.err.write(`crm-doctor: ${saved.text[language]}\n`);
  if (here.pseudonyms) {
    const kept = join(here.runbook.directory, 'pseudonyms', `${basename(file)}.json`);
    await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
    await rm(kept, { force: true });
    await written(kept, Buffer.from(`${jsonOf(here.pseudonyms.mapping(), 2)}\n`));
    const words = {
      en: `which pseudonym stands for whom is kept on this machine only: ${kept}`,
      ja: `仮名と実際の名前の対応表は、この端末だけに保存しました: ${kept}`,
    };
    io.err.write(`crm-doctor: ${words[language]}\n`);
  }
  tell(true);
  if (!flags.json) {
    const { columns } = renderOptions(flags, context);
    const done = [file, `${words.id[language]}: ${manifest.id}`, words.done[language]].map(visible);
    // The command last and whole, so that it can be copied.
    const lines = [...done.flatMap((line) => wrap(line, columns)), visible(`  crm-doctor report --from ${archive}`)];
    io.out.write(`${lines.join('\n')}\n`);
  }
  return 0;
};

const unsafeText = ({ reason }: UnsafeBundle): Text => {
  if (reason.kind === 'own-word') {
    return {
      en: `nothing was written: the value of ${reason.secret} is an everyday word that crm-doctor's own files are full of, so that nobody could tell whether it leaks. Change this secret`,
      ja: `何も書き込みませんでした。${reason.secret} の値が crm-doctor 自身の出力にも使われる一般的な単語のため、漏れていないことを確かめられません。この値を変更してください`,
    };
  }
  const places = reason.leaks.slice(0, 5).map(({ entry, secret, encoding }) => `${entry}: ${secret} (${encoding})`);
  return {
    en: `nothing was written: a secret would still be in it. ${places.join('; ')}. Leave that part out with --exclude, and report this as a bug`,
    ja: `何も書き込みませんでした。秘密情報が残っています。${places.join('、')}。--exclude でその部分を除外し、不具合としてご報告ください`,
  };
};

export const runBundle = async (wanted: string, flags: BundleFlags, context: Context): Promise<number> => {
  try {
    return await (flags.text ? textOnly : bundle)(wanted, flags, context);
  } catch (error) {
    if (!(error instanceof UnsafeBundle)) throw error;
    context.io.err.write(`crm-doctor: ${visible(unsafeText(error)[context.language])}\n`);
    return 3;
  }
};
