import { resolve } from 'node:path';
import { ConfigError } from '../../config/config-error.ts';
import { serviceIn } from '../../config/mail-flags.ts';
import type {
  AccountRow,
  MailboxList,
  MailConfig,
  Mechanism,
  Protocol,
  SecretRef,
  SecretSource,
  Security,
  ServiceConfig,
} from '../../model/config.ts';
import { protocols } from '../../model/config.ts';
import type { Text } from '../../model/text.ts';
import type { Column, ServiceColumn } from './columns.ts';

/** What a row may not say comes back as faults; none of them repeats a value, which may be a password in the wrong column. */
export interface ReadRow {
  readonly mail: MailConfig;
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly disabled: boolean;
}

/** Where relative paths lead, and what `passwordEnv` names. */
export interface RowPlace {
  readonly list: MailboxList;
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From 1, as a spreadsheet shows it. */
  readonly row: number;
}

const yes = new Set(['true', 'yes', 'y', '1', 'on', 'x', 'はい', '無効', '○']);
const no = new Set(['', 'false', 'no', 'n', '0', 'off', 'いいえ', '有効', '×']);

const securities: readonly Security[] = ['starttls', 'tls', 'none'];
const mechanisms: readonly Mechanism[] = ['plain', 'login', 'cram-md5', 'user'];

const both = (en: string, ja: string): Text => ({ en, ja });

/** Rough on purpose: what can be an address or a host at all. What is wrong with one that can, mail.config says. */
const isAddress = (word: string): boolean => /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}$/u.test(word);
const isHost = (word: string): boolean => /^[\p{L}\p{N}._-]{1,253}$|^\[?[0-9a-f:.]{2,45}\]?$/iu.test(word);

interface Cells {
  readonly account: ReadonlyMap<string, string>;
  readonly services: Readonly<Record<Protocol, ReadonlyMap<ServiceColumn, string>>>;
}

const cellsOf = (columns: readonly (Column | undefined)[], row: readonly string[]): Cells => {
  const account = new Map<string, string>();
  const services = {
    smtp: new Map<ServiceColumn, string>(),
    imap: new Map<ServiceColumn, string>(),
    pop3: new Map<ServiceColumn, string>(),
  };
  for (const [at, column] of columns.entries()) {
    const written = row[at] ?? '';
    if (!column || written === '') continue;
    // A blank may belong to a password; nothing else has one at its ends.
    const value = column.key === 'password' ? written : written.trim();
    if (value === '') continue;
    if (column.kind === 'account') account.set(column.key, value);
    else services[column.protocol].set(column.key, value);
  }
  return { account, services };
};

const portIn = (value: string, fault: (text: Text) => void, column: string): number | undefined => {
  if (/^\d{1,5}$/.test(value)) return Number(value);
  fault(both(`${column} is no port number`, `${column} 列がポート番号ではありません`));
  return undefined;
};

const wordIn = <Word extends string>(
  value: string,
  allowed: readonly Word[],
  fault: (text: Text) => void,
  column: string,
): Word | undefined => {
  const known = allowed.find((one) => one === value.toLowerCase());
  if (known === undefined) {
    fault(
      both(
        `${column} is none of ${allowed.join(', ')}`,
        `${column} 列に指定できるのは ${allowed.join('、')} のいずれかです`,
      ),
    );
  }
  return known;
};

const serviceOf = (
  protocol: Protocol,
  { account, services }: Cells,
  { list }: RowPlace,
  password: SecretRef | undefined,
  fault: (text: Text) => void,
): ServiceConfig | undefined => {
  const given = list.defaults[protocol];
  const written = account.get(protocol);
  const own = services[protocol];
  let short: ServiceConfig | undefined;
  if (written !== undefined) {
    try {
      short = serviceIn(protocol, written);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      fault(
        both(
          `${protocol} is not written as HOST[:PORT][/SECURITY], such as ${protocol}.example.co.jp or ${protocol}.example.co.jp:993/tls`,
          `${protocol} 列は「ホスト[:ポート][/暗号化]」の形（例: ${protocol}.example.co.jp:993/tls）ではありません`,
        ),
      );
      return undefined;
    }
  }
  const host = own.get('host') ?? short?.host ?? given?.host ?? '';
  if (host === '') {
    if (own.size > 0) {
      fault(both(`${protocol}.host is missing`, `${protocol}.host 列に値がありません`));
    }
    return undefined;
  }
  if (!isHost(host)) {
    fault(both(`${protocol} is no host name`, `${protocol} 列がホスト名ではありません`));
    return undefined;
  }
  const at = (key: ServiceColumn): string => `${protocol}.${key}`;
  const portCell = own.get('port');
  const securityCell = own.get('security');
  const mechanismCell = own.get('mechanism');
  const port = portCell === undefined ? short?.port : portIn(portCell, fault, at('port'));
  const security =
    securityCell === undefined ? short?.security : wordIn(securityCell, securities, fault, at('security'));
  const mechanism = mechanismCell === undefined ? undefined : wordIn(mechanismCell, mechanisms, fault, at('mechanism'));
  const username = own.get('username');
  const folder = own.get('folder');
  // A door that the row names is another one than that of the defaults, whose port or security would not fit it.
  const door = port !== undefined || security !== undefined ? {} : given;
  const { host: _host, port: defaultPort, security: defaultSecurity, ...rest } = given ?? { host: '' };
  return {
    ...rest,
    host,
    ...(door === given && defaultPort !== undefined ? { port: defaultPort } : {}),
    ...(door === given && defaultSecurity !== undefined ? { security: defaultSecurity } : {}),
    ...(port === undefined ? {} : { port }),
    ...(security === undefined ? {} : { security }),
    ...(username === undefined ? {} : { username }),
    ...(password ? { password } : {}),
    ...(mechanism === undefined ? {} : { mechanism }),
    ...(folder === undefined || protocol !== 'imap' ? {} : { folder }),
  };
};

