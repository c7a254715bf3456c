import { randomInt } from 'node:crypto';
import { domainToASCII } from 'node:url';
import * as packet from 'dns-packet';
import type { DnsRecord } from '../model/dns-facts.ts';
import { decoded } from './printable.ts';

/** One question as it goes out. */
export interface Question {
  /** Lower case, ASCII, without the final dot; the root is `.`. */
  readonly name: string;
  readonly type: DnsRecord['type'];
  readonly checkingDisabled: boolean;
}

/** What one message of a server says to a question. */
export interface Message {
  readonly rcode: string;
  readonly truncated: boolean;
  readonly authenticated: boolean;
  /** All records of the answer section that we know how to read. */
  readonly answers: readonly DnsRecord[];
  /** The authority section has a SOA: "no such data" is the end, not a missing rest (RFC 2308 section 2). */
  readonly negative: boolean;
}

/** The name in the form that DNS carries, or undefined where no DNS name can be made of it (RFC 1035 section 2.3.4). */
export const dnsName = (name: string): string | undefined => {
  if (name === '.') return name;
  // domainToASCII reads more into ASCII than DNS does (%41, 0x7f.1), so it only gets names in other scripts.
  const ascii = /^[\x20-\x7e]*$/.test(name) ? name : domainToASCII(name);
  const bare = ascii.toLowerCase().replace(/\.$/, '');
  const labels = bare.split('.');
  return bare.length <= 253 && labels.every(({ length }) => length > 0 && length <= 63) ? bare : undefined;
};

/** The size that passes everywhere without fragments (RFC 6891, DNS Flag Day 2020). */
const payloadSize = 1232;

/** A message with a fresh random id. */
export const encode = (
  { name, type, checkingDisabled }: Question,
  { edns }: { readonly edns: boolean },
): { readonly id: number; readonly bytes: Buffer } => {
  const id = randomInt(65_536);
  const opt: packet.OptAnswer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: payloadSize,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
  const bytes = packet.encode({
    type: 'query',
    id,
    // AD in a question asks for AD in the answer, without all the signatures that DO would bring (RFC 6840 section 5.7).
    flags:
      packet.RECURSION_DESIRED | (edns ? packet.AUTHENTIC_DATA : 0) | (checkingDisabled ? packet.CHECKING_DISABLED : 0),
    questions: [{ name, type, class: 'IN' }],
    ...(edns ? { additionals: [opt] } : {}),
  });
  return { id, bytes };
};

/** Names come from strangers: what a terminal would obey is written as a zone file does (RFC 1035 section 5.1). */
const nameIn = (name: string): string =>
  name
    .toLowerCase()
    .replace(/(?<=.)\.$/, '')
    .replace(/[\u0000-\u0020\u007f-\u009f]/g, (character) => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`);

const recordOf = (answer: packet.Answer): DnsRecord | undefined => {
  if (answer.type === 'OPT' || ('class' in answer && answer.class !== 'IN')) return undefined;
  const name = nameIn(answer.name);
  const ttl = 'ttl' in answer ? (answer.ttl ?? 0) : 0;
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return { type: answer.type, name, ttl, data: answer.data };
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { type: answer.type, name, ttl, data: nameIn(answer.data) };
    case 'MX':
      return { type: 'MX', name, ttl, data: nameIn(answer.data.exchange), priority: answer.data.preference ?? 0 };
    case 'SRV': {
      const { target, port, priority = 0, weight = 0 } = answer.data;
      return { type: 'SRV', name, ttl, data: nameIn(target), priority, weight, port };
    }
    case 'TXT': {
      const parts = Array.isArray(answer.data) ? answer.data : [answer.data];
      return { type: 'TXT', name, ttl, data: decoded(Buffer.concat(parts.map((part) => Buffer.from(part)))) };
    }
    case 'SOA': {
      const { mname, rname, serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0 } = answer.data;
      const data = [nameIn(mname), nameIn(rname), serial, refresh, retry, expire, minimum].join(' ');
      return { type: 'SOA', name, ttl, data };
    }
    case 'TLSA': {
      const { usage, selector, matchingType, certificate } = answer.data;
      const head = Buffer.from([usage, selector, matchingType]);
      return { type: 'TLSA', name, ttl, data: Buffer.concat([head, certificate]).toString('hex') };
    }
    case 'CAA': {
      const { flags = 0, tag, value } = answer.data;
      const data = Buffer.concat([Buffer.from([flags, tag.length]), Buffer.from(`${tag}${value}`)]).toString('hex');
      return { type: 'CAA', name, ttl, data };
    }
    default:
      return undefined;
  }
};

// IANA, DNS RCODEs.
const rcodes: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  6: 'YXDOMAIN',
  7: 'YXRRSET',
  8: 'NXRRSET',
  9: 'NOTAUTH',
  10: 'NOTZONE',
  16: 'BADVERS',
};

/** EDNS adds eight upper bits to the code (RFC 6891 section 6.1.3). */
const rcodeOf = (message: packet.DecodedPacket): string => {
  const opt = (message.additionals ?? []).find((record): record is packet.OptAnswer => record.type === 'OPT');
  const code = (opt?.extendedRcode ?? 0) * 16 + ((message.flags ?? 0) & 0x0f);
  return rcodes[code] ?? `RCODE_${code}`;
};

/** The server did not understand the form of our question, which may be the EDNS in it (RFC 6891 section 7). */
export const tooModern = (rcode: string): boolean => rcode === 'FORMERR' || rcode === 'NOTIMP' || rcode === 'BADVERS';

const answersQuestion = (message: packet.DecodedPacket, { name, type }: Question): boolean => {
  const questions = message.questions ?? [];
  const [first] = questions;
  // A server that could not read the question may leave it out of its answer.
  if (!first) return tooModern(rcodeOf(message));
  return questions.length === 1 && first.type === type && nameIn(first.name) === nameIn(name);
};

/** What cannot be read to its end is worth something only when it says itself that it was cut (TC): then TCP helps. */
const cutShort = (bytes: Buffer): Message | undefined =>
  ((bytes[2] ?? 0) & 0x82) === 0x82
    ? { rcode: 'NOERROR', truncated: true, authenticated: false, answers: [], negative: false }
    : undefined;

/** Reads a reply to this very question; anything else, and what is no DNS message, is undefined. */
export const decode = (bytes: Buffer, id: number, question: Question): Message | undefined => {
  // Look at the id first: dns-packet makes room for as many records as a header promises.
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== id) return undefined;
  try {
    const message = packet.decode(bytes);
    // It reads on behind the end of a message without complaint, and makes addresses of what is not there.
    if (packet.decode.bytes > bytes.length) return cutShort(bytes);
    if (message.type !== 'response' || !answersQuestion(message, question)) return undefined;
    return {
      rcode: rcodeOf(message),
      truncated: message.flag_tc,
      authenticated: message.flag_ad,
      answers: (message.answers ?? []).flatMap((answer) => recordOf(answer) ?? []),
      negative: (message.authorities ?? []).some(({ type }) => type === 'SOA'),
    };
  } catch {
    return cutShort(bytes);
  }
};
