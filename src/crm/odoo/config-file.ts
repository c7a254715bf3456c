import type { CrmMailAccount } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import { numberIn, textIn } from '../reading.ts';
import { isAddress } from './outgoing.ts';

/** Only these of odoo.conf are looked at; smtp_password, admin_passwd and db_password stand in the same file. */
const wanted: readonly string[] = ['smtp_server', 'smtp_port', 'smtp_user', 'smtp_ssl', 'email_from', 'from_filter'];

/** `key = value` below `[options]`, as Python's configparser reads it. */
const optionsIn = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) inside = line.trim() === '[options]';
    const at = line.search(/[=:]/);
    if (!inside || at < 0 || /^\s*[#;]/.test(line)) continue;
    const key = line.slice(0, at).trim().toLowerCase();
    if (wanted.includes(key)) found.set(key, line.slice(at + 1).trim());
  }
  return found;
};

/** Odoo writes `False` for what is not set. */
const setIn = (value: string | undefined): string | undefined => (value === 'False' ? undefined : textIn(value));

/** The server that Odoo's configuration file names; without an entry it is localhost, port 25 (odoo.tools.config). */
export const accountInFile = (text: string, client: CrmClient): CrmMailAccount => {
  const options = optionsIn(text);
  const of = (key: string): string | undefined => setIn(options.get(key));
  const username = of('smtp_user');
  const from = [of('email_from'), of('from_filter')].find(isAddress);
  return {
    id: 'odoo.conf',
    name: 'odoo.conf',
    ...(from === undefined ? {} : { address: client.printable(from, 255), from: client.printable(from, 255) }),
    services: {
      smtp: {
        host: client.printable(of('smtp_server') ?? 'localhost', 255),
        port: numberIn(of('smtp_port')) ?? 25,
        // `smtp_ssl` is STARTTLS there.
        ...(of('smtp_ssl')?.toLowerCase() === 'true' ? { security: 'starttls', verify: false } : { security: 'none' }),
        ...(username === undefined ? {} : { username: client.printable(username, 255) }),
        login: username === undefined ? 'none' : 'password',
      },
    },
    enabled: true,
    isDefault: true,
    place: {
      en: "smtp_server and the lines beside it in Odoo's configuration file (odoo.conf)",
      ja: 'Odoo の設定ファイル (odoo.conf) の smtp_server とその前後の行',
    },
    writable: [],
  };
};
