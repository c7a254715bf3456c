import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type SecureContext, type TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import type { Protocol } from '../model/config.ts';
import type { Handshake } from '../model/tls-facts.ts';
import { certificateOf } from './certificates.ts';
import { deadlineIn, stopwatch } from './contact-clock.ts';
import { leave, open } from './lines.ts';
import { speaksOf } from './opening.ts';
import { printable } from './printable.ts';
import { Tap } from './tap.ts';
import { commonSuites } from './tls-context.ts';
import { encryptedRecords } from './tls-records.ts';
import { trustOf } from './tls-verdict.ts';
import type { TrustChoice } from './trust.ts';

/** Who is looked at, with what, and for how long. */
export interface LookRequest {
  readonly protocol: Protocol;
  readonly host: string;
  readonly trust: TrustChoice;
  /** False: no server name is sent (RFC 6066 3); the name is compared all the same. */
  readonly sni?: false;
  readonly context: SecureContext;
  readonly ms: number;
  readonly signal: AbortSignal;
}

/** What a handshake showed. */
export interface Look {
  readonly handshake: Handshake;
  /** The certificates as they were sent, in the order of sending. */
  readonly sent: readonly X509Certificate[];
  /** The open connection, after a handshake that is done; whoever gets it closes it. */
  readonly socket?: TLSSocket;
  /**
   * The handshake as the first words inside TLS show it: in TLS 1.3 the server checks our certificate after we believe
   * that all is done (RFC 8446 4.4.2.4, appendix E.1.2), so its refusal arrives in place of its greeting.
   */
  readonly afterwards: (code: string, says: string) => Handshake;
}

/** An empty Certificate message of TLS 1.3: 8 bytes, the content type and the tag; Finished has 36 at least. */
const emptyCertificateRecord = 40;

/** A Certificate message with a certificate in it; Finished, which comes first where none is asked for, has 69 at most. */
const leastCertificateRecord = 200;

const alertIn = (code: string): string | undefined =>
  /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13|SSL\/TLS)_(?:ALERT_)?(.+)$/.exec(code)?.[1]?.toLowerCase();

const nameFits = (host: string, leaf: X509Certificate): boolean => {
  try {
    return checkServerIdentity(host, leaf.toLegacyObject()) === undefined;
  } catch {
    return false;
  }
};

/**
 * All that was sent, in order. The X509Certificate of the peer links exactly these, whatever the context trusts;
 * getPeerCertificate(true) would drop what is not on its path and add issuers out of the trusted store. It may be asked
 * once only: node takes the certificates out of OpenSSL's list as it hands them over.
 */
const sentBy = (socket: TLSSocket): readonly X509Certificate[] => {
  const sent: X509Certificate[] = [];
  try {
    let next = socket.getPeerX509Certificate();
    while (next && sent.length < 20) {
      sent.push(next);
      next = next.issuerCertificate;
    }
  } catch {
    // A certificate that node cannot represent ends the list.
  }
  return sent;
};

const dhBitsOf = (socket: TLSSocket): number | undefined => {
  const key = socket.getEphemeralKeyInfo();
  return key && 'type' in key && key.type === 'DH' && 'size' in key && typeof key.size === 'number'
    ? key.size
    : undefined;
};

