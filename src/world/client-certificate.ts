import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { Service } from '../model/mailbox.ts';
import type { ClientCertificateFact } from '../model/tls-facts.ts';
import { fileText } from './given-files.ts';
import type { Kit } from './kit.ts';
import { printable } from './printable.ts';
import { blocksOf } from './trust.ts';

/** What we show to a server that asks who we are, where it can be used, and what is to be told of it. */
export interface Identity {
  readonly fact: ClientCertificateFact;
  readonly options?: Pick<SecureContextOptions, 'cert' | 'key'>;
}

const clientAuth = '1.3.6.1.5.5.7.3.2';

type Read = { readonly kind: 'read'; readonly text: string } | { readonly kind: 'failed'; readonly code: string };

const read = async (file: string): Promise<Read> => {
  try {
    return { kind: 'read', text: await fileText(file) };
  } catch (error) {
    return { kind: 'failed', code: typeof error === 'object' && error && 'code' in error ? String(error.code) : 'EIO' };
  }
};

const certificateIn = (pems: readonly string[]): X509Certificate | undefined => {
  try {
    return pems[0] === undefined ? undefined : new X509Certificate(pems[0]);
  } catch {
    return undefined;
  }
};

const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/;

/** The key may stand behind the certificate in one file. */
const keyIn = (text: string, passphrase: string | undefined): KeyObject | 'passphrase' | 'broken' => {
  const start = text.search(/-----BEGIN (?:[A-Z]{1,10} )?PRIVATE KEY-----/);
  if (start < 0) return 'broken';
  try {
    return createPrivateKey({ key: text.slice(start), ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    return encrypted.test(text) ? 'passphrase' : 'broken';
  }
};

/** Reads certificate and key, and looks whether they belong together; the key leaves this module for TLS only. */
export const identityOf = async (
  service: Pick<Service, 'clientCertificate'>,
  { secrets }: Pick<Kit, 'secrets'>,
): Promise<Identity | undefined> => {
  const { clientCertificate: given } = service;
  if (!given) return undefined;
  const { cert, key = cert, passphrase } = given;
  const bad = (
    state: Exclude<ClientCertificateFact['state'], 'usable'>,
    more: Partial<ClientCertificateFact> = {},
  ) => ({
    fact: { cert, key, state, ...more },
  });
  const [own, secret] = await Promise.all([read(cert), read(key)]);
  if (own.kind === 'failed') return bad('no-certificate-file', { code: own.code });
  const pems = blocksOf(own.text);
  const certificate = certificateIn(pems);
  if (!certificate) return bad('no-certificate');
  const { keyUsage } = certificate;
  const about = {
    subject: printable(certificate.subject.replaceAll('\n', ', ')),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    // Node calls the extended key usage so; without the extension every purpose is allowed (RFC 5280 4.2.1.12).
    forClients: keyUsage === undefined || keyUsage.includes(clientAuth) || keyUsage.includes('2.5.29.37.0'),
  };
  if (secret.kind === 'failed') return bad('no-key-file', { ...about, code: secret.code });
  const privateKey = keyIn(secret.text, passphrase && secrets.reveal(passphrase));
  if (privateKey === 'passphrase') return bad('passphrase', about);
  if (privateKey === 'broken') return bad('no-key', about);
  if (!certificate.checkPrivateKey(privateKey)) return bad('mismatch', about);
  return {
    fact: { cert, key, state: 'usable', ...about },
    options: { cert: pems.join('\n'), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) },
  };
};
