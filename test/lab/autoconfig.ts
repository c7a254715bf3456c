/** One server of an autoconfig file; `host` is at the usual place of the lab unless it is said otherwise. */
interface Offered {
  readonly type: 'imap' | 'pop3' | 'smtp';
  readonly host?: string;
  readonly port: number;
  readonly socketType: 'SSL' | 'STARTTLS' | 'plain';
  readonly username?: string;
  readonly authentication?: string;
}

/** The file that a domain publishes for mail programs. */
export const autoconfigFile = (...servers: readonly Offered[]): string => {
  const lines = servers.map(({ type, host = 'mail.aozora.test', port, socketType, username, authentication }) => {
    const tag = type === 'smtp' ? 'outgoingServer' : 'incomingServer';
    return `<${tag} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socketType}</socketType><username>${username ?? '%EMAILADDRESS%'}</username><authentication>${authentication ?? 'password-cleartext'}</authentication></${tag}>`;
  });
  return `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="aozora.test"><domain>aozora.test</domain>${lines.join('')}</emailProvider></clientConfig>`;
};

/** Where such a file stands. */
export const autoconfigPath = '/mail/config-v1.1.xml';
export const wellKnownPath = '/.well-known/autoconfig/mail/config-v1.1.xml';
