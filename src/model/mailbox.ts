import type {
  Change,
  ClientCertificateConfig,
  MailConfig,
  Mechanism,
  OAuthLogin,
  Protocol,
  Runtime,
  SecretRef,
  Security,
  ServiceConfig,
} from './config.ts';
import { protocols } from './config.ts';
import type { CrmMailAccount } from './crm/answers.ts';
import { addressIn } from './sender.ts';

/** One service with every default filled in. */
export interface Service {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** Login name; absent where no login is made (a relay without password). */
  readonly username: string;
  readonly password?: SecretRef;
  /** The only one that the password is proven with; absent: the best one that the server offers. */
  readonly mechanism?: Mechanism;
  /** In place of a password. */
  readonly oauth?: OAuthLogin;
  /** The folder to select (IMAP), default INBOX. */
  readonly folder: string;
  /** Where the service stands in the configuration: `mail.imap`. */
  readonly path: string;
  /** Where its login name is set: `mail.username`, or `mail.imap.username` where the service has its own. */
  readonly usernamePath: string;
  readonly as: Runtime;
  readonly asVersion?: string;
  /** False where the CRM's client is known to send no server name. */
  readonly sni?: false;
  /** The CRM's own store of trusted certificates, in place of the system's; `none`: it has none. */
  readonly trust?: string;
  readonly ca?: string;
  readonly clientCertificate?: ClientCertificateConfig;
  /** SMTP only: the name that the CRM says with EHLO. */
  readonly ehlo?: string;
  /** Only addresses of this family are used. */
  readonly family?: 4 | 6;
  /** `crm:NAME`: it stands in the CRM and not in our configuration. */
  readonly origin?: string;
}

/** The mail account of a CRM that a subject stands for. */
export interface CrmOrigin {
  /** `crm:NAME` */
  readonly label: string;
  /** `crm`, or `crm[NAME]`. */
  readonly path: string;
  /** As people call it: `Odoo`. */
  readonly product: string;
  readonly account: CrmMailAccount;
  /** The password that its logins are tried with is one that the configuration gives for this login name. */
  readonly password: 'given' | 'none';
}

/** What the mail checks are about: one mailbox, seen through up to three services. */
export interface Subject {
  readonly kind: 'mail';
  /** `mail`, or `mail[NAME]` in a list. */
  readonly path: string;
  readonly name?: string;
  /** What it is called in reports: the address, or the name where two subjects share one address. */
  readonly label: string;
  readonly config: MailConfig;
  readonly address: string;
  /** The sender's address alone, also where the configuration names a whole From header. */
  readonly from: string;
  readonly roundTrip: { readonly enabled: boolean; readonly timeoutMs: number };
  readonly services: Readonly<Partial<Record<Protocol, Service>>>;
  /** Services before it in the configuration's list that fetch from the same folder of the same mailbox. */
  readonly twins?: readonly Twin[];
  /** Only of what the CRM itself has set. */
  readonly crm?: CrmOrigin;
}

/** One service of this mailbox, and one of an earlier one that empties the same folder. */
export interface Twin {
  readonly protocol: Protocol;
  readonly label: string;
  /** Where the earlier one stands: `mail[sales].imap`. */
  readonly path: string;
}

const byPort: Readonly<Record<Protocol, Readonly<Record<number, Security>>>> = {
  smtp: { 25: 'starttls', 465: 'tls', 587: 'starttls', 2525: 'starttls' },
  imap: { 143: 'starttls', 993: 'tls' },
  pop3: { 110: 'starttls', 995: 'tls' },
};

/** The standard doors of a protocol, best first (RFC 8314, RFC 6409); port 25 is for relays. */
export const doors: Readonly<Record<Protocol, readonly { readonly port: number; readonly security: Security }[]>> = {
  smtp: [
    { port: 587, security: 'starttls' },
    { port: 465, security: 'tls' },
    { port: 25, security: 'starttls' },
  ],
  imap: [
    { port: 993, security: 'tls' },
    { port: 143, security: 'starttls' },
  ],
  pop3: [
    { port: 995, security: 'tls' },
    { port: 110, security: 'starttls' },
  ],
};

