import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { httpFailure } from '../http-failure.ts';
import { isObject, type Json, listIn, numberIn, objectIn, objectsIn, textIn } from '../reading.ts';
import { refuse } from '../refusal.ts';

export interface Door {
  readonly rest: (path: string, query: CrmRequest['query'], signal: AbortSignal) => Promise<CrmResponse>;
  /** All nodes of a list by GraphQL, which gives out the named fields and no others. */
  readonly nodes: (
    list: string,
    fields: string,
    signal: AbortSignal,
    options?: { readonly most?: number; readonly newestFirst?: boolean },
  ) => Promise<{ readonly nodes: readonly Json[]; readonly whole: boolean }>;
}

/** An answer of another form than Twenty's, of which nobody knows whether it tells that there is nothing. */
export const malformed = (what: string, { status, body }: CrmResponse, client: CrmClient): never =>
  refuse({ kind: 'malformed', what, status, says: client.printable(body) });

/** Twenty gives out no more at once. */
export const largestPage = 60;

const keyPlace: Text = {
  en: 'an API key of this workspace: Settings > APIs & Webhooks',
  ja: 'このワークスペースの API キーが必要です。「設定 > APIs & Webhooks」で作成します',
};

const role: Text = {
  en: "a right in the role of the API key: Settings > APIs & Webhooks > the key's role, and Settings > Roles",
  ja: 'API キーのロールの権限（「設定 > APIs & Webhooks」でキーのロールを、「設定 > Roles」でその権限を確認します）',
};

/** When a key ends is written in it (a JWT, RFC 7519); nothing of it is trusted or kept. */
const ended = (key: string, now: Date): boolean => {
  try {
    const part = key.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    const until = numberIn(objectIn(claims).exp);
    return until !== undefined && until * 1_000 < now.getTime();
  } catch {
    return false;
  }
};

/** REST has `messages` or `message`, GraphQL a list of errors with a code. */
const wordsIn = (json: unknown): { readonly says?: string; readonly code?: string } => {
  if (!isObject(json)) return {};
  const [first] = objectsIn(json.errors);
  const says =
    textIn(first?.message) ??
    textIn(listIn(json.messages)[0]) ??
    textIn(listIn(json.message)[0]) ??
    textIn(json.message) ??
    textIn(json.error);
  const code = textIn(objectIn(first?.extensions).code) ?? textIn(json.code);
  return { ...(says === undefined ? {} : { says }), ...(code === undefined ? {} : { code }) };
};

const meaning = (
  status: number,
  { says = '', code = '' }: ReturnType<typeof wordsIn>,
  expired: boolean,
): Partial<CrmFailure> => {
  const unknownField = /^(?:Cannot query field|Unknown (?:argument|field)|object '?\w+'? not found)/i.test(says);
  if (unknownField || code === 'GRAPHQL_VALIDATION_FAILED') return { kind: 'not-found' };
  const unauthenticated =
    status === 401 ||
    code === 'UNAUTHENTICATED' ||
    /token (?:is )?invalid|invalid (?:auth )?token|token has expired|jwt expired|missing authentication token|api ?key (?:is )?(?:invalid|revoked|expired)|user is not authenticated/i.test(
      says,
    );
  if (unauthenticated) {
    return expired || /expired/i.test(says)
      ? { kind: 'key-expired', needs: keyPlace }
      : { kind: 'auth', needs: keyPlace };
  }
  if (code === 'FORBIDDEN' || code === 'PERMISSION_DENIED' || (status === 403 && says !== '')) {
    return { kind: 'permission', needs: role };
  }
  if (status === 404 && says === '') return { kind: 'not-this-crm' };
  if (status === 400 && /not found|does not exist/i.test(says)) return { kind: 'not-found' };
  return status === 200 && says !== '' ? { kind: 'server-error' } : {};
};

export const openDoor = (access: CrmAccess, client: CrmClient): Door => {
  const send = async (request: CrmRequest, signal: AbortSignal): Promise<CrmResponse> => {
    const key = access.secret() ?? '';
    const asked = await client.ask({ ...request, headers: { authorization: `Bearer ${key}` } }, signal);
    if (asked.kind === 'failed') return refuse(asked.failure);
    const { response } = asked;
    const { json } = response;
    const wrong = isObject(json) && objectsIn(json.errors).length > 0;
    if (response.status < 300 && isObject(json) && !wrong) return response;
    const words = wordsIn(json);
    return refuse({
      ...httpFailure(response, request.what ?? request.path, client, words.says),
      ...(words.code === undefined ? {} : { code: client.printable(words.code, 60) }),
      ...meaning(response.status, words, ended(key, access.now())),
    });
  };

  return {
    rest: (path, query, signal) => send({ path, ...(query ? { query } : {}), mostBytes: 32 * 1024 * 1024 }, signal),
    nodes: async (list, fields, signal, { most = 2_000, newestFirst = false } = {}) => {
      const nodes: Json[] = [];
      let after: string | undefined;
      for (;;) {
        const query = `query Read($after: String) { ${list}(first: ${largestPage}, after: $after${newestFirst ? ', orderBy: [{ createdAt: DescNullsLast }]' : ''}) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`;
        const json = { query, variables: { after: after ?? null } };
        const response = await send({ method: 'POST', path: '/graphql', json, again: true, what: list }, signal);
        const { edges, pageInfo } = objectIn(objectIn(objectIn(response.json).data)[list]);
        if (!Array.isArray(edges)) return malformed(list, response, client);
        nodes.push(...objectsIn(edges).map(({ node }) => objectIn(node)));
        const more = objectIn(pageInfo).hasNextPage === true;
        if (!more || nodes.length >= most) return { nodes, whole: !more };
        const next = textIn(objectIn(pageInfo).endCursor);
        // What does not move on would never end.
        if (edges.length === 0 || next === undefined || next === after) return malformed(list, response, client);
        after = next;
      }
    },
  };
};
