import { nearest } from '../../config/nearest.ts';
import type { Protocol } from '../../model/config.ts';
import { protocols } from '../../model/config.ts';

const ofAccount = [
  'address',
  'name',
  'username',
  'password',
  'passwordFile',
  'passwordCommand',
  'passwordEnv',
  'from',
  'tenant',
  'disabled',
] as const;
const ofService = ['host', 'port', 'security', 'username', 'password', 'mechanism', 'folder'] as const;

type AccountColumn = (typeof ofAccount)[number] | Protocol;
export type ServiceColumn = (typeof ofService)[number];

/** What a column of the list says. */
export type Column =
  | { readonly kind: 'account'; readonly key: AccountColumn }
  | { readonly kind: 'service'; readonly protocol: Protocol; readonly key: ServiceColumn };

const japanese: Readonly<Record<string, AccountColumn>> = {
  メールアドレス: 'address',
  アドレス: 'address',
  名前: 'name',
  ユーザー名: 'username',
  ログイン名: 'username',
  パスワード: 'password',
  差出人: 'from',
  テナント: 'tenant',
  無効: 'disabled',
};

/** `Password File`, `password_file` and `passwordfile` are one. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');

const known = new Map<string, Column>([
  ...[...ofAccount, ...protocols].map((key) => [plain(key), { kind: 'account', key }] as const),
  ...Object.entries(japanese).map(([name, key]) => [plain(name), { kind: 'account', key }] as const),
  ...[
    ['email', 'address'],
    ['mail', 'address'],
    ['user', 'username'],
    ['login', 'username'],
  ].map(([name = '', key]) => [name, { kind: 'account', key: key as AccountColumn }] as const),
  ...protocols.flatMap((protocol) =>
    ofService.map((key) => [`${protocol}.${key}`, { kind: 'service', protocol, key }] as const),
  ),
]);

/** The columns in their order; `undefined` for one that says nothing to us. */
export interface Columns {
  readonly at: readonly (Column | undefined)[];
  /** Two columns that say the same, by the second one's name. */
  readonly twice?: string;
  /** A name that is nearly one of ours, and which. */
  readonly misspelt?: { readonly name: string; readonly meant: string };
}

export const columnsOf = (names: readonly string[], tenant: string | undefined): Columns => {
  const seen = new Set<string>();
  let twice: string | undefined;
  let misspelt: Columns['misspelt'];
  const at = names.map((name): Column | undefined => {
    // A column that the configuration names is that one, whatever it is called.
    const column: Column | undefined =
      tenant === undefined
        ? known.get(plain(name))
        : name.trim() === tenant
          ? { kind: 'account', key: 'tenant' }
          : known.get(plain(name));
    if (!column) {
      const meant = nearest(plain(name), [...known.keys()]);
      if (meant !== undefined) misspelt ??= { name, meant };
      return undefined;
    }
    if (tenant !== undefined && name.trim() !== tenant && column.kind === 'account' && column.key === 'tenant') {
      return undefined;
    }
    const one = JSON.stringify(column);
    if (seen.has(one)) twice ??= name;
    seen.add(one);
    return column;
  });
  return { at, ...(twice === undefined ? {} : { twice }), ...(misspelt === undefined ? {} : { misspelt }) };
};
