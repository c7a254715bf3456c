/** Who wrote a line: a client quoting a server's reply, a client about itself, or the server. */
export type Side = 'client-reply' | 'client-log' | 'server-log';

/** A line, cut into its parts. */
export interface Cut {
  readonly dialect: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly program: string;
  /** Queue id of the MTA, or the session of the server. */
  readonly queueId?: string;
  readonly messageId?: string;
  readonly side: Side;
  /** As the line itself rates it, where it does. */
  readonly level?: 'info' | 'warning' | 'error';
  readonly text: string;
  /** The text stood encoded in the line (JSON, CSV), so patterns are asked of it and not of the line. */
  readonly decoded?: true;
}

/** What is known of a file when its lines are cut. */
export interface FileContext {
  /** Last change: dates without a year are never later. */
  readonly mtime: number;
  /** The first line, which names the columns of a table. */
  readonly header: string;
}

/** One way to write a line. */
export interface Dialect {
  readonly name: string;
  /** Undefined for lines that are not written like this. */
  readonly cut: (line: string, file: FileContext) => Cut | undefined;
}

/** What one program writes behind the head of syslog or journald. */
export interface Inner {
  readonly name: string;
  readonly programs: RegExp;
  readonly refine: (cut: Cut) => Cut;
}

export const levelOf = (word: string): 'info' | 'warning' | 'error' => {
  if (/^(?:err|crit|alert|emerg|fatal|panic|critical|error|severe|security)/i.test(word)) return 'error';
  return /^warn/i.test(word) ? 'warning' : 'info';
};

/** `Message-ID: <x@y>` in any spelling that programs use. */
export const messageIdIn = (text: string): { readonly messageId?: string } => {
  const id = /(?:message-?id[=: ]+|msgid=|\bid=)(<[^<>\s]{1,250}@[^<>\s]{1,250}>)/i.exec(text)?.[1];
  return id === undefined ? {} : { messageId: id };
};
