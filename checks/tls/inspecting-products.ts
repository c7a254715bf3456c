import type { Certificate } from '../../src/model/tls-facts.ts';

/** Products that open TLS on its way, by the names of the authorities that they sign with. */
const products: readonly (readonly [string, RegExp])[] = [
  ['Avast', /\bavast\b/i],
  ['AVG', /\bAVG (?:Web|Mail|Technologies|trusted)/i],
  ['Kaspersky', /kaspersky/i],
  ['ESET', /\bESET\b.*(?:SSL|Filter)/i],
  ['Bitdefender', /bitdefender/i],
  ['Norton', /\bNorton (?:Web|Mail|Safe|Security)|NortonLifeLock.*Shield/i],
  ['Dr.Web', /Dr\. ?Web|DrWeb/i],
  ['Sophos', /\bsophos\b/i],
  ['FortiGate', /\bFortinet\b|FortiGate|\bFG[TV]?\d{2,}[A-Z0-9]{6,}/i],
  ['Zscaler', /zscaler/i],
  ['Netskope', /netskope|goskope/i],
  ['Palo Alto Networks', /palo ?alto/i],
  ['Cisco Umbrella', /Cisco (?:Umbrella|Secure Access|Web Security|IronPort)|OpenDNS/i],
  ['Symantec Blue Coat', /blue ?coat|Symantec (?:Web|Cloud SWG|Proxy)/i],
  ['Skyhigh', /McAfee (?:Web|Gateway)|skyhigh|Trellix (?:Web|Gateway)/i],
  ['Trend Micro', /trend ?micro|IWSVA|Worry-Free/i],
  ['Check Point', /check ?point/i],
  ['Barracuda', /barracuda/i],
  ['WatchGuard', /watchguard|Fireware/i],
  ['SonicWall', /sonicwall/i],
  ['Untangle', /untangle|Arista Edge Threat/i],
  ['Forcepoint', /forcepoint|websense/i],
  ['Cloudflare Gateway', /Gateway CA ?-? ?Cloudflare|Cloudflare (?:Gateway|for Teams|Managed CA)/i],
  ['Smoothwall', /smoothwall/i],
  ['Lightspeed', /lightspeed (?:rocket|systems)/i],
  ['Securly', /securly/i],
  ['ContentKeeper', /contentkeeper/i],
  ['i-FILTER', /i-?filter|digital ?arts/i],
  ['InterSafe', /intersafe|alsi.*webfilter/i],
  ['Squid', /squid.*(?:proxy|ssl|ca)\b/i],
  ['pfSense', /pfSense.*(?:CA|proxy)|OPNsense.*(?:CA|proxy)/i],
  ['mitmproxy', /mitmproxy/i],
  ['Charles', /Charles Proxy/i],
  ['Fiddler', /DO_NOT_TRUST|fiddler/i],
  ['Burp Suite', /portswigger/i],
];

/** The product whose authority signed this chain. Only issuers count: such a product may also run a mail server of its own. */
export const inspectingProduct = (chain: readonly Certificate[]): string | undefined => {
  const issuers = chain.filter(({ selfSigned }, index) => index > 0 || !selfSigned).map(({ issuer }) => issuer);
  return products.find(([, pattern]) => issuers.some((issuer) => pattern.test(issuer)))?.[0];
};