/** TLS on an open connection, as far as it goes; says QUIT to nobody, since the caller may want to talk. */
export const look = async (socket: Socket, request: LookRequest): Promise<Look> => {
  const { host, context, ms: limit, signal } = request;
  const common = commonSuites();
  const ms = stopwatch();
  const deadline = deadlineIn(limit);
  signal.throwIfAborted();
  if (socket.destroyed) {
    const gone: Handshake = { kind: socket.errored ? 'reset' : 'closed', ms: 0 };
    return { handshake: gone, sent: [], afterwards: () => gone };
  }

  const ended = await new Promise<
    | { readonly kind: 'done'; readonly secure: TLSSocket; readonly tap: Tap; readonly ms: number }
    | { readonly kind: 'plain'; readonly first: Buffer }
    | { readonly kind: 'error'; readonly code: string; readonly says: string; readonly tap: Tap }
    | { readonly kind: 'over'; readonly tap: Tap }
  >((resolve, reject) => {
    const tap = new Tap(socket, (first) => {
      finish();
      secure.destroy();
      resolve({ kind: 'plain', first });
    });
    const secure = connect({
      socket: tap,
      secureContext: context,
      // An IP address is no server name (RFC 6066 3).
      ...(isIP(host) || request.sni === false ? {} : { servername: (domainToASCII(host) || host).replace(/\.$/, '') }),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      minDHSize: 1,
    });
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const stop = (): void => {
      finish();
      secure.destroy();
      socket.destroy();
    };
    const onAbort = (): void => {
      stop();
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      stop();
      resolve({ kind: 'over', tap });
    }, limit);
    signal.addEventListener('abort', onAbort, { once: true });
    secure.once('secureConnect', () => {
      finish();
      resolve({ kind: 'done', secure, tap, ms: ms() });
    });
    // This listener stays for the connection's life: an 'error' without one ends the process.
    secure.on('error', (error: Error & { readonly code?: string; readonly reason?: string }) => {
      finish();
      // OpenSSL's message is its error queue with addresses and source lines; the reason is what it means.
      resolve({ kind: 'error', code: error.code ?? 'ERROR', says: error.reason ?? error.message, tap });
      // TLS has its alert to send before the connection ends.
      leave(socket);
    });
    secure.once('close', () => {
      finish();
      resolve({ kind: 'error', code: 'ECONNRESET', says: 'closed', tap });
    });
  });

  const failedWith = (code: string, says: string, tap: Tap, asked: boolean): Handshake => {
    const { alert = alertIn(code), serverHello, certificateRequest } = tap.overheard();
    const wanted = asked || certificateRequest || alert === 'certificate_required';
    const bySsl = code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO';
    if (!bySsl && alert === undefined && !wanted && tap.ending?.kind !== 'reset') return { kind: 'closed', ms: ms() };
    if (!bySsl && alert === undefined && !wanted) return { kind: 'reset', ms: ms() };
    return {
      kind: 'failed',
      code: printable(code),
      says: printable(says),
      ...(alert === undefined ? {} : { alert }),
      sawServerHello: serverHello,
      clientCertificateAsked: wanted,
      ms: ms(),
    };
  };
  const without = (handshake: Handshake): Look => ({ handshake, sent: [], afterwards: () => handshake });

  switch (ended.kind) {
    case 'plain': {
      const lines = open(socket);
      socket.unshift(ended.first);
      const answer = await lines.line(deadline, signal);
      const line = answer.kind === 'line' ? answer.text : printable(ended.first);
      lines.close();
      return without({ kind: 'plain', speaks: speaksOf(line, request.protocol), line, ms: ms() });
    }
    case 'over': {
      const { tls, serverHello, certificateRequest } = ended.tap.overheard();
      if (!tls) return without({ kind: 'silent', ms: ms() });
      return without({
        kind: 'failed',
        code: 'ETIMEDOUT',
        says: 'the handshake stalls',
        sawServerHello: serverHello,
        clientCertificateAsked: certificateRequest,
        ms: ms(),
      });
    }
    case 'error':
      return without(failedWith(ended.code, ended.says, ended.tap, false));
    case 'done':
      break;
  }

  const { secure, tap } = ended;
  const sent = sentBy(secure);
  const [leaf] = sent;
  const version = secure.getProtocol() ?? 'unknown';
  const { suite, certificateRequest, secureRenegotiation } = tap.overheard();
  const dhBits = dhBitsOf(secure);
  const asked = (): boolean => {
    if (certificateRequest) return true;
    // From TLS 1.3 on the request is encrypted, but we answer it with a Certificate message, and an empty one is short, a full one long.
    const [first] = version === 'TLSv1.3' ? encryptedRecords(tap.sent()) : [];
    return first !== undefined && (first < emptyCertificateRecord || first > leastCertificateRecord);
  };
  const code = secure.authorizationError as unknown;
  const done: Handshake = {
    kind: 'done',
    version,
    cipher: secure.getCipher().name,
    cipherIsCommon: version === 'TLSv1.3' || (suite !== undefined && (await common).has(suite)),
    ...(dhBits === undefined ? {} : { dhBits }),
    chain: sent.map(certificateOf),
    trust: await trustOf(secure.authorized ? undefined : code, sent, request.trust),
    nameMatches: leaf !== undefined && nameFits(host, leaf),
    clientCertificateAsked: asked(),
    ...(version === 'TLSv1.3' || secureRenegotiation !== false ? {} : { secureRenegotiation }),
    ms: ended.ms,
  };
  return {
    handshake: done,
    sent,
    socket: secure,
    afterwards: (error, says) => {
      const wanted = asked();
      const refused = alertIn(error) !== undefined || (wanted && /^(?:ECONNRESET|EPIPE|closed)$/.test(error));
      if (!refused) return { ...done, clientCertificateAsked: wanted };
      return failedWith(error, says, tap, wanted);
    },
  };
};
