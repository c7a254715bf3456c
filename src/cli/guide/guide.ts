import type { Aim } from '../../guide/area.ts';
import type { GuideEvent, Start } from '../../guide/engine.ts';
import { guideFlow } from '../../guide/guide.ts';
import type { Entry, Session } from '../../guide/journal.ts';
import { openSessions } from '../../guide/session-store.ts';
import type { Question, Talk } from '../../guide/talk.ts';
import { Left } from '../../guide/talk.ts';
import { terminalTalk } from '../../guide/terminal.ts';
import { walkThrough } from '../../guide/walk.ts';
import { termsIn } from '../../i18n/glossary/find.ts';
import type { Language, Text } from '../../model/text.ts';
import { newRunId, openRunbook } from '../../runbook/runbook.ts';
import { colourOn } from '../colour.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { runbookHere } from '../commands/runbook/place.ts';
import { scenarioFor, startDemo } from './demo.ts';
import { openEngine } from './engine.ts';
import { holdInterrupts } from './held-interrupts.ts';

export interface GuideFlags {
  readonly config?: string;
  readonly resume?: boolean;
  /** True: the first of the area. */
  readonly demo?: string | true;
  readonly runbook?: string;
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly plain?: boolean;
  readonly input?: boolean;
}

const staleMs = 7 * 24 * 3_600_000;

const nobodyThere = (area: Start | undefined): UsageError => {
  const instead = area === 'learn' ? 'explain --topics' : (area ?? 'mail');
  return new UsageError({
    en: `the guide asks questions, so it needs a terminal (and no --no-input and no CI). Without questions: crm-doctor ${instead}`,
    ja: `ガイドは質問に答えながら進めるため、端末で実行してください（--no-input や CI の環境では使えません）。質問なしで使うには: crm-doctor ${instead}`,
  });
};

const learnHasDemos: Text = {
  en: 'guide learn takes no --demo: it offers lessons from demos by itself',
  ja: 'guide learn に --demo は指定できません。デモの練習は画面で選べます',
};

const nothingToResume: Text = {
  en: 'there is no unfinished session here; crm-doctor guide begins a new one',
  ja: '中断したガイドはありません。crm-doctor guide で最初から始められます',
};

/** Terms are explained where they first appear, two at a time; `?` explains all of a question. */
const glossesFor = (language: Language) => {
  const seen = new Set<string>();
  return (text: string, { all }: { readonly all: boolean }): readonly string[] => {
    const terms = termsIn(text, language).filter(({ id }) => all || !seen.has(id));
    const told = all ? terms : terms.slice(0, 2);
    for (const { id } of told) seen.add(id);
    return told.map((term) => `※ ${term[language].name}: ${term[language].gloss}`);
  };
};

/** The session to go on with: what `--resume` asks for, or what a person wants when one is found. */
const sessionToResume = async (
  found: Session | undefined,
  { flags, area, version, talk }: { flags: GuideFlags; area: Start | undefined; version: string; talk: Talk },
): Promise<Session | undefined> => {
  if (!found) {
    if (flags.resume) throw new UsageError(nothingToResume);
    return undefined;
  }
  const stale = found.version !== version || Date.now() - Date.parse(found.at) > staleMs;
  const other = area !== undefined && found.area !== undefined && found.area !== area;
  if (!flags.resume && (stale || other)) return undefined;
  if (flags.resume && !stale) return found;
  const day = found.at.slice(0, 16).replace('T', ' ');
  const reply = await talk.ask(
    {
      kind: 'choice',
      id: 'resume',
      message: stale
        ? {
            en: `The session of ${day} (UTC) is old, or of another version. Begin anew?`,
            ja: `${day} (UTC) のガイドは、日数がたっているか、別のバージョンのものです。最初から始めますか？`,
          }
        : {
            en: `A session of ${day} (UTC) was not finished. Go on with it?`,
            ja: `${day} (UTC) に中断したガイドがあります。続きから始めますか？`,
          },
      choices: stale
        ? [
            { value: 'new', name: { en: 'Begin anew (recommended)', ja: '最初から始める（推奨）' } },
            { value: 'go on', name: { en: 'Go on all the same', ja: 'それでも続きから始める' } },
          ]
        : [
            { value: 'go on', name: { en: 'Go on', ja: '続きから始める' } },
            { value: 'new', name: { en: 'Begin anew', ja: '最初から始める' } },
          ],
    },
    { back: false },
  );
  return reply.kind === 'answer' && reply.value === 'go on' ? found : undefined;
};