const portOf = (protocol: Protocol, security: Security | undefined): number => {
  if (security === 'tls') return { smtp: 465, imap: 993, pop3: 995 }[protocol];
  if (security === 'starttls' || security === 'none') return { smtp: 587, imap: 143, pop3: 110 }[protocol];
  return { smtp: 587, imap: 993, pop3: 995 }[protocol];
};

/** The port follows the security and the security the port, where one is missing (CONTRACT: defaults). */
export const doorOf = (
  protocol: Protocol,
  given: Pick<ServiceConfig, 'port' | 'security'>,
): { readonly port: number; readonly security: Security } => {
  const port = given.port ?? portOf(protocol, given.security);
  const security = given.security ?? byPort[protocol][port] ?? 'starttls';
  return { port, security };
};

const serviceOf = (
  mail: MailConfig,
  { path, origin }: { readonly path: string; readonly origin?: string | undefined },
  protocol: Protocol,
): Service | undefined => {
  const given = mail[protocol];
  if (!given) return undefined;
  // A password of the service's own is stronger than the account's OAuth, and that than the account's password.
  const password = given.password ?? (mail.oauth ? undefined : mail.password);
  return {
    protocol,
    host: given.host,
    ...doorOf(protocol, given),
    username: given.username ?? mail.username ?? mail.address,
    ...(password ? { password } : {}),
    ...(password && given.mechanism !== undefined ? { mechanism: given.mechanism } : {}),
    ...(mail.oauth && !given.password
      ? { oauth: { ...mail.oauth, protocols: protocols.filter((one) => mail[one] && !mail[one].password) } }
      : {}),
    folder: given.folder ?? 'INBOX',
    path: `${path}.${protocol}`,
    usernamePath: given.username === undefined ? `${path}.username` : `${path}.${protocol}.username`,
    as: mail.as ?? 'node',
    ...(mail.asVersion === undefined ? {} : { asVersion: mail.asVersion }),
    ...(mail.asSni === undefined ? {} : { sni: mail.asSni }),
    ...(mail.trust === undefined ? {} : { trust: mail.trust }),
    ...(mail.clientCertificate === undefined ? {} : { clientCertificate: mail.clientCertificate }),
    ...(mail.ca === undefined ? {} : { ca: mail.ca }),
    ...(protocol === 'smtp' && mail.ehlo !== undefined ? { ehlo: mail.ehlo } : {}),
    ...(mail.family === undefined || mail.family === 'any' ? {} : { family: mail.family }),
    ...(origin === undefined ? {} : { origin }),
  };
};

/** Fills in the defaults of one `mail:` object. */
export const subjectOf = (config: MailConfig, inList: boolean, label = config.address): Subject =>
  subjectAt(config, {
    path: config.row || inList ? `${config.row ? 'mailboxes' : 'mail'}[${config.name ?? config.address}]` : 'mail',
    label,
  });

/** The same for settings that stand somewhere else. */
export const subjectAt = (
  config: MailConfig,
  { path, label, crm }: { readonly path: string; readonly label: string; readonly crm?: CrmOrigin | undefined },
): Subject => {
  const services: Partial<Record<Protocol, Service>> = {};
  for (const protocol of protocols) {
    const service = serviceOf(config, { path, origin: crm?.label }, protocol);
    if (service) services[protocol] = service;
  }
  return {
    kind: 'mail',
    path,
    ...(config.name === undefined ? {} : { name: config.name }),
    label,
    config,
    address: config.address,
    from: addressIn(config.from ?? config.address),
    roundTrip: config.roundTrip ?? { enabled: false, timeoutMs: 60_000 },
    services,
    ...(crm ? { crm } : {}),
  };
};

