/** The host of an address, in lower case; empty where it is none. */
export const hostOf = (url: string): string => /^https?:\/\/([^/?#:@]{1,253})/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** Whether a host is this domain or below it. */
export const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/**
 * The base of a vendor's service: its own host where the CRM is configured with one of the vendor's addresses. Elsewhere
 * (an API gateway of the company) everything is asked below the configured address, and the key goes nowhere else.
 */
export const baseOf = (url: string, domains: readonly string[], base: (host: string) => string): string => {
  const host = hostOf(url);
  return domains.some((domain) => isWithin(host, domain)) ? base(host) : '';
};
