import type { Hold } from './agent.ts';
import type { DnsSettings } from './bind.ts';
import type { CertificateSpec } from './certificates.ts';
import type { CourierSettings } from './courier.ts';
import type { CrmHostSettings } from './crm-host.ts';
import type { CyrusSettings } from './cyrus.ts';
import type { Delay } from './delay.ts';
import type { DovecotSettings } from './dovecot.ts';
import type { EximSettings } from './exim.ts';
import type { Gateway } from './gateway.ts';
import type { Family, Firewall, Place } from './network.ts';
import type { OpensmtpdSettings } from './opensmtpd.ts';
import type { PostfixSettings } from './postfix.ts';
import type { RtSettings } from './rt.ts';
import type { ScriptedServer } from './scripted.ts';
import type { IssuerSettings, TokenSpec } from './token.ts';
import type { TrytonSettings } from './tryton.ts';

/** Everything that stands in the lab for one case; what is not said is healthy. */
export interface SiteSettings {
  /** Which addresses exist; default IPv4 only. */
  readonly families?: Family;
  readonly dns?: DnsSettings;
  /** What a second name server says, at the place `authority`; with `dns: { ns: 'authority' }` it is the zone's own. */
  readonly authorityDns?: DnsSettings;
  /** Further lines of the client's hosts file. */
  readonly hosts?: readonly string[];
  /** `server` is what the servers show unless they name another. */
  readonly certificates?: Readonly<Record<string, CertificateSpec>>;
  readonly postfix?: PostfixSettings | false;
  /** Exim in Postfix's place. */
  readonly exim?: EximSettings;
  /** OpenSMTPD in Postfix's place: port 25 only, without logins. */
  readonly opensmtpd?: OpensmtpdSettings;
  readonly dovecot?: DovecotSettings | false;
  /** Courier in Dovecot's place. Postfix then knows nobody's password; Exim knows them itself. */
  readonly courier?: CourierSettings;
  /** Cyrus in Dovecot's place; the same holds. */
  readonly cyrus?: CyrusSettings;
  /** Request Tracker as the CRM, at http://203.0.113.80:8080; `crm-doctor check` is run in place of `mail`. */
  readonly rt?: RtSettings;
  /** Tryton as the CRM, at https://crm.aozora.test:8000; `crm-doctor check` is run in place of `mail`. */
  readonly tryton?: TrytonSettings;
  /** Login names of scripted servers, where no real server has users of its own; default the address itself. */
  readonly users?: readonly string[];
  readonly scripted?: readonly (ScriptedServer & { readonly at?: Place })[];
  /** A GnuTLS server that never says a word, with these priorities (gnutls-cli(1)). */
  readonly gnutls?: { readonly port: number; readonly priority: string };
  readonly firewall?: Firewall;
  /** A host of the CRM's own at 198.51.100.2, which `--vantage` is given. */
  readonly crmHost?: CrmHostSettings;
  /** Further routes of the client: `prohibit 203.0.113.10/32`. */
  readonly routes?: readonly string[];
  /** Serves the intermediate's certificate at http://web.aozora.test/intermediate.der (AIA). */
  readonly web?: boolean;
  /** Files at web.aozora.test by path, over HTTPS (`certificate`, else `server`) and in clear; the query does not count. */
  readonly pages?: {
    readonly certificate?: string;
    readonly https?: Readonly<Record<string, string>>;
    readonly http?: Readonly<Record<string, string>>;
  };
  /** An HTTP proxy at 203.0.113.80:3128 that leads everywhere. */
  readonly proxy?: boolean;
  /** The access token under MAIL_TOKEN and a refresh token under MAIL_REFRESH, in place of a password. */
  readonly token?: TokenSpec;
  /** An authorization server; Dovecot with `oauth` asks it about tokens. */
  readonly issuer?: IssuerSettings;
  /** A password service on 127.0.0.1:12345 that hangs up whenever it is asked (Postfix's `inet:` SASL path). */
  readonly dyingAuth?: boolean;
  /** A hop between Postfix and Dovecot: it takes mail only after so many milliseconds, or passes it on damaged. */
  readonly delivery?: Pick<Delay, 'holdMs' | 'damages'>;
  /** Hops with TLS in front of servers, at the mail host. */
  readonly gateways?: readonly Gateway[];
  /** Another program fetches the mailbox by POP3 so often, and deletes what it fetches. */
  readonly fetchedEveryMs?: number;
  /**
   * Connections that another program of the customer holds while crm-doctor looks; `{user}`, `{password}` and `{plain}` (both
   * for AUTH PLAIN) are filled in.
   */
  readonly holds?: readonly (Omit<Hold, 'address'> & { readonly at?: Place })[];
}

/** The change of the configuration that a proof must have tried: each of these, perhaps among others. */
export interface ExpectedChange {
  readonly path: string;
  readonly to: string | number | boolean | null;
}

