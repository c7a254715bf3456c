import type { Runtime } from '../../src/model/config.ts';

/** What a CRM's runtime refuses in TLS by default. Measured with Debian 12's builds; OpenSSL SSL_CTX_set_security_level(3). */
export interface RuntimeRules {
  readonly name: string;
  /** Smallest RSA key and Diffie-Hellman group in bits that it still accepts. */
  readonly minimumBits: { readonly rsa: number; readonly dh: number };
  readonly acceptsSha1: boolean;
}

const level2: Omit<RuntimeRules, 'name'> = { minimumBits: { rsa: 2048, dh: 2048 }, acceptsSha1: false };

export const runtimes: Readonly<Record<Runtime, RuntimeRules>> = {
  php: { name: 'PHP', ...level2 },
  python: { name: 'Python', ...level2 },
  dotnet: { name: '.NET', ...level2 },
  // jdk.tls.disabledAlgorithms: RSA keySize < 1024, DH keySize < 1024, SHA1 only for usage TLSServer with public roots.
  java: { name: 'Java', minimumBits: { rsa: 1024, dh: 1024 }, acceptsSha1: true },
  node: { name: 'Node.js', minimumBits: { rsa: 1024, dh: 1024 }, acceptsSha1: false },
};

/** Keys below this are weak for everybody (CONTRACT: limits by default). */
export const weakBelowBits = 2048;

/** A certificate ends soon within these days (CONTRACT: limits by default). */
export const soonDays = 21;
