import type { CrmClient, CrmResponse } from '../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../model/crm/failure.ts';
import { retryAfterMs } from '../reason/retry-after.ts';

/** A page is looked at no further than this: what tells it stands in its head. */
const looked = 100_000;

/** Whether it is a page and no JSON. */
export const isHtml = ({ headers, body }: CrmResponse): boolean =>
  (headers['content-type'] ?? '').includes('html') ||
  /^\s{0,100}<(?:!doctype html|html)[\s>]/i.test(body.slice(0, 1_000));

const titleOf = (page: string): string => /<title[^<>]{0,200}>([^<]{0,300})/i.exec(page)?.[1]?.trim() ?? '';

/** Of a product, a proxy or a single sign-on. */
export const isLoginPage = ({ body }: Pick<CrmResponse, 'body'>): boolean => {
  const page = body.slice(0, looked);
  return (
    /type\s{0,5}=\s{0,5}["']?password/i.test(page) ||
    /SAMLRequest/.test(page) ||
    /^(?:log|sign)[ -]?in\b|ログイン|サインイン/i.test(titleOf(page))
  );
};

const kindOf = (response: CrmResponse): CrmFailureKind => {
  const { status } = response;
  const page = response.body.slice(0, looked);
  switch (status) {
    case 401:
      return 'auth';
    case 403:
      return 'permission';
    case 404:
    case 410:
      // An API says in a body of its own what it does not have; a page says that the API is not there.
      return response.json === undefined && page.trim() !== '' ? 'not-this-crm' : 'not-found';
    case 429:
      return 'rate-limited';
    case 503:
      return /maintenance|upgrad|メンテナンス/i.test(page) ? 'maintenance' : 'server-error';
    default:
      break;
  }
  if (status >= 500) return 'server-error';
  if (status >= 300 && status < 400) return 'redirected';
  if (status < 300 && isHtml(response)) return isLoginPage(response) ? 'login-page' : 'not-this-crm';
  return status < 300 ? 'malformed' : 'server-error';
};

/** When it may be asked again, of an answer that says "too often". */
export const waitIn = ({ status, headers }: CrmResponse): Pick<CrmFailure, 'retryAfterMs'> => {
  if (status !== 429) return {};
  const wait = retryAfterMs(headers['retry-after'], { date: headers.date, now: new Date(Number.NaN) });
  return wait !== undefined && Number.isFinite(wait) ? { retryAfterMs: wait } : {};
};

/**
 * What an answer means that is not the one which was asked for, as far as HTTP alone tells. Of a page only its title is
 * repeated; `says` is what the connector found in a body of the product's own form.
 */
export const httpFailure = (response: CrmResponse, what: string, client: CrmClient, says?: string): CrmFailure => {
  const kind = kindOf(response);
  const { headers, status } = response;
  return {
    kind,
    what,
    status,
    says: client.printable(says ?? (isHtml(response) ? titleOf(response.body.slice(0, looked)) : '')),
    ...waitIn(response),
    ...(kind === 'redirected' && headers.location !== undefined
      ? { location: client.printable(headers.location) }
      : {}),
    ...(headers.date === undefined ? {} : { date: client.printable(headers.date, 40) }),
  };
};

/** Both clocks at the moment of an answer with a Date header. */
export const clockOf = (
  response: CrmResponse,
  now: Date,
): { readonly clock?: { readonly theirs: string; readonly ours: string } } => {
  const theirs = new Date(response.headers.date ?? '');
  return Number.isNaN(theirs.getTime()) ? {} : { clock: { theirs: theirs.toISOString(), ours: now.toISOString() } };
};