/** The services of a mailbox in the order smtp, imap, pop3. */
export const servicesOf = (subject: Subject): readonly Service[] =>
  protocols.flatMap((protocol) => subject.services[protocol] ?? []);

/** Whether a login is made: by a password or a token. */
export const logsIn = ({ password, oauth }: Pick<Service, 'password' | 'oauth'>): boolean =>
  password !== undefined || oauth !== undefined;

/** `imap imap.example.co.jp:993`, the target of every check on a service (CONTRACT: targets). */
export const targetOf = ({
  protocol,
  host,
  port,
  origin,
}: Pick<Service, 'protocol' | 'host' | 'port' | 'origin'>): string =>
  `${origin === undefined ? '' : `${origin} `}${protocol} ${host}:${port}`;

const set = (
  node: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  to: unknown,
): Record<string, unknown> => {
  const [key, ...rest] = keys;
  if (key === undefined) return { ...node };
  if (rest.length > 0) {
    const inner = node[key];
    return { ...node, [key]: set(typeof inner === 'object' && inner !== null ? { ...inner } : {}, rest, to) };
  }
  const { [key]: _gone, ...others } = node;
  return to === null ? others : { ...others, [key]: to };
};

/** The same mailbox with the change applied to a copy of its configuration. */
export const withChange = (subject: Subject, changes: readonly Change[]): Subject => {
  let config: Record<string, unknown> = { ...subject.config };
  for (const { path, to } of changes) {
    if (!path.startsWith(`${subject.path}.`)) continue;
    config = set(config, path.slice(subject.path.length + 1).split('.'), to);
  }
  // The paths come from causes and are checked by their tests; the shape stays that of MailConfig.
  const { path, label, crm } = subject;
  const changed = subjectAt(config as unknown as MailConfig, { path, label, crm });
  return subject.twins ? { ...changed, twins: subject.twins } : changed;
};

/** The subjects of a configuration's `mail:`, one object or a list, and of the mailboxes that a file of their own lists. */
export const subjectsOf = (
  mail: MailConfig | readonly MailConfig[],
  listed: readonly MailConfig[] = [],
): readonly Subject[] => {
  const inList = isList(mail);
  if (!inList && listed.length === 0) return [subjectOf(mail, false)];
  const all = [...(inList ? mail : [mail]), ...listed];
  const times = new Map<string, number>();
  for (const { address } of all) times.set(address, (times.get(address) ?? 0) + 1);
  const subjects = all.map((one): Subject => {
    const shared = (times.get(one.address) ?? 0) > 1;
    return subjectOf(one, inList, shared ? (one.name ?? one.address) : one.address);
  });
  return withTwins(subjects);
};

/** What a service fetches from; POP3 knows the inbox only. */
const folderKey = ({ protocol, host, username, folder }: Service): string | undefined => {
  if (protocol === 'smtp') return undefined;
  const name = protocol === 'pop3' || folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder;
  return JSON.stringify([host.toLowerCase(), username, name]);
};

/** One pass, since a list may be long. */
const withTwins = (subjects: readonly Subject[]): readonly Subject[] => {
  const first = new Map<string, { readonly subject: Subject; readonly path: string }>();
  return subjects.map((subject) => {
    const twins = servicesOf(subject).flatMap((service): readonly Twin[] => {
      const key = folderKey(service);
      const other = key === undefined ? undefined : first.get(key);
      if (key !== undefined && !other) first.set(key, { subject, path: service.path });
      return other && other.subject !== subject
        ? [{ protocol: service.protocol, label: other.subject.label, path: other.path }]
        : [];
    });
    return twins.length > 0 ? { ...subject, twins } : subject;
  });
};

// Array.isArray does not narrow a readonly array.
const isList = (mail: MailConfig | readonly MailConfig[]): mail is readonly MailConfig[] => Array.isArray(mail);
