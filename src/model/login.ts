import type { Protocol } from './config.ts';

/** Whose login it is. */
export interface Login {
  readonly protocol: Protocol | 'crm';
  readonly host: string;
  readonly username: string;
  /** Of several on one host that have names of their own: a database. */
  readonly realm?: string;
  /** Where it is set (`mail[sales].imap`): what one account has brought about holds for all of its services. */
  readonly path?: string;
}

/** What came of a login: a server that is busy or broken has not judged it. */
export type Came = 'accepted' | 'refused' | 'locked-out' | 'not-judged';

export interface Attempt extends Login {
  readonly came: Came;
  /** A lock-out that is about this account alone: the others of the host are none the worse for it. */
  readonly accountOnly?: boolean;
}

/** Logins that were refused in an earlier run, and are not to be tried yet. */
export type Waiting = (login: Login) => boolean;