/** The account's secret by its reference; at most one of its four forms. */
const passwordOf = (
  { account }: Cells,
  { directory, env }: RowPlace,
  fault: (text: Text) => void,
): SecretSource | undefined => {
  const forms = ['password', 'passwordFile', 'passwordCommand', 'passwordEnv'].filter((key) => account.has(key));
  const [form, second] = forms;
  if (form === undefined) return undefined;
  if (second !== undefined) {
    fault(
      both(
        `${form} and ${second} both have a value, and only one of them may`,
        `${form} 列と ${second} 列の両方に値があります。どちらか 1 つだけにしてください`,
      ),
    );
    return undefined;
  }
  const value = account.get(form) ?? '';
  if (form === 'password') return { kind: 'value', value };
  if (form === 'passwordFile') return { kind: 'file', file: resolve(directory, value) };
  if (form === 'passwordCommand') return { kind: 'command', command: value };
  const variable = /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? env[value] : undefined;
  if (variable === undefined) {
    fault(
      both('passwordEnv names no environment variable that is set', 'passwordEnv 列の環境変数が設定されていません'),
    );
    return undefined;
  }
  return { kind: 'value', value: variable };
};

const disabledIn = (cell: string | undefined, fault: (text: Text) => void): boolean => {
  const word = (cell ?? '').toLowerCase();
  if (yes.has(word)) return true;
  if (!no.has(word)) {
    fault(both('disabled is neither yes nor no', 'disabled 列は yes か no で書いてください'));
  }
  return false;
};

/** What a mailbox without a usable address is called. */
export const rowLabel = (file: string, row: number): string => `${file.split(/[/\\]/).at(-1) ?? file}:${row}`;

/** One row of the list, laid over the defaults. */
export const readRow = (
  columns: readonly (Column | undefined)[],
  values: readonly string[],
  place: RowPlace,
): ReadRow => {
  const { list, row } = place;
  const faults: Text[] = [];
  const fault = (text: Text): void => {
    faults.push(text);
  };
  const cells = cellsOf(columns, values);
  const { account } = cells;
  const disabled = disabledIn(account.get('disabled'), fault);
  const written = account.get('address');
  if (written === undefined) fault(both('address is missing', 'address 列に値がありません'));
  else if (!isAddress(written)) fault(both('address is no e-mail address', 'address 列がメールアドレスではありません'));
  const address = written !== undefined && isAddress(written) ? written : rowLabel(list.file, row);
  const sources = new Map<string, SecretSource>();
  const secret = passwordOf(cells, place, fault);
  const id = (part: string): string => `${list.file}:${row}.${part}`;
  if (secret) sources.set(id('password'), secret);
  const services: Partial<Record<Protocol, ServiceConfig>> = {};
  for (const protocol of protocols) {
    const own = cells.services[protocol].get('password');
    if (own !== undefined) sources.set(id(`${protocol}.password`), { kind: 'value', value: own });
    const ref = own === undefined ? undefined : { secret: id(`${protocol}.password`) };
    const service = serviceOf(protocol, cells, place, ref, fault);
    if (service) services[protocol] = service;
  }
  if (faults.length === 0 && Object.keys(services).length === 0) {
    fault(
      both(
        'neither smtp, imap nor pop3 has a host, in the row or in mailboxes.defaults',
        'smtp、imap、pop3 のどのホストも、この行にも mailboxes.defaults にもありません',
      ),
    );
  }
  const tenant = account.get('tenant');
  const name = account.get('name');
  const username = account.get('username');
  const from = account.get('from');
  const about: AccountRow = {
    file: list.file,
    row,
    ...(tenant === undefined ? {} : { tenant }),
    ...(faults.length > 0 ? { faults } : {}),
  };
  const { smtp: _smtp, imap: _imap, pop3: _pop3, ...shared } = list.defaults;
  const named = { ...(name === undefined ? {} : { name }), address, row: about };
  // Nothing is done with what was read by halves.
  if (faults.length > 0) return { mail: named, sources: new Map(), disabled };
  return {
    mail: {
      ...shared,
      ...named,
      ...(username === undefined ? {} : { username }),
      ...(secret ? { password: { secret: id('password') } } : {}),
      ...(from === undefined ? {} : { from }),
      ...services,
    },
    sources,
    disabled,
  };
};
