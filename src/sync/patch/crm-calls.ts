import type { CrmConfig } from '../../model/crm/subject.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One request that a person or a script sends. `path` is below the CRM's address. */
export interface Call {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Written {
  readonly id: string;
  /** The field that the id is of, where it is not the record's own. */
  readonly by?: string;
  readonly fields: Fields;
}

/** Where the records of a type stand. */
export interface Place {
  /** As the CRM calls the type. */
  readonly type: string;
  readonly config: Pick<CrmConfig, 'apps'>;
  /** As the comparison saw it: `Odoo 17.0`. */
  readonly server: string;
}

/** How one CRM is written to. */
export interface CallShape {
  /** The common names, as the connector lists them. */
  readonly types: Readonly<Record<string, string>>;
  /** The column that holds a record's own id. */
  readonly isId: (column: string, type: string) => boolean;
  /** Whether a record can be addressed by this column in place of its id. */
  readonly isAlternate?: (column: string, unique: boolean) => boolean;
  /** All values are texts there, numbers too. */
  readonly texts?: true;
  /** Times are written in UTC without a mark of it: `2026-11-25 00:00:00`. */
  readonly bareTimes?: true;
  /** What stands for "no value"; default: null. */
  readonly none?: unknown;
  /** So many records go into one request; default: 1. */
  readonly most?: number;
  /** undefined: the type or the record cannot be addressed so. */
  readonly update: (place: Place, records: readonly Written[]) => Call | undefined;
  readonly create: (place: Place, records: readonly Fields[]) => Call | undefined;
}

const part = encodeURIComponent;
const isId: CallShape['isId'] = (column) => column === 'id';
const isNumber = (id: string): boolean => /^[1-9]\d{0,14}$/.test(id);

const common = (contacts: string, companies: string, leads: string, opportunities: string, tickets: string) => ({
  contacts,
  companies,
  leads,
  opportunities,
  tickets,
});

/** One record a request. */
const single = (
  update: (place: Place, id: string, fields: Fields, by?: string) => Call | undefined,
  create: (place: Place, fields: Fields) => Call | undefined,
): Pick<CallShape, 'update' | 'create'> => ({
  update: (place, [record]) => record && update(place, record.id, record.fields, record.by),
  create: (place, [fields]) => fields && create(place, fields),
});

const rest = (base: string, method: 'PUT' | 'PATCH') =>
  single(
    ({ type }, id, body) => ({ method, path: `${base}/${part(type)}/${part(id)}`, body }),
    ({ type }, body) => ({ method: 'POST', path: `${base}/${part(type)}`, body }),
  );

/** JSON-2 from 19 on; before it the login goes along with each call, and whoever sends it writes it in. */
const odooCall = ({ type, server }: Place, method: string, ids: readonly unknown[] | undefined, vals: Fields): Call => {
  const major = Number(/(\d{1,3})\.\d/.exec(server)?.[1] ?? 0);
  if (major >= 19)
    return {
      method: 'POST',
      path: `/json/2/${part(type)}/${method}`,
      body: ids ? { ids, vals } : { vals_list: [vals] },
    };
  const args = ['{database}', '{uid}', '{secret}', type, method, ids ? [ids, vals] : [vals]];
  const params = { service: 'object', method: 'execute_kw', args };
  return { method: 'POST', path: '/jsonrpc', body: { jsonrpc: '2.0', method: 'call', id: 1, params } };
};

const kintoneApp = ({ type, config }: Place): string | undefined => {
  if (/^[1-9]\d{0,15}$/.test(type)) return type;
  return config.apps?.length === 1 ? config.apps[0] : undefined;
};
const kintoneRecord = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([code, value]) => [code, { value }]));

/** SuiteCRM 8 keeps the API of 7 beneath this path. */
const suiteModule = ({ server }: Place): string =>
  /SuiteCRM 7\b/.test(server) ? '/Api/V8/module' : '/legacy/Api/V8/module';

