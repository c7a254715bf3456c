/** Whether a host name as URLs write it never leaves this machine (RFC 8252 section 8.3, RFC 6761 section 6.3). */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(hostname);
