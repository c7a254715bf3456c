import type { ImapFlow } from 'imapflow';
import type { Step } from '../model/login-facts.ts';
import type { ImapCommands } from './login-imap-commands.ts';
import { type Inside, inside } from './login-imap-inside.ts';

/** A connection that is logged in. */
export interface ImapSession {
  readonly client: ImapFlow;
  readonly capabilities: ReadonlySet<string>;
  /** Runs one command of the library and tells what the server answered. */
  readonly step: <Value>(run: () => Promise<Value>) => Promise<{ readonly step: Step; readonly value?: Value }>;
  /** QUOTA lines as the server wrote them: the library lets a second root overwrite the first. */
  readonly quotaLines: readonly string[];
  /** Commands that imapflow would send unasked at login, here when they are wanted. */
  readonly identify: () => Promise<Readonly<Record<string, string>> | undefined>;
  readonly namespace: () => Promise<{ readonly prefix: string; readonly delimiter?: string } | undefined>;
  /** Opens a folder by its name as a person reads it; just SELECT, without the LIST that imapflow puts before it. */
  readonly select: (folder: string) => Promise<{ readonly step: Step; readonly opened?: OpenedFolder }>;
  /** LOGOUT in the background; resolves when the connection is over. */
  readonly leave: () => Promise<void>;
}

/** What SELECT tells of a folder. */
export interface OpenedFolder {
  readonly messages: number;
  readonly readOnly: boolean;
  readonly uidValidity: string;
  readonly uidNext?: number;
}

const recordOf = (value: unknown): Readonly<Record<string, string>> | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).flatMap(([key, text]) =>
    typeof text === 'string' ? [[key, text] as const] : [],
  );
  return Object.fromEntries(entries.slice(0, 30));
};

/** The session of a client that has logged in; `step` and `leave` belong to its connection. */
export const sessionOf = (
  client: ImapFlow,
  { own, step, quotaLines, leave }: Pick<ImapCommands, 'own'> & Pick<ImapSession, 'step' | 'quotaLines' | 'leave'>,
): ImapSession => ({
  client,
  capabilities: new Set([...client.capabilities.keys()].map((word) => word.toUpperCase())),
  step,
  quotaLines,
  leave,
  identify: async () => {
    if (!client.capabilities.has('ID')) return undefined;
    const { value } = await step(() => own('ID')(client, { name: 'crm-doctor' }));
    return recordOf(value);
  },
  namespace: async () => {
    let next: (() => void) | undefined;
    // What the command sets stays out of the client: imapflow would put the prefix before every folder name from then on.
    const apart: ImapFlow = Object.create(client, {
      exec: {
        value: async (...args: Parameters<Inside['exec']>) => {
          const response = await inside(client).exec(...args);
          next = response.next;
          return response;
        },
      },
    });
    await step(() => own('NAMESPACE')(apart));
    const { namespace } = apart;
    // It trips over a personal namespace of NIL (RFC 2342 section 5), and no later command would be sent.
    if (!namespace) next?.();
    if (!namespace) return undefined;
    return { prefix: namespace.prefix, ...(namespace.delimiter ? { delimiter: namespace.delimiter } : {}) };
  },
  select: async (folder) => {
    const path = folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder;
    if (!inside(client).folders.has(path)) inside(client).folders.set(path, { path });
    const { step: selected, value } = await step(() => client.mailboxOpen(path));
    if (!value) return { step: selected };
    return {
      step: selected,
      opened: {
        messages: value.exists,
        readOnly: value.readOnly ?? false,
        uidValidity: String(value.uidValidity),
        ...(typeof value.uidNext === 'number' ? { uidNext: value.uidNext } : {}),
      },
    };
  },
});
