import { open } from 'node:fs/promises';
import type { Subject } from '../../model/mailbox.ts';
import type { Report } from '../../model/report.ts';
import { ndjsonOf, ndjsonOfMailbox } from '../../report/ndjson-lines.ts';
import type { Context } from '../command.ts';
import type { WantedFormat } from '../flags.ts';
import { whyUnwritten } from '../unwritten.ts';

/** Where results go while others are still being looked for. */
interface Sink {
  readonly write: (text: string) => Promise<void>;
  /** What kept it from being written; nothing where all was. */
  readonly close: () => Promise<unknown>;
}

/** A reader that is slow is waited for, and one that has left is no longer told. */
const outSink = ({ io: { out } }: Context): Sink => ({
  write: async (text) => {
    out.write(text);
    await out.drained?.();
  },
  close: async () => undefined,
});

const fileSink = (file: string): Sink => {
  let failure: unknown;
  const opened = open(file, 'w').catch((error: unknown) => {
    failure = error;
    return undefined;
  });
  // One after another, so that no line stands inside another one.
  let last: Promise<void> = Promise.resolve();
  return {
    write: (text) => {
      last = last.then(async () => {
        if (failure !== undefined) return;
        try {
          await (await opened)?.writeFile(text);
        } catch (error) {
          failure = error;
        }
      });
      return last;
    },
    close: async () => {
      await last;
      await (await opened)?.close().catch((error: unknown) => {
        failure ??= error;
      });
      return failure;
    },
  };
};

/** The ndjson formats of a run, written as its mailboxes end. */
export interface Stream {
  readonly mailbox: (part: Report, subject: Subject) => Promise<void>;
  /** The rest, after everything; the exit code. */
  readonly end: (report: Report, code: number) => Promise<number>;
}

export const openStream = (formats: readonly WantedFormat[], context: Context): Stream | undefined => {
  const wanted = formats.filter(({ name }) => name === 'ndjson');
  if (wanted.length === 0) return undefined;
  const sinks = wanted.map(({ file }) => (file === undefined ? outSink(context) : fileSink(file)));
  const told = new Set<string>();
  const write = async (text: string): Promise<void> => {
    await Promise.all(sinks.map((sink) => sink.write(text)));
  };
  return {
    mailbox: async (part, { label, config: { row } }) => {
      told.add(label);
      await write(ndjsonOfMailbox(part, { label, ...(row?.tenant === undefined ? {} : { tenant: row.tenant }) }));
    },
    end: async (report, code) => {
      await write(ndjsonOf(report, told));
      const failures = await Promise.all(sinks.map((sink) => sink.close()));
      let result = code;
      for (const failure of failures) {
        if (failure === undefined) continue;
        const { en, ja } = whyUnwritten(failure);
        const text = {
          en: `the report could not be written: ${en}`,
          ja: `レポートを書き込めませんでした: ${ja}`,
        };
        context.io.err.write(`crm-doctor: ${text[context.language]}\n`);
        result = result === 0 ? 2 : result;
      }
      return result;
    },
  };
};
