import { constants } from 'node:crypto';
import { Duplex } from 'node:stream';
import { connect, createSecureContext, type SecureContext, type SecureVersion } from 'node:tls';
import type { Service } from '../model/mailbox.ts';
import type { Identity } from './client-certificate.ts';
import { suitesOffered } from './tls-records.ts';
import { contextFor, type TrustChoice, trustKey } from './trust.ts';

export interface Versions {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
}

export const allVersions: Versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.3' };

/** What a context offers and allows beside whom it trusts. */
export interface Profile {
  readonly versions: Versions;
  /** OpenSSL's cipher list with its security level. */
  readonly ciphers: string;
  /** Servers without RFC 5746 are taken. */
  readonly legacyServers: boolean;
}

/**
 * Permissive on purpose, so that what is wrong can be seen and named: TLS 1.0 and SHA-1 need security level 0 (OpenSSL
 * SSL_CTX_set_security_level(3)), servers without RFC 5746 the legacy option. No password ever crosses such a
 * connection. The common suites stand first, so that a server that follows the client chooses what it would choose with
 * a CRM.
 */
export const permissive = (versions: Versions = allVersions): Profile => ({
  versions,
  ciphers: 'DEFAULT:ALL:!aNULL:!eNULL:@SECLEVEL=0',
  legacyServers: true,
});

const contexts = new Map<string, Promise<SecureContext>>();

/** The context of a look, with everything trusted that is trusted, so that the verdict is OpenSSL's own. */
export const lookContext = (
  choice: TrustChoice & Pick<Service, 'clientCertificate'>,
  profile: Profile = permissive(),
  identity?: Identity,
): Promise<SecureContext> => {
  const own = identity?.options ? choice.clientCertificate : undefined;
  const key = `${trustKey(choice)} ${JSON.stringify([profile, own])}`;
  const { versions, ciphers, legacyServers } = profile;
  const context =
    contexts.get(key) ??
    contextFor(choice, {
      ...versions,
      ciphers,
      ...identity?.options,
      ...(legacyServers ? { secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT } : {}),
    });
  contexts.set(key, context);
  context.catch(() => contexts.delete(key));
  return context;
};

let common: Promise<ReadonlySet<number>> | undefined;

const askRuntime = (): Promise<ReadonlySet<number>> =>
  new Promise((resolve) => {
    const sink = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, callback) => {
        callback();
        resolve(suitesOffered(chunk));
        // Not from within the write: TLS is still at work on it.
        setImmediate(() => secure.destroy());
      },
    });
    const secure = connect({ socket: sink, secureContext: createSecureContext({ ca: [] }), rejectUnauthorized: false });
    secure.on('error', () => resolve(new Set()));
  });

/**
 * The cipher suites that this runtime offers by default, by number. Its list of names (tls.DEFAULT_CIPHERS) holds
 * patterns such as HIGH that only OpenSSL can expand, so it is asked for a ClientHello, which goes nowhere.
 */
export const commonSuites = (): Promise<ReadonlySet<number>> => {
  common ??= askRuntime();
  return common;
};
