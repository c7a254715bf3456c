import { formatMs } from '../i18n/format.ts';
import { onlyAscii } from '../i18n/language.ts';
import { visible } from '../i18n/visible.ts';
import { charactersOf, width } from '../i18n/width.ts';
import type { Listener, RunEvent } from '../model/event.ts';
import type { Language } from '../model/text.ts';
import { colourOn } from './colour.ts';
import type { Io } from './io.ts';

/** Shows on stderr how far a run is. */
export interface Progress {
  readonly listener: Listener;
  readonly stop: () => void;
}

const silent: Progress = { listener: () => {}, stop: () => {} };

const trialWords = { en: 'trying the fix on a copy of the configuration', ja: '設定の写しで直し方を試しています' };

/** How far a run is, in one line: finished and planned checks, what is waited for, the time since the beginning. */
export const progressOf = (language: Language, now: () => number) => {
  const startedAt = now();
  let total = 0;
  let finished = 0;
  let trials = 0;
  const running = new Map<string, string>();
  const titles = new Map<string, string>();
  /** What was begun of a comparison is told of by side. */
  const finish = ({ id, target }: { readonly id: string; readonly target: string }): void => {
    if (running.delete(`${id} ${target}`)) return;
    const begun = [...running.keys()].find((key) => key.startsWith(`${id} `));
    if (begun !== undefined) running.delete(begun);
  };
  const listener: Listener = (event) => {
    switch (event.kind) {
      case 'planned':
        total += event.checks;
        break;
      case 'check-started':
        running.set(`${event.id} ${event.target}`, event.title[language]);
        titles.set(`${event.id} ${event.target}`, event.title[language]);
        break;
      case 'check-progressed': {
        const key = `${event.id} ${event.target}`;
        running.set(key, `${titles.get(key) ?? ''}: ${event.says[language]}`);
        break;
      }
      case 'check-finished':
        finish(event);
        finished += 1;
        break;
      case 'check-announced':
        break;
      case 'trial-started':
        trials += 1;
        break;
      case 'trial-finished':
        trials -= 1;
        break;
    }
  };
  const parts = () => {
    const [title = ''] = running.values();
    return {
      count: `${finished}/${total}`,
      words: visible(trials > 0 ? trialWords[language] : title),
      seconds: `${Math.round((now() - startedAt) / 1000)} s`,
    };
  };
  return { listener, parts };
};

/** One line of so many columns, the words cut where there is no room: it is written over again and must not wrap. */
export const lineWithin = (
  { count, words, seconds }: { readonly count: string; readonly words: string; readonly seconds: string },
  columns: number,
): string => {
  const room = columns - width(count) - width(seconds) - 4;
  if (width(words) <= room) return words === '' ? `${count}  ${seconds}` : `${count}  ${words}  ${seconds}`;
  if (room < 4) return columns < width(count) ? '' : count;
  let cut = '';
  for (const character of charactersOf(words)) {
    if (width(cut) + width(character) > room - 3) break;
    cut += character;
  }
  return `${count}  ${cut}...  ${seconds}`;
};

/** What stays on the screen: somebody may want to stop what is about to be done. */
const announce = (event: RunEvent, io: Io, language: Language): void => {
  if (event.kind === 'check-announced') {
    io.err.write(`${event.id} ${visible(event.target)}: ${visible(event.says[language])}\n`);
  }
};

const spin = async (io: Io, language: Language, look: Look): Promise<Progress> => {
  const { default: ora } = await import('ora');
  const { listener, parts } = progressOf(language, () => performance.now());
  const spinner = ora({
    // ora swallows Ctrl+C unless it leaves stdin alone.
    discardStdin: false,
    stream: process.stderr,
    text: '',
    ...(onlyAscii(look.ascii, io.env, language) ? { spinner: 'line' as const } : {}),
    ...(colourOn(look.color, io.err, io.env) ? {} : { color: false as const }),
  });
  // The spinner itself and the blank behind it take two columns, and the last column stays free. Asked anew each time: a
  // terminal may be resized during a run.
  const show = () => {
    spinner.text = lineWithin(parts(), io.err.columns - 3);
  };
  show();
  spinner.start();
  const tick = setInterval(show, 250);
  tick.unref();
  process.stderr.on('resize', show);
  return {
    listener: (event) => {
      listener(event);
      if (event.kind === 'check-announced') spinner.clear();
      announce(event, io, language);
      show();
    },
    stop: () => {
      clearInterval(tick);
      process.stderr.off('resize', show);
      spinner.stop();
    },
  };
};

/** How often somebody who listens is told that a run goes on. */
const patience = 10_000;

/** For a screen reader: silence while all goes quickly, then a sentence now and again. */
const speak = (io: Io, language: Language): Progress => {
  const { listener, parts } = progressOf(language, () => performance.now());
  const say = () => {
    const { count, words, seconds } = parts();
    const head = { en: `Still checking, ${count} done, ${seconds}`, ja: `検査中です。${count} 完了、${seconds}` }[
      language
    ];
    io.err.write(words === '' ? `${head}\n` : `${head}: ${words}\n`);
  };
  const tick = setInterval(say, patience);
  tick.unref();
  return {
    listener: (event) => {
      listener(event);
      announce(event, io, language);
    },
    stop: () => clearInterval(tick),
  };
};

/** How a run is to look while it goes on. */
interface Look {
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly plain?: boolean | undefined;
  readonly ascii?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** A spinner on a terminal, nothing in a pipe; in CI, and with --verbose without a terminal, one line a finished check. */
export const openProgress = async (io: Io, language: Language, look: Look): Promise<Progress> => {
  if (look.quiet) return silent;
  const lasting = io.err.isTTY && !io.env.CI && io.env.TERM !== 'dumb';
  if (lasting) return look.plain ? speak(io, language) : spin(io, language, look);
  if (!look.verbose && !io.env.CI) return silent;
  return {
    listener: (event) => {
      announce(event, io, language);
      if (event.kind === 'check-finished') {
        const grade = event.outcome.kind === 'observed' ? event.outcome.verdict.grade : event.outcome.kind;
        io.err.write(`${event.id} ${visible(event.target)}: ${grade} (${formatMs(event.ms, language)})\n`);
      }
    },
    stop: () => {},
  };
};
