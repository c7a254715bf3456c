import type { MailConfig, Protocol, Runtime, SecretRef, ServiceConfig } from '../../src/model/config.ts';
import { protocols } from '../../src/model/config.ts';
import type { CrmMailAccount, CrmMailService } from '../../src/model/crm/answers.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { subjectAt } from '../../src/model/mailbox.ts';

const isAddress = (text: string | undefined): text is string =>
  text !== undefined && /^[^\s@<>"\p{C}]+@[^\s@<>"\p{C}]+$/u.test(text);

/** The mailbox that an account is about: its own address, else a login name or sender that is one. */
export const addressOf = ({ address, from, services }: CrmMailAccount): string | undefined =>
  [address, ...protocols.map((protocol) => services[protocol]?.username), from].find(isAddress);

const under = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/**
 * Whether the password of a configured mailbox may go to this host as well: one that the configuration names itself, or one
 * below the domain of the mailbox. Everything else might be somebody else's server.
 */
const mayHear = (host: string, mail: MailConfig): boolean => {
  const own = host.toLowerCase();
  const domain = mail.address.slice(mail.address.lastIndexOf('@') + 1).toLowerCase();
  return under(own, domain) || protocols.some((protocol) => mail[protocol]?.host.toLowerCase() === own);
};

const loginsOf = (
  mail: MailConfig,
  protocol: Protocol,
): readonly { username: string; password: SecretRef | undefined }[] => {
  const one = mail[protocol];
  return [
    ...(one
      ? [{ username: one.username ?? mail.username ?? mail.address, password: one.password ?? mail.password }]
      : []),
    { username: mail.username ?? mail.address, password: mail.password },
  ];
};

/** The password for a login name of the CRM: one that was given for it, else the one of a configured mailbox. */
const passwordFor = (
  { username, host }: Pick<CrmMailService, 'username' | 'host'>,
  protocol: Protocol,
  { config, mailboxes }: CrmSubject,
): SecretRef | undefined => {
  if (username === undefined) return undefined;
  const given = config.logins?.find((login) => login.username === username)?.password;
  if (given) return given;
  return mailboxes
    .filter((mail) => mayHear(host, mail))
    .flatMap((mail) => loginsOf(mail, protocol))
    .find((login) => login.username === username && login.password !== undefined)?.password;
};

const serviceOf = (service: CrmMailService, protocol: Protocol, crm: CrmSubject): ServiceConfig => {
  const { host, port, security, username, folders } = service;
  const password =
    service.login === 'password' || service.login === 'unknown' ? passwordFor(service, protocol, crm) : undefined;
  return {
    host,
    ...(port === undefined ? {} : { port }),
    ...(security === undefined ? {} : { security }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(protocol === 'imap' && folders?.[0] !== undefined ? { folder: folders[0] } : {}),
  };
};

const configOf = (account: CrmMailAccount, address: string, crm: CrmSubject, runtime: Runtime): MailConfig => {
  const services = Object.fromEntries(
    protocols.flatMap((protocol) => {
      const service = account.services[protocol];
      return service && service.host !== '' ? [[protocol, serviceOf(service, protocol, crm)]] : [];
    }),
  );
  const { ca, versionsFile, as = runtime } = crm.config;
  const unchecked = protocols.some((protocol) => account.services[protocol]?.verify === false);
  return {
    name: account.name,
    address,
    ...(account.from === undefined ? {} : { from: account.from }),
    ...services,
    as,
    ...(ca === undefined ? {} : { ca }),
    ...(versionsFile === undefined ? {} : { versionsFile }),
    ...(unchecked ? { verify: false as const } : {}),
  };
};

const hasService = ({ services }: CrmMailAccount): boolean =>
  protocols.some((protocol) => (services[protocol]?.host ?? '') !== '');

/** The accounts in use, as mailboxes to be diagnosed as the CRM has them set. */
export const accountSubjects = (
  accounts: readonly CrmMailAccount[],
  crm: CrmSubject,
  { product, runtime }: { readonly product: string; readonly runtime: Runtime },
): readonly Subject[] => {
  const used = accounts.filter((account) => account.enabled && hasService(account));
  const addressed = used.flatMap((account) => {
    const address = addressOf(account);
    return address === undefined ? [] : [{ account, address }];
  });
  return addressed.map(({ account, address }) => {
    const shared = addressed.filter((other) => other.address === address).length > 1;
    const config = configOf(account, address, crm, runtime);
    const given = protocols.some((protocol) => config[protocol]?.password !== undefined);
    return subjectAt(config, {
      path: `${crm.path}.mail[${account.id}]`,
      label: shared ? `${address} (${account.name})` : address,
      crm: { label: crm.label, path: crm.path, product, account, password: given ? 'given' : 'none' },
    });
  });
};

/** Accounts in use of which nobody can say whose mailbox they are. */
export const nameless = (accounts: readonly CrmMailAccount[]): readonly CrmMailAccount[] =>
  accounts.filter((account) => account.enabled && hasService(account) && addressOf(account) === undefined);