/** By the id of the connector. */
export const callShapes: Readonly<Record<string, CallShape>> = {
  salesforce: {
    types: common('Contact', 'Account', 'Lead', 'Opportunity', 'Case'),
    isId: (column) => column === 'Id',
    ...rest('/services/data/v61.0/sobjects', 'PATCH'),
  },
  hubspot: {
    types: common('contacts', 'companies', 'leads', 'deals', 'tickets'),
    isId,
    isAlternate: (column, unique) => unique || column === 'email',
    texts: true,
    none: '',
    most: 100,
    update: ({ type }, records) => ({
      method: 'POST',
      path: `/crm/v3/objects/${part(type)}/batch/update`,
      body: {
        inputs: records.map(({ id, by, fields }) => ({ id, ...(by ? { idProperty: by } : {}), properties: fields })),
      },
    }),
    create: ({ type }, records) => ({
      method: 'POST',
      path: `/crm/v3/objects/${part(type)}/batch/create`,
      body: { inputs: records.map((properties) => ({ properties })) },
    }),
  },
  odoo: {
    types: common('res.partner', 'res.partner', 'crm.lead', 'crm.lead', 'helpdesk.ticket'),
    isId,
    none: false,
    bareTimes: true,
    ...single(
      (place, id, fields) => (isNumber(id) ? odooCall(place, 'write', [Number(id)], fields) : undefined),
      (place, fields) => odooCall(place, 'create', undefined, fields),
    ),
  },
  kintone: {
    types: {},
    isId: (column) => column === '$id',
    isAlternate: (_, unique) => unique,
    texts: true,
    none: '',
    ...single(
      (place, id, fields, by) => {
        const app = kintoneApp(place);
        const which = by === undefined ? { id } : { updateKey: { field: by, value: id } };
        const body = { app, ...which, record: kintoneRecord(fields) };
        return app === undefined ? undefined : { method: 'PUT', path: '/k/v1/record.json', body };
      },
      (place, fields) => {
        const app = kintoneApp(place);
        const body = { app, record: kintoneRecord(fields) };
        return app === undefined ? undefined : { method: 'POST', path: '/k/v1/record.json', body };
      },
    ),
  },
  espocrm: {
    types: common('Contact', 'Account', 'Lead', 'Opportunity', 'Case'),
    isId,
    bareTimes: true,
    ...rest('/api/v1', 'PUT'),
  },
  suitecrm: {
    types: common('Contacts', 'Accounts', 'Leads', 'Opportunities', 'Cases'),
    isId,
    none: '',
    ...single(
      (place, id, attributes) => ({
        method: 'PATCH',
        path: suiteModule(place),
        body: { data: { type: place.type, id, attributes } },
      }),
      (place, attributes) => ({
        method: 'POST',
        path: suiteModule(place),
        body: { data: { type: place.type, attributes } },
      }),
    ),
  },
  dynamics: {
    types: common('contacts', 'accounts', 'leads', 'opportunities', 'incidents'),
    isId: (column, set) =>
      [set.replace(/ies$/, 'y'), set.replace(/es$/, ''), set.replace(/s$/, '')].some((one) => column === `${one}id`),
    ...single(
      ({ type }, id, body) =>
        /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(id)
          ? // Without it a record that was deleted meanwhile would be made anew.
            { method: 'PATCH', path: `/api/data/v9.2/${part(type)}(${id})`, headers: { 'If-Match': '*' }, body }
          : undefined,
      ({ type }, body) => ({ method: 'POST', path: `/api/data/v9.2/${part(type)}`, body }),
    ),
  },
  zoho: {
    types: common('Contacts', 'Accounts', 'Leads', 'Deals', 'Cases'),
    isId,
    most: 100,
    update: ({ type }, records) => ({
      method: 'PUT',
      path: `/crm/v8/${part(type)}`,
      body: { data: records.map(({ id, fields }) => ({ id, ...fields })) },
    }),
    create: ({ type }, records) => ({ method: 'POST', path: `/crm/v8/${part(type)}`, body: { data: records } }),
  },
  pipedrive: {
    types: { contacts: 'persons', companies: 'organizations', opportunities: 'deals' },
    isId,
    ...rest('/api/v2', 'PATCH'),
  },
  frappe: {
    types: { contacts: 'Contact' },
    isId: (column) => column === 'name',
    ...rest('/api/resource', 'PUT'),
  },
};
