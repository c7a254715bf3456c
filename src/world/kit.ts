import type { SecretRef } from '../model/config.ts';
import type { ConnectResult } from '../model/contact-facts.ts';
import type { Attempt, Came, Login, Waiting } from '../model/login.ts';
import type { Dns, SecretShape } from '../model/world.ts';
import { accountsOf, loginKey } from '../reason/login-keys.ts';
import { sessionsOf } from './sessions.ts';

/** Limits of one run in milliseconds and counts (CONTRACT: limits by default). */
export interface Limits {
  readonly connectMs: number;
  /** After this a greeting counts as none. */
  readonly greetingMs: number;
  /** One step of a protocol: a command and its answer, a TLS handshake. */
  readonly stepMs: number;
  readonly connectionsPerPort: number;
  /** Sessions that one host is given at a time. */
  readonly perHost: number;
  /** So long after the beginning of one the next one begins there; for many mailboxes. */
  readonly spacingMs?: number;
}

export const defaultLimits: Limits = {
  connectMs: 5_000,
  greetingMs: 15_000,
  stepMs: 10_000,
  connectionsPerPort: 10,
  perHost: 4,
};

/** The secrets of a run. Only the world may reveal one, and only to the library that logs in. */
export interface Secrets {
  readonly shape: (ref: SecretRef) => SecretShape;
  readonly reveal: (ref: SecretRef) => string;
  /** A secret that came to be during the run: a fetched token. */
  readonly learn: (value: string) => void;
  /** Every value, for the redaction of what is written. */
  readonly values: () => readonly string[];
}

/** A connection attempt that brought nothing and took its time over it. */
export type Lost = Extract<ConnectResult, { kind: 'silent' | 'unreachable' }>;

/**
 * What keeps a run harmless: it counts connections per host and port, lets one login per protocol and name go on at a
 * time, and remembers refusals, so that no name is refused twice and none is tried after a lock-out sign.
 */
export interface Ledger {
  /** Counts one connection, or says that the limit is reached. */
  readonly admit: (host: string, port: number) => boolean;
  /** A door that did not open in this run is not waited for again: what came of it then. */
  readonly lostAt: (address: string, port: number) => Lost | undefined;
  readonly lost: (address: string, port: number, result: Lost) => void;
  readonly login: <Result>(
    login: Login,
    attempt: () => Promise<Tried<Result>>,
  ) => Promise<
    { readonly kind: 'tried'; readonly result: Result } | { readonly kind: 'refused-before' | 'locked-out' | 'waiting' }
  >;
  /** Every login that was tried, and what came of it the last time. */
  readonly attempts: () => readonly Attempt[];
  /** A session in its turn: a host is given so many at a time. `weight`: how many of them it takes up, together. */
  readonly session: <Value>(hosts: readonly string[], act: () => Promise<Value>, signal: AbortSignal) => Promise<Value>;
}

/** What came of a login. */
export interface Tried<Result> {
  readonly result: Result;
  readonly came: Came;
  /** A lock-out that is about this account alone: the others of the host are none the worse for it. */
  readonly accountOnly?: boolean;
}

export const openLedger = (limits: Limits, waiting: Waiting = () => false): Ledger => {
  const connections = new Map<string, number>();
  const attempts = new Map<string, Attempt>();
  const turns = new Map<string, Promise<unknown>>();
  const closed = new Map<string, Lost>();
  const lockedHosts = new Set<string>();
  const lockedAccounts = new Set<string>();
  const inTurn = sessionsOf(limits.perHost, limits.spacingMs ?? 0);
  return {
    lostAt: (address, port) => closed.get(`${address} ${port}`),
    lost: (address, port, result) => {
      closed.set(`${address} ${port}`, result);
    },
    admit: (host, port) => {
      const key = `${host.toLowerCase()}:${port}`;
      const count = connections.get(key) ?? 0;
      if (count >= limits.connectionsPerPort) return false;
      connections.set(key, count + 1);
      return true;
    },
    attempts: () => [...attempts.values()],
    session: inTurn,
    login: (login, attempt) => {
      const { protocol, host, username, realm = '', path } = login;
      const server = host.toLowerCase();
      const accounts = accountsOf(login);
      const key = loginKey(login);
      const turn = (turns.get(key) ?? Promise.resolve()).then(async () => {
        if (waiting(login)) return { kind: 'waiting' } as const;
        if (lockedHosts.has(server) || accounts.some((one) => lockedAccounts.has(one))) {
          return { kind: 'locked-out' } as const;
        }
        if (attempts.get(key)?.came === 'refused') return { kind: 'refused-before' } as const;
        const { result, came, accountOnly } = await attempt();
        attempts.set(key, {
          protocol,
          host,
          username,
          ...(realm === '' ? {} : { realm }),
          ...(path === undefined ? {} : { path }),
          came,
          ...(accountOnly ? { accountOnly } : {}),
        });
        if (came === 'locked-out') {
          for (const one of accounts) lockedAccounts.add(one);
          if (!accountOnly) lockedHosts.add(server);
        }
        return { kind: 'tried', result } as const;
      });
      // Only that it is over is kept, not what came of it.
      const over = () => undefined;
      turns.set(key, turn.then(over, over));
      return turn;
    },
  };
};

/** What every part of the world works with. */
export interface Kit {
  readonly clock: { readonly now: () => Date };
  readonly dns: Dns;
  readonly ledger: Ledger;
  readonly secrets: Secrets;
  readonly limits: Limits;
  /** The environment, for the proxy that it may name. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
