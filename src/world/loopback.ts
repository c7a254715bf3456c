import { isIP } from 'node:net';

/** Whether a host name as URLs write it never leaves this machine (RFC 8252 section 8.3, RFC 6761 section 6.3). */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
