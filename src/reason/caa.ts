/** One CAA record, as the DNS carries it (RFC 8659 section 4.1). */
export interface CaaRecord {
  readonly critical: boolean;
  readonly tag: string;
  readonly value: string;
}

/** Reads the record's bytes, written in hexadecimal. */
export const readCaa = (hex: string): CaaRecord | undefined => {
  if (!/^(?:[0-9a-f]{2}){2,2000}$/i.test(hex)) return undefined;
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const [flags = 0, length = 0, ...rest] = bytes;
  if (length === 0 || rest.length < length) return undefined;
  const text = String.fromCharCode(...rest);
  return { critical: flags >= 128, tag: text.slice(0, length).toLowerCase(), value: text.slice(length) };
};

/** The authorities that `issue` allows: the domain before any parameters; `;` alone forbids all (section 4.2). */
export const issuersOf = (records: readonly CaaRecord[]): readonly string[] | undefined => {
  const issue = records.filter(({ tag }) => tag === 'issue');
  if (issue.length === 0) return undefined;
  return issue.map(({ value }) => (value.split(';')[0] ?? '').trim().toLowerCase()).filter((domain) => domain !== '');
};

/** The names at which records may stand, the host first; of top-level domains nobody but their operator decides. */
export const caaNames = (host: string): readonly string[] => {
  const labels = host.split('.');
  return labels
    .slice(0, Math.max(1, labels.length - 1))
    .map((_, index) => labels.slice(index).join('.'))
    .slice(0, 8);
};

/**
 * What authorities call themselves in certificates and in CAA records, as of November 2026, with the page of theirs that
 * says so. Of others nothing is concluded.
 */
const authorities: readonly { readonly issuer: RegExp; readonly names: readonly string[] }[] = [
  // letsencrypt.org/docs/caa
  { issuer: /O=Let's Encrypt/, names: ['letsencrypt.org'] },
  // pki.goog/faq
  { issuer: /O=Google Trust Services/, names: ['pki.goog'] },
  // docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
  { issuer: /O=Amazon(?:,|$)/, names: ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'] },
  // knowledge.digicert.com/solution/caa-resource-record
  {
    issuer: /O=(?:DigiCert|GeoTrust|Thawte|RapidSSL)/i,
    names: [
      'digicert.com',
      'digicert.ne.jp',
      'geotrust.com',
      'rapidssl.com',
      'thawte.com',
      'symantec.com',
      'cybertrust.ne.jp',
    ],
  },
  // support.globalsign.com/ssl/general-ssl/caa
  { issuer: /O=GlobalSign/, names: ['globalsign.com'] },
  // sectigo.com/resource-library/dns-caa
  {
    issuer: /O=(?:Sectigo|COMODO|ZeroSSL)/i,
    names: ['sectigo.com', 'comodo.com', 'comodoca.com', 'usertrust.com', 'trust-provider.com', 'zerossl.com'],
  },
  // jprs.jp/pubcert
  { issuer: /O=Japan Registry Services/i, names: ['jprs.jp'] },
  // www.secomtrust.net
  { issuer: /O=SECOM Trust Systems/i, names: ['secomtrust.net'] },
  // www.cybertrust.co.jp
  { issuer: /O=Cybertrust Japan/i, names: ['cybertrust.ne.jp', 'cybertrust.co.jp'] },
  { issuer: /O=(?:GoDaddy|Starfield)/i, names: ['godaddy.com', 'starfieldtech.com'] },
];

/** The CAA names of the authority that issued a certificate; nothing where it is not known. */
export const caaNamesOf = (issuer: string): readonly string[] | undefined =>
  authorities.find((one) => one.issuer.test(issuer))?.names;