const answerWords = (question: Question, answer: string, language: Language): string => {
  if (question.kind !== 'choice') return answer;
  const name = question.choices.find(({ value }) => value === answer)?.name ?? answer;
  return typeof name === 'string' ? name : name[language];
};

/** The guided mode, from the terminal to the exit code. */
export const guide = async (area: Start | undefined, flags: GuideFlags, context: Context): Promise<number> => {
  const { io, deaf } = holdInterrupts(context.io);
  try {
    return await conversation(area, flags, { ...context, io });
  } finally {
    deaf();
  }
};

const conversation = async (area: Start | undefined, flags: GuideFlags, context: Context): Promise<number> => {
  const { io, language, version } = context;
  if (flags.input === false || io.env.CI || process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    throw nobodyThere(area);
  }
  const talk = terminalTalk({
    streams: { input: process.stdin, output: process.stdout },
    language,
    colour: flags.plain !== true && colourOn(flags.color, io.out, io.env),
    ascii: flags.ascii === true || context.ascii === true,
    plain: flags.plain === true,
    glosses: glossesFor(language),
    onInterrupt: io.onInterrupt,
  });
  const told = (text: Text): void => talk.say({ kind: 'words', text });
  let saved = false;
  try {
    if (area === 'learn' && flags.demo !== undefined) throw new UsageError(learnHasDemos);
    const place = area === 'learn' ? undefined : area;
    const demo = flags.demo === undefined ? undefined : await startDemo(await scenarioFor(flags.demo, place), language);
    try {
      // What a demo shows is no memory of this place.
      const runbook = demo ? openRunbook(demo.state) : await runbookHere({ failOn: 'fail', ...flags }, context);
      const { directory } = runbook;
      const sessions = openSessions(directory);
      const resumed = demo
        ? undefined
        : await sessionToResume(await sessions.unfinished(), { flags, area, version, talk });
      let session: Session = resumed ?? {
        schema: 'crm-doctor/guide/v1',
        id: newRunId(new Date()),
        version,
        at: new Date().toISOString(),
        finished: false,
        ...(area === undefined ? {} : { area }),
        entries: [],
      };
      const keep = async (entries: readonly Entry[], finished = false): Promise<void> => {
        session = { ...session, entries, finished, at: new Date().toISOString() };
        await sessions.save(session);
        saved = demo === undefined;
      };
      await keep(session.entries);
      const record = async (event: GuideEvent): Promise<void> => {
        await runbook.append({ ...event, session: session.id });
      };
      const engine = openEngine({
        context,
        runbook,
        record,
        folder: sessions.folderOf(session.id),
        ...(flags.config === undefined ? {} : { config: flags.config }),
        ...(demo ? { demo } : {}),
      });
      for (const [name, value] of Object.entries(demo?.env ?? {})) engine.give(name, value);
      if (resumed) told({ en: 'Going on where you stopped.', ja: '中断したところから再開します。' });
      const start: { area?: Start; aim?: Aim } = demo
        ? { area: demo.scenario.area, aim: demo.aim }
        : session.area === undefined
          ? {}
          : { area: session.area };
      const hints = demo ? { hints: { title: demo.scenario.title, story: demo.scenario.story } } : {};
      const code = await walkThrough(guideFlow(engine, talk, { ...start, ...hints }), talk, {
        entries: session.entries,
        keep: async (entries, added) => {
          await keep(entries);
          if (added?.kind === 'answer') {
            await record({ kind: 'decision', question: added.id, answer: added.value });
          }
        },
        recall: (question, answer) =>
          talk.say({
            kind: 'quoted',
            lines: [`${question.message[language]}  ${answerWords(question, answer, language)}`],
          }),
        noWayBack: () =>
          told({
            en: 'There is no way back beyond a change that was made; crm-doctor runbook undo takes it back.',
            ja: '変更を適用したあとは、それより前の質問には戻れません。変更を元に戻すには crm-doctor runbook undo を使います。',
          }),
      });
      await keep(session.entries, true);
      return code;
    } finally {
      await demo?.stop();
    }
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    process.stdout.write('\u001b[?25h\n');
    told(
      saved
        ? {
            en: 'Stopped. Everything up to here is kept (no passwords). To go on: crm-doctor guide --resume',
            ja: '中断しました。ここまでの回答は保存されています（パスワードは除く）。続きから再開するには: crm-doctor guide --resume',
          }
        : { en: 'Stopped.', ja: '中断しました。' },
    );
    return { SIGINT: 130, SIGTERM: 143, choice: 0 }[error.by];
  }
};
