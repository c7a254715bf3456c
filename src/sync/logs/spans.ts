import type { Entry } from './entry.ts';
import { isGeneral, isThrottled, likeness, type Told, toldIn } from './signs.ts';

/** A time from a start to an end: of a run, or of a step within one. */
export interface Span {
  /** Whose starts are alike. */
  readonly template: string;
  /** Of which run or process the lines were. */
  readonly run: string;
  readonly start: number;
  readonly end?: number;
  readonly failed: boolean;
  readonly throttled: boolean;
  readonly says?: string;
}

interface Open {
  readonly template: string;
  readonly subject: readonly string[];
  readonly form: string;
  readonly run: string;
  readonly start: number;
  fatal: boolean;
  throttled: boolean;
  says?: string;
}

const mostOpen = 1_000;
const mostSpans = 200_000;
/** `Starting x` and `Started x` of one start. */
const echoMs = 10 * 60_000;

/** Finds starts and ends among lines, whichever runs they are of. */
export const spanFinder = () => {
  const spans: Span[] = [];
  const open: Open[] = [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let now: number | undefined;

  const keep = (span: Span): void => {
    spans.push(span);
    if (spans.length > mostSpans) spans.splice(0, mostSpans / 4);
  };

  const close = (one: Open, end: number | undefined, failed: boolean): void => {
    open.splice(open.indexOf(one), 1);
    const { template, run, start, throttled, says } = one;
    keep({
      template,
      run,
      start,
      ...(end === undefined ? {} : { end }),
      failed,
      throttled,
      ...(says === undefined ? {} : { says }),
    });
  };

  const begin = (told: Told, run: string, at: number): void => {
    const template = told.subject.toSorted().join(' ');
    const again = open.find((one) => one.template === template && one.run === run);
    if (again && again.form !== told.form && at - again.start < echoMs) return;
    if (again) close(again, undefined, again.fatal);
    const [oldest] = open;
    if (open.length >= mostOpen && oldest) close(oldest, undefined, oldest.fatal);
    open.push({ template, subject: told.subject, form: told.form, run, start: at, fatal: false, throttled: false });
  };

  /** What an end is the end of: of those of its own run, or where either names none, of all. */
  const endedBy = ({ subject }: Told, run: string): Open | undefined => {
    const own = open.filter((one) => one.run === run);
    const others = open.filter((one) => one.run !== run && (run === '' || one.run === ''));
    for (const group of [own, others]) {
      let best: Open | undefined;
      let most = 0;
      for (const one of group) {
        const alike = likeness(one.subject, subject);
        // Of several that are as like, the innermost.
        if (alike > 0 && alike >= most) [best, most] = [one, alike];
      }
      if (best) return best;
      if (subject.length === 0 && group.length > 0) return group.at(-1);
      if (isGeneral(subject) && group.length > 0) return group[0];
    }
    return undefined;
  };

  const touched = (run: string): readonly Open[] =>
    open.filter((one) => run === '' || one.run === '' || one.run === run);

  /** The log goes as far as this. */
  const reach = (at: number): void => {
    now = at;
    first = Math.min(first, at);
    last = Math.max(last, at);
  };

  const visit = (entry: Entry): void => {
    const { whole, run = '', level, says } = entry;
    if (entry.at !== undefined) reach(entry.at);
    const told = toldIn(entry);
    if (whole) {
      const { start, end } = whole;
      const failed =
        told?.sign === 'failed' ||
        (entry.state !== undefined && /fail|error|crash|cancel|incomplete/i.test(entry.state));
      [first, last] = [Math.min(first, start), Math.max(last, end ?? start)];
      keep({
        template: 'whole',
        run: '',
        start,
        ...(end === undefined ? {} : { end }),
        failed,
        throttled: isThrottled(entry),
        ...(failed && says !== '' ? { says } : {}),
      });
      return;
    }
    if (now === undefined) return;
    if (told?.sign === 'start') begin(told, run, now);
    if (isThrottled(entry)) for (const one of touched(run)) one.throttled = true;
    if (level === 'error' || level === 'fatal' || told?.sign === 'failed') {
      for (const one of touched(run)) {
        if (level === 'fatal') one.fatal = true;
        if (says !== '') one.says = says;
      }
    }
    if (told?.sign === 'end' || told?.sign === 'failed') {
      const ended = endedBy(told, run);
      if (ended) close(ended, now, told.sign === 'failed' || ended.fatal);
    }
  };

  return {
    visit,
    reach,
    /** All spans, those that never ended among them, and from when to when the log goes. */
    spans: (): { readonly spans: readonly Span[]; readonly first: number; readonly last: number } => {
      const rest = open.map(
        ({ template, run, start, fatal, throttled, says }): Span => ({
          template,
          run,
          start,
          failed: fatal,
          throttled,
          ...(says === undefined ? {} : { says }),
        }),
      );
      return { spans: [...spans, ...rest].toSorted((a, b) => a.start - b.start), first, last };
    },
  };
};
