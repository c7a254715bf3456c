import { visible } from '../i18n/visible.ts';
import type { Listener } from '../model/event.ts';
import type { Language } from '../model/text.ts';
import type { Io } from './io.ts';

/** Shows on stderr how far a run is. */
export interface Progress {
  readonly listener: Listener;
  readonly stop: () => void;
}

const silent: Progress = { listener: () => {}, stop: () => {} };

const spin = async (io: Io, language: Language): Promise<Progress> => {
  const { default: ora } = await import('ora');
  const startedAt = performance.now();
  let total = 0;
  let finished = 0;
  let trying = false;
  const running = new Map<string, string>();
  const titles = new Map<string, string>();
  // ora swallows Ctrl+C unless it leaves stdin alone.
  const spinner = ora({ discardStdin: false, stream: process.stderr, text: '' });
  const show = () => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const [now] = running.values();
    const count = `${finished}/${total}`;
    const words = trying
      ? { en: 'trying the fix on a copy of the configuration', ja: '設定の写しで直し方を試しています' }[language]
      : (now ?? '');
    const line = `${count}  ${words}  ${seconds} s`;
    spinner.text =
      line.length > io.err.columns - 4 ? line.slice(0, Math.max(8, Math.floor(io.err.columns / 2) - 4)) : line;
  };
  spinner.start();
  const tick = setInterval(show, 250);
  tick.unref();
  return {
    listener: (event) => {
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
        case 'check-announced':
          spinner.clear();
          io.err.write(`${visible(event.target)}: ${visible(event.says[language])}\n`);
          break;
        case 'check-finished':
          running.delete(`${event.id} ${event.target}`);
          finished += 1;
          break;
        case 'trial-started':
          trying = true;
          break;
        case 'trial-finished':
          break;
      }
      show();
    },
    stop: () => {
      clearInterval(tick);
      spinner.stop();
    },
  };
};

/** A spinner on a terminal, nothing in a pipe; with --verbose and no terminal one line a finished check. */
export const openProgress = async (
  io: Io,
  language: Language,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
): Promise<Progress> => {
  if (quiet) return silent;
  const animated = io.err.isTTY && !io.env.CI && io.env.TERM !== 'dumb';
  if (animated) return spin(io, language);
  if (!verbose && !io.env.CI) return silent;
  return {
    listener: (event) => {
      if (event.kind === 'check-announced')
        io.err.write(`${event.id} ${visible(event.target)}: ${visible(event.says[language])}\n`);
      if (event.kind === 'check-finished') {
        const grade = event.outcome.kind === 'observed' ? event.outcome.verdict.grade : event.outcome.kind;
        io.err.write(`${event.id} ${visible(event.target)}: ${grade} (${event.ms} ms)\n`);
      }
    },
    stop: () => {},
  };
};
