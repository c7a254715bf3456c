import type { MailboxList, MailConfig, OAuthConfig, ServiceConfig } from '../model/config.ts';
import type { MailboxesSection, MailSection } from './schema.ts';

const defaultTripMs = 60_000;

type ServiceSection = NonNullable<MailSection['imap']> | NonNullable<MailSection['pop3']>;

const serviceOf = ({
  host,
  port,
  security,
  username,
  password,
  mechanism,
  ...imap
}: ServiceSection): ServiceConfig => ({
  host,
  ...(port === undefined ? {} : { port }),
  ...(security === undefined ? {} : { security }),
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...(mechanism === undefined ? {} : { mechanism }),
  ...('folder' in imap && imap.folder !== undefined ? { folder: imap.folder } : {}),
  ...('idle' in imap && imap.idle !== undefined ? { idle: imap.idle } : {}),
});

const oauthOf = ({
  provider,
  issuer,
  clientId,
  clientSecret,
  tenant,
  scopes,
  tokenFile,
  accessToken,
  refreshToken,
}: NonNullable<MailSection['oauth']>): OAuthConfig => ({
  ...(accessToken === undefined ? {} : { accessToken }),
  ...(provider === undefined ? {} : { provider }),
  ...(issuer === undefined ? {} : { issuer }),
  ...(clientId === undefined ? {} : { clientId }),
  ...(clientSecret === undefined ? {} : { clientSecret }),
  ...(tenant === undefined ? {} : { tenant }),
  ...(refreshToken === undefined ? {} : { refreshToken }),
  ...(scopes === undefined
    ? {}
    : { scopes: typeof scopes === 'string' ? scopes.split(/\s+/).filter(Boolean) : scopes }),
  ...(tokenFile === undefined ? {} : { tokenFile }),
});

/** The runtime alone, or with what is known of it. */
const runtimeOf = (as: MailSection['as']): Pick<MailConfig, 'as' | 'asVersion' | 'asSni'> => {
  if (as === undefined) return {};
  if (typeof as === 'string') return { as };
  const { runtime, version, sni } = as;
  return {
    as: runtime,
    ...(version === undefined ? {} : { asVersion: version }),
    ...(sni === false ? { asSni: sni } : {}),
  };
};

/** What the mail checks need of one `mail:` object. */
export const mailConfigOf = (section: MailSection): MailConfig => {
  const {
    name,
    address,
    username,
    password,
    from,
    smtp,
    imap,
    pop3,
    ca,
    roundTrip,
    sentCopy,
    as,
    trust,
    clientCertificate,
    verify,
    ehlo,
    family,
    oauth,
    logs,
    versionsFile,
    dkimSelector,
  } = section;
  return {
    ...(name === undefined ? {} : { name }),
    address,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(from === undefined ? {} : { from }),
    ...(smtp === undefined ? {} : { smtp: serviceOf(smtp) }),
    ...(imap === undefined ? {} : { imap: serviceOf(imap) }),
    ...(pop3 === undefined ? {} : { pop3: serviceOf(pop3) }),
    ...(ca === undefined ? {} : { ca }),
    ...(roundTrip === undefined
      ? {}
      : { roundTrip: { enabled: roundTrip.enabled ?? false, timeoutMs: roundTrip.timeout ?? defaultTripMs } }),
    ...runtimeOf(as),
    ...(trust === undefined ? {} : { trust }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(verify === false ? { verify } : {}),
    ...(sentCopy === undefined ? {} : { sentCopy }),
    ...(ehlo === undefined ? {} : { ehlo }),
    ...(family === undefined ? {} : { family }),
    ...(logs === undefined || logs.length === 0 ? {} : { logs }),
    ...(versionsFile === undefined ? {} : { versionsFile }),
    ...(oauth === undefined ? {} : { oauth: oauthOf(oauth) }),
    ...(dkimSelector === undefined
      ? {}
      : { dkimSelector: typeof dkimSelector === 'string' ? [dkimSelector] : dkimSelector }),
  };
};

const hosted = <Section extends object>(section: Section | undefined): (Section & { host: string }) | undefined =>
  section && { host: '', ...section };

/** What `mailboxes:` says of its list; the list itself is read by whoever looks at mailboxes. */
export const mailboxListOf = (section: MailboxesSection): MailboxList => {
  const { file, defaults = {}, tenant, perHost, encoding, delimiter } = section;
  const { smtp, imap, pop3, ...rest } = defaults;
  const services = { smtp: hosted(smtp), imap: hosted(imap), pop3: hosted(pop3) };
  const { address: _none, ...shared } = mailConfigOf({
    ...rest,
    address: '',
    ...(services.smtp ? { smtp: services.smtp } : {}),
    ...(services.imap ? { imap: services.imap } : {}),
    ...(services.pop3 ? { pop3: services.pop3 } : {}),
  });
  return {
    file,
    defaults: shared,
    ...(tenant === undefined ? {} : { tenant }),
    ...(perHost === undefined ? {} : { perHost }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
};
