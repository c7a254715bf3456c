import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import { messageOf, rest } from './ask.ts';

/** Where REST 2.0 could be instead: below `/rt`, Debian's and many manuals' path, and above the path that was given. */
const others = (url: string): readonly string[] => {
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '');
  const places = path === '' ? ['/rt'] : [path.replace(/\/[^/]*$/, ''), ''];
  return [...new Set(places)].filter((place) => place !== path).map((place) => `${origin}${place}`);
};

/** Asked without any login, so that no secret goes where RT may not be. */
const says = async (client: CrmClient, path: string, signal: AbortSignal) => {
  const asked = await client.ask({ path, mostBytes: 65_536 }, signal);
  return asked.kind === 'response' ? asked.response : undefined;
};

/**
 * Nothing of REST 2.0 was there: the address at which it is, or that this is an RT without it, or that it is something else.
 * REST 1.0, which every RT since 3.4 has, tells its version to anybody (`RT/4.4.4 401 Credentials required`).
 */
export const elsewhere = async (
  access: Pick<CrmAccess, 'url'>,
  client: CrmClient,
  found: CrmFailure,
  signal: AbortSignal,
): Promise<CrmFailure> => {
  for (const place of others(access.url)) {
    const response = await says(client, `${place}${rest}/rt`, signal);
    if (response?.status === 401 && messageOf(response) === 'Unauthorized') {
      return { ...found, kind: 'not-this-crm', says: '', location: place };
    }
  }
  const first = await says(client, '/REST/1.0/', signal);
  const version = /^RT\/(\d{1,3}\.[\w.+~-]{1,60}) \d{3} /.exec(first?.body ?? '')?.[1];
  if (version === undefined) return found;
  return { ...found, kind: 'api-off', says: client.printable(first?.body.trim() ?? '') };
};
