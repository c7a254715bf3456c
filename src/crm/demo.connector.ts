import type { Protocol, Security } from '../model/config.ts';
import type { CrmIdentity, CrmMailAccount, CrmMailField, CrmMailService } from '../model/crm/answers.ts';
import { type CrmClient, type CrmResponse, defineConnector } from '../model/crm/connector.ts';
import type { CrmFailure } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { clockOf, httpFailure } from './http-failure.ts';
import { booleanIn, idIn, type Json, listIn, numberIn, objectIn, objectsIn, textIn } from './reading.ts';
import { refuse, replied } from './refusal.ts';

const nothing: Text = { en: 'the demo CRM has none', ja: 'デモ用の CRM にはありません' };

const securities: readonly Security[] = ['tls', 'starttls', 'none'];

const failureOf = (response: CrmResponse, what: string, client: CrmClient): CrmFailure => {
  const { message, code } = objectIn(objectIn(response.json).error);
  const failure = httpFailure(response, what, client, textIn(message));
  return textIn(code) === undefined ? failure : { ...failure, code: client.printable(String(code), 60) };
};

const serviceIn = (value: unknown, username: string | undefined, client: CrmClient): CrmMailService | undefined => {
  const { host, port, security, folder } = objectIn(value);
  const name = textIn(host);
  if (name === undefined) return undefined;
  const number = numberIn(port);
  const secured = securities.find((one) => one === security);
  return {
    host: client.printable(name),
    ...(number === undefined ? {} : { port: number }),
    ...(secured === undefined ? {} : { security: secured }),
    ...(username === undefined ? {} : { username: client.printable(username) }),
    login: 'password',
    ...(textIn(folder) === undefined ? {} : { folders: [client.printable(String(folder))] }),
  };
};

const writable: readonly CrmMailField[] = ['host', 'port', 'security', 'username', 'folder', 'from', 'enabled'];

const accountIn = (one: Json, client: CrmClient): CrmMailAccount => {
  const [name, address, from, error] = [one.name, one.address, one.from, one.lastError].map(textIn);
  const username = textIn(one.username) ?? address;
  const services = Object.fromEntries(
    (['smtp', 'imap'] as const).flatMap((protocol) => {
      const service = serviceIn(one[protocol], username, client);
      return service ? [[protocol, service]] : [];
    }),
  ) as Partial<Record<Protocol, CrmMailService>>; // made of these two protocols only
  const shown = client.printable(name ?? '');
  return {
    id: idIn(one.id) ?? '',
    name: shown,
    ...(address === undefined ? {} : { address: client.printable(address) }),
    ...(from === undefined ? {} : { from: client.printable(from) }),
    services,
    enabled: booleanIn(one.active) ?? true,
    place: { en: `Settings > Mail > ${shown}`, ja: `［設定］→［メール］→［${shown}］` },
    ...(error === undefined ? {} : { lastError: { says: client.printable(error) } }),
    writable,
  };
};

/** The CRM of `crm-doctor demo` and of the tests (fixtures/crm.server.ts). */
export const demo = defineConnector({
  type: 'demo',
  name: 'Demo CRM',
  seen: 'live',
  runtime: 'node',
  needs: ['secret'],
  secretIs: { en: 'API key', ja: 'API キー' },
  recordTypes: { contacts: 'contacts', companies: 'companies' },
  answers: {
    mail: true,
    jobs: nothing,
    queue: nothing,
    log: nothing,
    users: nothing,
    schema: nothing,
    workflows: nothing,
    runs: nothing,
  },
  open: (access, client) => {
    const ask = async (path: string, signal: AbortSignal, query: Readonly<Record<string, string | number>> = {}) => {
      const asked = await client.ask({ path, query, headers: { 'x-api-key': access.secret() ?? '' } }, signal);
      if (asked.kind === 'failed') return refuse(asked.failure);
      const { response } = asked;
      return response.status === 200 && response.json !== undefined
        ? response
        : refuse(failureOf(response, path, client));
    };
    const accounts = async (signal: AbortSignal): Promise<readonly CrmMailAccount[]> => {
      const { json } = await ask('/api/mail-accounts', signal);
      return objectsIn(objectIn(json).accounts).map((one) => accountIn(one, client));
    };
    return {
      identity: (signal) =>
        replied<CrmIdentity>(async () => {
          const response = await ask('/api/version', signal);
          const { product, version } = objectIn(response.json);
          if (textIn(product) !== 'Demo CRM') refuse({ kind: 'not-this-crm', what: '/api/version', says: '' });
          const told = textIn(version);
          return {
            value: {
              product: 'demo',
              name: 'Demo CRM',
              ...(told === undefined ? {} : { version: client.printable(told, 40) }),
              ...clockOf(response, access.now()),
            },
          };
        }),
      answer: async (question, signal) => {
        if (question !== 'mail') return { kind: 'not-offered', why: nothing };
        const reply = await replied(async () => ({ value: { accounts: await accounts(signal) } }));
        // The question is 'mail', and this its answer; TypeScript does not narrow the type parameter by it.
        return reply as never;
      },
      async *records({ type, pageSize = 500 }, signal) {
        const path = `/api/records/${encodeURIComponent(type)}`;
        for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
          const query: Record<string, string | number> = { limit: pageSize, ...(after === undefined ? {} : { after }) };
          const page = await replied(async () => ({ value: (await ask(path, signal, query)).json }));
          if (page.kind !== 'answered') {
            if (page.kind === 'failed') yield page;
            return;
          }
          const { records, next } = objectIn(page.value);
          yield { kind: 'page', records: objectsIn(listIn(records)) };
          const following = idIn(next);
          // A server that names the same page again would keep us for ever.
          after = following === after ? undefined : following;
        }
      },
      write: ({ account, protocol, changes }, signal) =>
        replied(async () => {
          const path = `/api/mail-accounts/${encodeURIComponent(account)}`;
          const json = Object.fromEntries(
            changes.map(({ field, to }) => {
              const own = field === 'username' || field === 'from' || field === 'enabled';
              return [own ? (field === 'enabled' ? 'active' : field) : `${protocol}.${field}`, to];
            }),
          );
          const headers = { 'x-api-key': access.secret() ?? '' };
          const asked = await client.ask({ method: 'PATCH', path, json, headers }, signal);
          if (asked.kind === 'failed') return refuse(asked.failure);
          if (asked.response.status !== 200) refuse(failureOf(asked.response, path, client));
          return { value: { written: changes.map(({ field }) => field) } };
        }),
    };
  },
});