/** One set-up of the lab, and what crm-doctor must say about it. */
export interface LabCase extends SiteSettings {
  /** What is broken, in one sentence. */
  readonly title: string;
  /** Part of the fixed selection that `npm test` runs. */
  readonly selection?: true;
  /** Waits long for a time-out; started first, so that the whole lab does not wait for it at the end. */
  readonly slow?: true;
  /**
   * The configuration file: an object, which is written as JSON (a subset of YAML), or the text itself. Default: the
   * healthy one. `{mail log}` stands for the log of Postfix or Exim, `{crm}`, `{crm api}`, `{crm log}` and `{crm settings}` for
   * the address of the CRM, that of its API, its log and its own configuration file.
   */
  readonly config?: Readonly<Record<string, unknown>> | string;
  /** Certificates of the lab's authorities as files beside the configuration. */
  readonly clientFiles?: Readonly<Record<string, 'root' | 'private'>>;
  readonly args?: readonly string[];
  /** Files beside the configuration; `{hours:N}` stands for the time N hours ago, `2026-11-24 09:00:00`, in UTC. */
  readonly files?: Readonly<Record<string, string>>;
  /** `init` is run in place of `mail`, without a file; these lines stand in the one that it writes, and none: none is written. */
  readonly init?: { readonly writes: readonly string[] };
  readonly env?: Readonly<Record<string, string>>;
  /** A password that is not a secret (a placeholder). Default: a random one, which may be seen nowhere. */
  readonly password?: string;
  /** The command runs once before the firewall is there, and the second run is judged: it remembers the first. */
  readonly rehearsed?: true;
  /** Of a case that is `rehearsed`: files of the mailbox's home that Dovecot loses between the two runs. */
  readonly dovecotLoses?: readonly string[];
  /** What the CRM's configuration holds where it is not the right password. */
  readonly wrongPassword?: true;
  /**
   * Expected causes, the one that must be named first in front; `*` where the page of causes leaves the id open and any
   * finding will do. Empty for what is healthy.
   */
  readonly causes: readonly string[];
  /** Of the first cause; `any`: the page of causes leaves it open. Default critical. */
  readonly severity?: 'critical' | 'warning' | 'info' | 'any';
  /** Causes that may be named as well without being wrong. */
  readonly also?: readonly string[];
  readonly proof?: readonly ExpectedChange[];
  /** Default: 1 for a critical cause, 0 for warnings and for what is healthy. */
  readonly exitCode?: number;
  /** Status pass and no diagnosis at all. */
  readonly healthy?: true;
  /** The message of a round trip must be gone afterwards; always so for what is healthy. */
  readonly leavesNothing?: true;
  /** What the report must say of the CRM's host beside the client. */
  readonly vantage?: {
    readonly status: 'checked' | 'unavailable';
    readonly reason?: string;
    /** Where the first cause is seen. */
    readonly seen?: 'here' | 'there' | 'both' | 'not-compared';
    /** `ID TARGET` of every check that comes out otherwise there. */
    readonly differs?: readonly string[];
  };
  /** Strings that must not be in the output: what a server planted. */
  readonly mustNotShow?: readonly string[];
}

export const defineCase = (labCase: LabCase): LabCase => labCase;

type Mail = Readonly<Record<string, unknown>>;

const healthyMail: Mail = {
  address: 'sales@aozora.test',
  password: '${MAIL_PASSWORD}',
  smtp: { host: 'mail.aozora.test', port: 587, security: 'starttls' },
  imap: { host: 'mail.aozora.test', port: 993, security: 'tls' },
  ca: './ca.pem',
};

/** A configuration that differs from the healthy one in the given keys; `undefined` leaves a key out. */
export const mail = (differs: Mail = {}): Readonly<Record<string, unknown>> => ({
  version: 1,
  mail: { ...healthyMail, ...differs },
});

/** The same mailbox, with a token in place of the password. */
export const oauthMail = (differs: Mail = {}): Readonly<Record<string, unknown>> =>
  mail({ password: undefined, oauth: { accessToken: '${MAIL_TOKEN}' }, ...differs });

/** How crm-doctor fetches a token from the lab's issuer. */
export const fetchedToken: Mail = {
  issuer: 'https://web.aozora.test',
  clientId: '11111111-2222-3333-4444-555555555555',
  refreshToken: '${MAIL_REFRESH}',
};

/** Request Tracker with the password of its administrator under CRM_PASSWORD, a token under CRM_TOKEN; no mailbox beside it. */
export const rtCrm = (differs: Mail = {}): Readonly<Record<string, unknown>> => ({
  version: 1,
  crm: {
    type: 'rt',
    url: '{crm}',
    username: 'root',
    secret: '${CRM_PASSWORD}',
    settingsFile: '{crm settings}',
    ...differs,
  },
});

/** Tryton with the password of its administrator under CRM_PASSWORD; its mail server is the healthy one unless the case says otherwise. */
export const trytonCrm = (differs: Mail = {}): Readonly<Record<string, unknown>> => ({
  version: 1,
  crm: {
    type: 'tryton',
    url: '{crm}',
    database: 'crm',
    username: 'admin',
    secret: '${CRM_PASSWORD}',
    settingsFile: '{crm settings}',
    ca: './ca.pem',
    logins: [{ username: 'sales@aozora.test', password: '${MAIL_PASSWORD}' }],
    ...differs,
  },
});

/** Several mailboxes in one file. */
export const mailboxes = (...each: readonly Mail[]): Readonly<Record<string, unknown>> => ({
  version: 1,
  mail: each.map((differs) => ({ ...healthyMail, ...differs })),
});

/** The service blocks that most cases differ in. */
export const smtp = (differs: Mail = {}): Mail => ({
  host: 'mail.aozora.test',
  port: 587,
  security: 'starttls',
  ...differs,
});
export const imap = (differs: Mail = {}): Mail => ({
  host: 'mail.aozora.test',
  port: 993,
  security: 'tls',
  ...differs,
});
export const pop3 = (differs: Mail = {}): Mail => ({
  host: 'mail.aozora.test',
  port: 995,
  security: 'tls',
  ...differs,
});

/** OpenSSL as it was before 2018: what a server needs to be told today to be as weak as an old one. */
export const oldOpenssl: readonly string[] = [
  'openssl_conf = lab',
  '[lab]',
  'ssl_conf = ssl',
  '[ssl]',
  'system_default = old',
  '[old]',
  'MinProtocol = TLSv1',
  'CipherString = ALL:@SECLEVEL=0',
];
