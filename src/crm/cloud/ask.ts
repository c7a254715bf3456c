import type { CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { retryAfterMs } from '../../reason/retry-after.ts';
import { isHtml, isLoginPage } from '../http-failure.ts';
import { type Json, objectIn, objectsIn } from '../reading.ts';

/** What a service says in its own way when it refuses. */
export interface Said {
  readonly code?: string;
  readonly says?: string;
  readonly kind?: CrmFailureKind;
  readonly needs?: Text;
}

/** How one vendor writes errors. */
export interface Dialect {
  /** The vendor's own error in an answer, whatever its status; undefined where there is none. */
  readonly errorIn: (response: CrmResponse) => Said | undefined;
  readonly now: () => Date;
  /** Statuses without a body by which it says that there is nothing (Zoho: 204). */
  readonly nothing?: readonly number[];
}

export type Told =
  | {
      readonly kind: 'told';
      readonly json: unknown;
      readonly object: Json;
      /** Of the list that was asked for. */
      readonly rows: readonly Json[];
      readonly response: CrmResponse;
    }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

export type Ask = CrmRequest & {
  /** What is lacking where it is refused. */
  readonly right?: Text;
  /** The key of the list that the answer has to hold: without it nobody knows whether there is nothing. */
  readonly list?: string;
};

export type Api = (request: Ask, signal: AbortSignal) => Promise<Told>;

/** An answer of another form than the API's. */
export const malformed = (
  what: string,
  { status }: CrmResponse,
): { readonly kind: 'failed'; readonly failure: CrmFailure } => ({
  kind: 'failed',
  failure: { kind: 'malformed', what, status, says: '' },
});

const byStatus: Readonly<Record<number, CrmFailureKind>> = {
  400: 'server-error',
  401: 'auth',
  403: 'permission',
  404: 'not-found',
  // Gone: no service says so of anything but a version that is retired.
  410: 'api-off',
  429: 'rate-limited',
};

/** Without the vendor's own words: who answers here is not the API. */
const kindOfPage = (response: CrmResponse): CrmFailureKind => {
  const { status } = response;
  if (isLoginPage(response)) return 'login-page';
  if (status === 404) return 'not-this-crm';
  if (status === 503)
    return /maint|メンテナンス/i.test(response.body.slice(0, 20_000)) ? 'maintenance' : 'server-error';
  return status < 400 ? 'malformed' : (byStatus[status] ?? 'server-error');
};

const kindOf = (response: CrmResponse, said: Said | undefined): CrmFailureKind => {
  if (said?.kind) return said.kind;
  if (isHtml(response)) return kindOfPage(response);
  if (response.status < 400) return said ? 'server-error' : 'malformed';
  return response.status === 404 && !said ? 'not-this-crm' : (byStatus[response.status] ?? 'server-error');
};

/** `/crm/objects/2026-03/contacts`, `/api/v2/deals`, `/api/data/v9.2/accounts` */
const versionIn = (path: string): string | undefined => /\/(v\d{1,3}(?:\.\d{1,2})?|\d{4}-\d\d)(?:\/|$)/.exec(path)?.[1];

/** What is lacking where a whole version of the API is gone. */
const newerThan = (what: string): Text | undefined => {
  const version = versionIn(what);
  return version === undefined
    ? undefined
    : {
        en: `version ${version} of the API, which crm-doctor asks, is not there any more`,
        ja: `crm-doctor が使う API のバージョン ${version} は廃止されています`,
      };
};

/** What an answer means that is none. */
export const failureIn = (
  response: CrmResponse,
  said: Said | undefined,
  {
    what,
    right,
    now,
    printable,
  }: { readonly what: string; readonly right?: Text; readonly now: Date } & Pick<CrmClient, 'printable'>,
): CrmFailure => {
  const { status, headers, body } = response;
  const kind = kindOf(response, said);
  const needs = said?.needs ?? (kind === 'permission' ? right : status === 410 ? newerThan(what) : undefined);
  const wait = kind === 'rate-limited' ? retryAfterMs(headers['retry-after'], { date: headers.date, now }) : undefined;
  return {
    kind,
    what,
    status,
    ...(said?.code === undefined ? {} : { code: printable(said.code, 80) }),
    says: said ? printable(said.says ?? '') : isHtml(response) ? '' : printable(body),
    ...(needs ? { needs } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(headers.date === undefined ? {} : { date: printable(headers.date, 60) }),
  };
};

/** Asks one service; `headersOf` gives the login, once there is one. */
export const apiOf =
  (client: CrmClient, dialect: Dialect, headersOf: () => Readonly<Record<string, string>>): Api =>
  async ({ right, list, ...request }, signal) => {
    const what = request.what ?? request.path.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
    const asked = await client.ask({ ...request, headers: { ...headersOf(), ...request.headers }, what }, signal);
    if (asked.kind === 'failed') return asked;
    const { response } = asked;
    const said = dialect.errorIn(response);
    const told = { kind: 'told', response } as const;
    if (!said && dialect.nothing?.includes(response.status)) return { ...told, json: {}, object: {}, rows: [] };
    if (!said && response.status < 300 && typeof response.json === 'object' && response.json !== null) {
      const { json } = response;
      const object = objectIn(json);
      if (list !== undefined && !Array.isArray(object[list])) return malformed(what, response);
      return { ...told, json, object, rows: list === undefined ? [] : objectsIn(object[list]) };
    }
    return {
      kind: 'failed',
      failure: failureIn(response, said, {
        what,
        now: dialect.now(),
        printable: client.printable,
        ...(right ? { right } : {}),
      }),
    };
  };
