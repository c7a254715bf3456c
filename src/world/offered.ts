import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Protocol } from '../model/config.ts';

/** No file offers more than this of what a mailbox needs. */
export const mostServices = 20;

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * A host as a stranger's file names it, in the form of the DNS, or nothing where it is none that a mail server has: an
 * address (no certificate would name it), a name of this machine, a single word.
 */
export const offeredHost = (words: string): string | undefined => {
  const host = domainToASCII(words.trim().replace(/\.$/, '')).toLowerCase();
  const labels = host.split('.');
  if (host.length > 253 || labels.length < 2 || isIP(host) !== 0) return undefined;
  if (/(^|\.)(localhost|local|invalid|onion)$/.test(host)) return undefined;
  return labels.every((one) => label.test(one)) ? host : undefined;
};

export const offeredPort = (words: string | undefined): number | undefined => {
  if (words === undefined || !/^\d{1,5}$/.test(words)) return undefined;
  const port = Number(words);
  return port >= 1 && port <= 65_535 ? port : undefined;
};

const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));
const domainPart = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The placeholders of autoconfig files. */
export const filledIn = (words: string, address: string): string =>
  words
    .replaceAll(/%EMAILADDRESS%/gi, () => address)
    .replaceAll(/%EMAILLOCALPART%/gi, () => localPart(address))
    .replaceAll(/%EMAILDOMAIN%/gi, () => domainPart(address));

/** A login name without anything in it that a name does not have; a placeholder that is unknown makes it none. */
export const offeredName = (words: string | undefined, address: string): string | undefined => {
  if (words === undefined) return undefined;
  const name = filledIn(words, address).trim();
  if (name === '' || name.length > 254 || /%[A-Z]+%/i.test(name)) return undefined;
  return /[\s\p{C}]/u.test(name) ? undefined : name;
};

const protocolNames: Readonly<Record<string, Protocol>> = { imap: 'imap', pop3: 'pop3', pop: 'pop3', smtp: 'smtp' };

export const offeredProtocol = (words: string | undefined): Protocol | undefined =>
  words === undefined || !Object.hasOwn(protocolNames, words.toLowerCase())
    ? undefined
    : protocolNames[words.toLowerCase()];
