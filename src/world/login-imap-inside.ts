import type { ImapFlow } from 'imapflow';

/** How the library runs one command. */
export type Handler = (client: ImapFlow, ...args: readonly unknown[]) => Promise<unknown>;

/** The members of imapflow that its types do not show; test/world/imap-login.test.ts fails when a version lacks one. */
export interface Inside {
  readonly exec: (
    command: string,
    attributes: readonly { readonly type: 'ATOM'; readonly value: string; readonly sensitive?: boolean }[],
    options: { readonly onPlusTag: (line: unknown) => Promise<void> },
  ) => Promise<{ readonly next: () => void }>;
  readonly write: (chunk: string) => void;
  commands: Map<string, Handler>;
  /** Nobody here asks which folders are subscribed, and the question costs a command a list. */
  skipLsub: boolean;
  readonly folders: Map<string, unknown>;
}

export const inside = (client: ImapFlow): Inside => client as unknown as Inside;

/** The text of a `+` line as imapflow has parsed it. */
export const continuationOf = (line: unknown): string => {
  const attributes: unknown = typeof line === 'object' && line !== null ? Reflect.get(line, 'attributes') : undefined;
  const first: unknown = Array.isArray(attributes) ? attributes[0] : undefined;
  const value: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'value') : undefined;
  return typeof value === 'string' ? value : '';
};
