import type { Change, Protocol } from '../../model/config.ts';
import { protocols } from '../../model/config.ts';
import type { CrmMailAccount, CrmMailField } from '../../model/crm/answers.ts';
import type { CrmWrite } from '../../model/crm/connector.ts';
import type { CrmSubject } from '../../model/crm/subject.ts';
import type { Text } from '../../model/text.ts';

/** A mail account of a CRM with the place that changes name it by. */
export interface KnownAccount {
  readonly crm: CrmSubject;
  readonly account: CrmMailAccount;
}

/** What is to be written into one account, all of it or nothing. */
export interface PlannedWrite extends KnownAccount {
  readonly writes: readonly CrmWrite[];
  readonly changes: readonly Change[];
}

export type WritePlan =
  | { readonly kind: 'planned'; readonly writes: readonly PlannedWrite[] }
  | { readonly kind: 'refused'; readonly text: Text };

/** `crm[NAME].mail[7]` */
export const accountPath = ({ crm, account }: KnownAccount): string => `${crm.path}.mail[${account.id}]`;

const fields: readonly CrmMailField[] = ['host', 'port', 'security', 'username', 'folder', 'from', 'enabled'];

const isField = (word: string): word is CrmMailField => fields.some((field) => field === word);
const isProtocol = (word: string): word is Protocol => protocols.some((protocol) => protocol === word);

/** `imap.port` is a field of a service; `from` belongs to sending, `username` to every service of the account. */
const placesOf = (
  rest: string,
  { services }: CrmMailAccount,
): readonly { readonly protocol: Protocol; readonly field: CrmMailField }[] => {
  const [first = '', second] = rest.split('.');
  if (second !== undefined) {
    return isProtocol(first) && isField(second) ? [{ protocol: first, field: second }] : [];
  }
  if (first === 'from') return [{ protocol: 'smtp', field: 'from' }];
  if (!isField(first)) return [];
  return protocols.filter((protocol) => services[protocol]).map((protocol) => ({ protocol, field: first }));
};

const notWritable = (where: string, path: string): Text => ({
  en: `the API of this CRM cannot change ${path} of "${where}"; change it by hand as the steps say`,
  ja: `この CRM の API では「${where}」の ${path} を変更できません。手順に従って手作業で変更してください`,
});

/** An id may hold dots and brackets: of all accounts whose path begins like this, the longest is meant. */
const ownerOf = (path: string, accounts: readonly KnownAccount[]): KnownAccount | undefined =>
  accounts
    .filter((known) => path.startsWith(`${accountPath(known)}.`))
    .toSorted((left, right) => right.account.id.length - left.account.id.length)[0];

/** The proven changes of a report that stand in CRMs, by account; whatever an API cannot write refuses the whole. */
export const planWrites = (changes: readonly Change[], accounts: readonly KnownAccount[]): WritePlan => {
  const writes: PlannedWrite[] = [];
  for (const known of accounts) {
    const prefix = `${accountPath(known)}.`;
    const own = changes.filter(({ path }) => ownerOf(path, accounts) === known);
    if (own.length === 0) continue;
    const { account } = known;
    const byProtocol = new Map<Protocol, CrmWrite['changes'][number][]>();
    for (const { path, from, to } of own) {
      const places = placesOf(path.slice(prefix.length), account);
      const bad = places.find(({ field }) => !account.writable.includes(field));
      if (places.length === 0 || bad) return { kind: 'refused', text: notWritable(account.name, path) };
      for (const { protocol, field } of places) {
        const list = byProtocol.get(protocol) ?? [];
        byProtocol.set(protocol, [...list, { field, from, to }]);
      }
    }
    writes.push({
      ...known,
      changes: own,
      writes: [...byProtocol].map(([protocol, list]) => ({ account: account.id, protocol, changes: list })),
    });
  }
  return { kind: 'planned', writes };
};

/** What an account says now at a path of a change; undefined where that cannot be told. */
export const valueAt = (path: string, known: KnownAccount): string | number | boolean | null | undefined => {
  const prefix = `${accountPath(known)}.`;
  if (!path.startsWith(prefix)) return undefined;
  const { account } = known;
  const [place] = placesOf(path.slice(prefix.length), account);
  if (!place) return undefined;
  if (place.field === 'from') return account.from ?? null;
  if (place.field === 'enabled') return account.enabled;
  const service = account.services[place.protocol];
  if (!service) return undefined;
  if (place.field === 'folder') return service.folders?.[0] ?? 'INBOX';
  return service[place.field] ?? null;
};
