/** The address in a From header's value: between the last < and >, or the whole where there are none (RFC 5322 3.4). */
export const addressIn = (from: string): string => /<([^<>\s]+)>\s*$/.exec(from)?.[1] ?? from;
