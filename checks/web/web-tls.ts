import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { Failed } from '../crm/connect-cause.ts';
import { ruledOut } from '../crm/connect-cause.ts';
import { type WebTls, webTlsOf } from '../crm/web-certificate.ts';
import { shortName } from '../tls/views.ts';

/** What the texts of a bad certificate name. */
export interface WebCertificate {
  readonly port: number;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  /** RFC 3339: by this machine's clock. */
  readonly at: string;
  readonly sent: number;
  readonly version: string;
  /** What else is wrong with it, in OpenSSL's words. */
  readonly untrusted?: string;
  /** The address from which the missing certificate was fetched. */
  readonly by?: string;
}

const nothing: WebCertificate = {
  port: 443,
  subject: '',
  issuer: '',
  names: [],
  notBefore: '',
  notAfter: '',
  at: '',
  sent: 0,
  version: '',
};

/** The certificate whose dates or issuer matter: the first bad one of the chain, else the server's own. */
export const webCertificate =
  (pick: (tls: WebTls) => WebTls['leaf'] = ({ leaf }) => leaf) =>
  ({ fact }: Failed): WebCertificate => {
    const tls = webTlsOf(fact);
    if (!tls) return nothing;
    const { done, port, at, completedBy } = tls;
    const one = pick(tls);
    return {
      port,
      subject: shortName(one.subject),
      issuer: shortName(done.chain.at(-1)?.issuer ?? one.issuer),
      names: tls.leaf.names.slice(0, 5),
      notBefore: one.notBefore,
      notAfter: one.notAfter,
      at,
      sent: done.chain.length,
      version: done.version,
      ...(done.trust.ok ? {} : { untrusted: done.trust.says }),
      ...(completedBy === undefined ? {} : { by: completedBy }),
    };
  };

/** What shows the certificate to a person. */
export const inspectWeb = ({ host, port }: { readonly host: string; readonly port: number }, read: string): string =>
  `openssl s_client -connect ${host}:${port} -servername ${host} </dev/null 2>/dev/null | ${read}`;

export const reloadWeb: Text = both(
  'Reload the web server so that it shows it: systemctl reload nginx (Apache: systemctl reload apache2 or httpd). A renewed file alone changes nothing.',
  'Web サーバーに読み込ませます: systemctl reload nginx（Apache は systemctl reload apache2 または httpd）。ファイルを更新しただけでは反映されません。',
);

/** The settings of the certificate in web servers. */
export const webServerKeys: Text = both(
  'nginx: ssl_certificate and ssl_certificate_key; Apache: SSLCertificateFile and SSLCertificateKeyFile',
  'nginx は ssl_certificate と ssl_certificate_key、Apache は SSLCertificateFile と SSLCertificateKeyFile',
);

export const notMismatch = ({ fact }: Failed) =>
  webTlsOf(fact)?.done.nameMatches
    ? [ruledOut('tls.hostname-mismatch', 'the name in the certificate is right', '証明書の名前は正しいものです')]
    : [];
