/** A provider whose customers send with its servers' addresses under their own domain. */
export interface SendingProvider {
  readonly name: string;
  readonly hosts: RegExp;
  /** What the provider wants in the SPF record; the first one is what it documents today. */
  readonly includes: readonly string[];
}

/**
 * As of November 2026, each with the provider's own page. Left out are those that put a domain of their own into the envelope
 * (Amazon SES, SendGrid): their mail passes SPF without any entry; and those whose entry differs by customer (さくら: the
 * name of the server).
 */
const providers: readonly SendingProvider[] = [
  // learn.microsoft.com/defender-office-365/email-authentication-spf-configure
  {
    name: 'Microsoft 365',
    hosts: /(?:^|\.)(?:smtp\.office365\.com|mail\.protection\.outlook\.com)$/,
    includes: ['spf.protection.outlook.com'],
  },
  // support.google.com/a/answer/10684623
  { name: 'Google Workspace', hosts: /^(?:smtp|smtp-relay)\.gmail\.com$/, includes: ['_spf.google.com'] },
  // www.zoho.com/mail/help/adminconsole/spf-configuration.html
  { name: 'Zoho Mail', hosts: /^smtp(?:pro)?\.zoho\.com$/, includes: ['zohomail.com', 'one.zoho.com', 'zoho.com'] },
  { name: 'Zoho Mail', hosts: /^smtp(?:pro)?\.zoho\.jp$/, includes: ['zoho.jp', 'zohomail.jp'] },
  { name: 'Zoho Mail', hosts: /^smtp(?:pro)?\.zoho\.eu$/, includes: ['zohomail.eu', 'zoho.eu'] },
  // support.apple.com/102374
  { name: 'iCloud', hosts: /^smtp\.mail\.me\.com$/, includes: ['icloud.com'] },
  // www.fastmail.help/hc/en-us/articles/360060591153
  { name: 'Fastmail', hosts: /^smtp\.fastmail\.com$/, includes: ['spf.messagingengine.com'] },
  // www.xserver.ne.jp/manual/man_mail_spf.php
  { name: 'エックスサーバー', hosts: /^sv\d+\.xserver\.jp$/, includes: ['spf.sender.xserver.jp'] },
  // support.heteml.jp/hc/ja/articles/360041679414
  { name: 'ヘテムル', hosts: /(?:^|\.)heteml\.jp$/, includes: ['_spf.heteml.jp'] },
];

export const sendingProvider = (host: string): SendingProvider | undefined =>
  providers.find(({ hosts }) => hosts.test(host.toLowerCase().replace(/\.$/, '')));

/**
 * Domains of free-mail services, as of November 2026, with the hosts of their own servers. Their DMARC policy decides whether
 * anybody else's server may send in their name; it is read from the DNS, not from here.
 */
const freemails: readonly { readonly domains: RegExp; readonly servers: RegExp }[] = [
  { domains: /^(?:gmail|googlemail)\.com$/, servers: /(?:^|\.)(?:gmail|google|googlemail)\.com$/ },
  { domains: /^(?:ymail|rocketmail)\.com$|^yahoo\.com$/, servers: /(?:^|\.)yahoo\.com$/ },
  { domains: /^(?:yahoo|ymail)\.(?:co\.jp|ne\.jp)$/, servers: /(?:^|\.)yahoo\.co\.jp$/ },
  {
    domains: /^(?:outlook|hotmail|live|msn)\.(?:com|jp|co\.jp)$/,
    servers: /(?:^|\.)(?:outlook|office365|hotmail|live)\.com$/,
  },
  { domains: /^(?:icloud|me|mac)\.com$/, servers: /(?:^|\.)(?:icloud|me|mac)\.com$/ },
  { domains: /^aol\.(?:com|jp)$/, servers: /(?:^|\.)aol\.com$/ },
  { domains: /^gmx\.(?:com|net|de)$|^mail\.com$/, servers: /(?:^|\.)(?:gmx\.(?:com|net)|mail\.com)$/ },
];

/** Whether the sender's domain is a free-mail service's, and the SMTP host another's. */
export const foreignFreemail = (domain: string, host: string): boolean => {
  const service = freemails.find(({ domains }) => domains.test(domain));
  return service !== undefined && !service.servers.test(host.toLowerCase().replace(/\.$/, ''));
};
