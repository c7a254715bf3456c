/** What can be read of a TLS connection from outside: record and handshake headers, until the encryption starts. */
export interface Overheard {
  /** A ServerHello or an alert came: whoever is there speaks TLS, and does not just echo our ClientHello. */
  readonly tls: boolean;
  readonly serverHello: boolean;
  /** Number of the cipher suite that the ServerHello chose. */
  readonly suite?: number;
  /** Whether the ServerHello has the extension of RFC 5746; only TLS 1.2 and before have it. */
  readonly secureRenegotiation?: boolean;
  /** CertificateRequest in clear text (TLS 1.2 and before, RFC 5246 7.4.4). */
  readonly certificateRequest: boolean;
  /** Name of a fatal alert in clear text. */
  readonly alert?: string;
}

/** Reads the server's bytes as they come. Bounded: it keeps at most one record's start and 64 KiB in all. */
export interface RecordReader {
  readonly read: (chunk: Buffer) => void;
  readonly overheard: () => Overheard;
}

// RFC 8446 appendix B.2 and RFC 5246 7.2.
const alerts: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

const recordType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
const message = { serverHello: 2, certificateRequest: 13 } as const;

/** Whether the first byte of a connection can be TLS's; text never starts with one of these. */
export const looksLikeTls = (byte: number): boolean =>
  byte >= recordType.changeCipherSpec && byte <= recordType.applicationData;

const most = 64 * 1024;

/** The number of the suite in a ServerHello: version, random, session id with its length, suite (RFC 8446 4.1.3). */
const suiteIn = (hello: Buffer): number | undefined => {
  const sessionId = hello[34];
  if (sessionId === undefined || hello.length < 37 + sessionId) return undefined;
  return hello.readUInt16BE(35 + sessionId);
};

const renegotiationInfo = 0xff01;

/** Whether a ServerHello answers with renegotiation_info (RFC 5746 3.2): suite 2, compression 1, then the extensions. */
const renegotiationIn = (hello: Buffer): boolean => {
  let at = 38 + (hello[34] ?? 0);
  if (hello.length < at + 2) return false;
  const end = Math.min(hello.length, at + 2 + hello.readUInt16BE(at));
  for (at += 2; at + 4 <= end; at += 4 + hello.readUInt16BE(at + 2)) {
    if (hello.readUInt16BE(at) === renegotiationInfo) return true;
  }
  return false;
};

export const recordReader = (): RecordReader => {
  let pending = Buffer.alloc(0);
  let handshake = Buffer.alloc(0);
  let seen = 0;
  let readable = true;
  let overheard: Overheard = { tls: false, serverHello: false, certificateRequest: false };

  const messages = (): void => {
    while (handshake.length >= 4) {
      const type = handshake[0];
      const length = handshake.readUIntBE(1, 3);
      if (handshake.length < 4 + length) return;
      const content = handshake.subarray(4, 4 + length);
      handshake = handshake.subarray(4 + length);
      if (type === message.serverHello) {
        const suite = suiteIn(content);
        const secureRenegotiation = renegotiationIn(content);
        overheard = { ...overheard, serverHello: true, secureRenegotiation, ...(suite === undefined ? {} : { suite }) };
      }
      if (type === message.certificateRequest) overheard = { ...overheard, certificateRequest: true };
    }
  };

  const record = (type: number, content: Buffer): void => {
    const hello = type === recordType.handshake && content[0] === message.serverHello;
    const alert = type === recordType.alert && content.length === 2 && (content[0] === 1 || content[0] === 2);
    if (hello || alert) overheard = { ...overheard, tls: true };
    if (type === recordType.handshake) {
      handshake = Buffer.concat([handshake, content]);
      messages();
    } else if (type === recordType.alert && content.length === 2 && content[0] === 2) {
      overheard = { ...overheard, alert: alerts[content[1] ?? -1] ?? `alert ${content[1]}` };
    } else if (type === recordType.changeCipherSpec || type === recordType.applicationData) {
      // TLS 1.3 sends a meaningless ChangeCipherSpec after its ServerHello; nothing in clear follows that we look for.
      readable = false;
    }
  };

  return {
    read: (chunk) => {
      if (!readable || seen > most) return;
      seen += chunk.length;
      pending = Buffer.concat([pending, chunk]);
      while (readable && pending.length >= 5) {
        const type = pending[0] ?? 0;
        const length = pending.readUInt16BE(3);
        if (!looksLikeTls(type) || pending[1] !== 3) {
          readable = false;
          break;
        }
        if (pending.length < 5 + length) break;
        record(type, pending.subarray(5, 5 + length));
        pending = pending.subarray(5 + length);
      }
      if (!readable) pending = Buffer.alloc(0);
    },
    overheard: () => overheard,
  };
};

/** Lengths of the application data records in what we sent ourselves. */
export const encryptedRecords = (sent: Buffer): readonly number[] => {
  const lengths: number[] = [];
  for (let at = 0; at + 5 <= sent.length; at += 5 + sent.readUInt16BE(at + 3)) {
    if (sent[at] === recordType.applicationData) lengths.push(sent.readUInt16BE(at + 3));
  }
  return lengths;
};

/** The cipher suites that a ClientHello record offers (RFC 8446 4.1.2). */
export const suitesOffered = (hello: Buffer): ReadonlySet<number> => {
  const suites = new Set<number>();
  // Record header 5, message header 4, version 2, random 32, then the session id with its length.
  const at = 44 + (hello[43] ?? 0);
  if (hello[0] !== recordType.handshake || hello.length < at + 2) return suites;
  const end = Math.min(hello.length - 1, at + 2 + hello.readUInt16BE(at));
  for (let each = at + 2; each < end; each += 2) suites.add(hello.readUInt16BE(each));
  return suites;
};
