import type { Automaton } from './automaton.ts';
import { createAutomaton, needlesIn } from './automaton.ts';
import { withoutSecrets } from './clean.ts';
import type { OpenSample } from './collect.ts';
import { createScanner } from './scanner.ts';
import type { Source } from './sources.ts';
import { bytesOf, SourceError } from './sources.ts';

/** What the lines of one id tell. */
interface Thread {
  sender?: string;
  relay?: string;
  messageId?: string;
  readonly recipients: Set<string>;
  readonly lines: string[];
  /** Ids that stand beside this one: the queue id of a Message-ID and the other way round. */
  readonly beside: Set<string>;
}

/** Of all ids together: a table of them takes half a kilobyte for each byte. */
const mostBytes = 30_000;
const longestId = 200;
const mostLines = 5;

const queueIdForm =
  /(?:\]: |\d )((?=[A-Za-z]*\d)[0-9A-Za-z]{6,20}|[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})(?=: | )/;
const messageIdForm = /(?:message-id=|msgid=|\bid=|Message-Id:? )(<[^<>\s]{1,250}@[^<>\s]{1,250}>)/i;

const note = (thread: Thread, id: string, line: string, place: string): void => {
  const sender = /\bfrom=<([^>]{0,250})>/.exec(line)?.[1] ?? / <= (\S{1,250}@\S{1,250})/.exec(line)?.[1];
  const relay = /\brelay=([^,\s]{1,250})/.exec(line)?.[1] ?? / H=(\S{1,250}(?: \[[^\]]{1,50}\])?)/.exec(line)?.[1];
  const recipient =
    /\bto=<([^>]{1,250})>/.exec(line)?.[1] ?? / (?:\*\*|==|=>) (\S{1,250}@\S{1,250}?):?(?: |$)/.exec(line)?.[1];
  const messageId = messageIdForm.exec(line)?.[1];
  const queueId = queueIdForm.exec(line)?.[1];
  if (sender !== undefined) thread.sender ??= sender;
  if (relay !== undefined && relay !== 'none') thread.relay ??= relay;
  if (recipient !== undefined && thread.recipients.size < 10) thread.recipients.add(recipient);
  if (messageId !== undefined) thread.messageId ??= messageId;
  for (const other of [messageId, queueId]) if (other !== undefined && other !== id) thread.beside.add(other);
  if (thread.lines.length < mostLines) thread.lines.push(place);
};

/** Queue ids are short: whatever a stranger chose for a Message-ID, it does not push them out. */
const kept = (ids: readonly string[]): readonly string[] => {
  let bytes = 0;
  return ids
    .filter((id) => id.length >= 6 && id.length <= longestId)
    .toSorted((left, right) => left.length - right.length)
    .filter((id) => {
      bytes += Buffer.byteLength(id);
      return bytes <= mostBytes;
    });
};

const read = async (
  sources: readonly Source[],
  automaton: Automaton,
  hear: (bytes: Buffer, place: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> => {
  for (const source of sources) {
    const scanner = createScanner(automaton, ({ buffer, start, end, number }) =>
      // Where only the end of a file is read, its lines have no number.
      hear(buffer.subarray(start, end), source.start ? source.name : `${source.name}:${number}`),
    );
    try {
      for await (const chunk of bytesOf(source)) {
        if (signal?.aborted) return;
        scanner.push(chunk);
      }
    } catch (error) {
      // It was told when the file was read the first time.
      if (!(error instanceof SourceError)) throw error;
    }
    scanner.end();
  }
};

/**
 * Reads the files again for the ids of the samples only: sender, recipient and relay of a message stand on other lines,
 * and in other files, than its fault. Twice, since a CRM's log knows the Message-ID and the MTA's lines the queue id.
 */
export const joinMessages = async (
  samples: readonly OpenSample[],
  sources: readonly Source[],
  signal?: AbortSignal,
): Promise<void> => {
  const files = sources.filter(({ path }) => path !== undefined);
  const threads = new Map<string, Thread>();
  let wanted = samples.flatMap(({ queueId, messageId }) => [queueId, messageId]).filter((id) => id !== undefined);
  for (let round = 0; round < 2 && files.length > 0; round += 1) {
    const ids = kept([...new Set(wanted)].filter((id) => !threads.has(id)));
    if (ids.length === 0) break;
    for (const id of ids) threads.set(id, { recipients: new Set(), lines: [], beside: new Set() });
    const automaton = createAutomaton(ids);
    await read(
      files,
      automaton,
      (bytes, place) => {
        const line = bytes.toString();
        for (const index of needlesIn(automaton, bytes)) {
          const id = ids[index] ?? '';
          const thread = threads.get(id);
          // The automaton knows no case, queue ids do.
          if (thread && line.includes(id)) note(thread, id, line, place);
        }
      },
      signal,
    );
    wanted = ids.flatMap((id) => [...(threads.get(id)?.beside ?? [])]);
  }
  for (const sample of samples) fill(sample, threads);
};

const fill = (sample: OpenSample, threads: ReadonlyMap<string, Thread>): void => {
  const own = [sample.queueId, sample.messageId].flatMap((id) => (id === undefined ? [] : [id]));
  const beside = own.flatMap((id) => [...(threads.get(id)?.beside ?? [])]);
  const parts = [...new Set([...own, ...beside])].flatMap((id) => threads.get(id) ?? []);
  const here = `${sample.file}:${sample.line}`;
  const lines = [...new Set(parts.flatMap((part) => part.lines))].filter((place) => place !== here);
  if (lines.length === 0) return;
  const first = (pick: (part: Thread) => string | undefined) => parts.map(pick).find((value) => value !== undefined);
  const [sender, relay, messageId] = [first((p) => p.sender), first((p) => p.relay), first((p) => p.messageId)];
  sample.joined = {
    ...(sender === undefined ? {} : { sender: withoutSecrets(sender) }),
    recipients: [...new Set(parts.flatMap((part) => [...part.recipients]))].slice(0, 10).map(withoutSecrets),
    ...(relay === undefined ? {} : { relay: withoutSecrets(relay) }),
    ...(messageId === undefined ? {} : { messageId: withoutSecrets(messageId) }),
    lines: lines.slice(0, mostLines),
  };
};
