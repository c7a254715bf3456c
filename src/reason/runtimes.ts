import type { Protocol, Runtime } from '../model/config.ts';

/** TLS versions as OpenSSL names them, oldest first. */
export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** How a CRM's runtime uses TLS by default. */
export interface RuntimeRules {
  readonly name: string;
  /** Smallest RSA key and Diffie-Hellman group in bits that it still accepts. */
  readonly minimumBits: { readonly rsa: number; readonly dh: number };
  readonly acceptsSha1: boolean;
  readonly oldest: TlsVersion;
  readonly newest: TlsVersion;
  /** Whether the range is known of the configured version, and not only of builds of today. */
  readonly versionKnown: boolean;
  /** OpenSSL's words for what it offers and refuses; absent where it does so by other rules than OpenSSL's. */
  readonly ciphers?: string;
  /** Only suites with forward secrecy are offered (ECDHE, DHE, TLS 1.3). */
  readonly forwardSecrecy: boolean;
  /** Refuses servers without RFC 5746, as OpenSSL 3 does (SSL_OP_LEGACY_SERVER_CONNECT is off by default). */
  readonly refusesLegacyServers: boolean;
  /** Protocols whose usual client sends no server name (SNI). */
  readonly withoutSni: readonly Protocol[];
  /** Where the store of trusted certificates lies, for the steps that mend it. */
  readonly store: string;
}

type Common = Omit<RuntimeRules, 'name' | 'store'>;

// OpenSSL 3 of Debian 12: security level 2 (SSL_CTX_set_security_level(3)), MinProtocol TLSv1.2. Measured.
const level2: Common = {
  minimumBits: { rsa: 2048, dh: 2048 },
  acceptsSha1: false,
  oldest: 'TLSv1.2',
  newest: 'TLSv1.3',
  versionKnown: false,
  ciphers: 'DEFAULT@SECLEVEL=2',
  forwardSecrecy: false,
  refusesLegacyServers: true,
  withoutSni: [],
};

const today: Readonly<Record<Runtime, RuntimeRules>> = {
  // The imap extension (c-client) sends no server name; streams, which SMTP libraries use, do since PHP 5.6.
  php: {
    name: 'PHP',
    ...level2,
    withoutSni: ['imap', 'pop3'],
    store: 'openssl.cafile in php.ini, else /etc/ssl/certs',
  },
  // ssl.create_default_context since 3.10: no CBC with RSA key exchange (AES128-SHA); measured with 3.11.
  python: {
    name: 'Python',
    ...level2,
    ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM:@SECLEVEL=2',
    forwardSecrecy: true,
    store: '/etc/ssl/certs, or the file that SSL_CERT_FILE names; requests: the package certifi',
  },
  dotnet: { name: '.NET', ...level2, store: '/etc/ssl/certs' },
  // jdk.tls.disabledAlgorithms: RSA keySize < 1024, DH keySize < 1024, SHA1 only for usage TLSServer with public roots.
  java: {
    name: 'Java',
    minimumBits: { rsa: 1024, dh: 1024 },
    acceptsSha1: true,
    oldest: 'TLSv1.2',
    newest: 'TLSv1.3',
    versionKnown: false,
    forwardSecrecy: false,
    // sun.security.ssl.allowLegacyHelloMessages is true by default.
    refusesLegacyServers: false,
    withoutSni: [],
    store: '$JAVA_HOME/lib/security/cacerts',
  },
  node: {
    name: 'Node.js',
    minimumBits: { rsa: 1024, dh: 1024 },
    acceptsSha1: false,
    oldest: 'TLSv1.2',
    newest: 'TLSv1.3',
    versionKnown: false,
    ciphers: 'DEFAULT@SECLEVEL=1',
    forwardSecrecy: false,
    refusesLegacyServers: true,
    withoutSni: [],
    store: 'built in, NODE_EXTRA_CA_CERTS in addition',
  },
};

/** From this version of the runtime on (major, minor), the versions of TLS that it can speak. */
type Era = readonly [from: number, minor: number, oldest: TlsVersion, newest: TlsVersion];

/**
 * What a version adds or takes away, newest era first. PHP: tls:// was TLS 1.0 only before 5.6, 1.3 came with 7.4 (UPGRADING
 * of each). Python: 2.7.9 brought 1.2, 3.7 brought 1.3, 3.10 ended 1.0 and 1.1 (What's New). Java: 7 offers 1.0 only by
 * default, 8 1.2 and since 8u341 1.3, and 1.0 and 1.1 are disabled in today's updates (JDK release notes). .NET: 4.6 brought 1.2, 5 1.3.
 * Node.js: 12 brought 1.3 and ended 1.0 and 1.1 by default.
 */
const eras: Readonly<Record<Runtime, readonly Era[]>> = {
  php: [
    [7, 4, 'TLSv1.2', 'TLSv1.3'],
    [5, 6, 'TLSv1', 'TLSv1.2'],
    [0, 0, 'TLSv1', 'TLSv1'],
  ],
  python: [
    [3, 10, 'TLSv1.2', 'TLSv1.3'],
    [3, 7, 'TLSv1', 'TLSv1.3'],
    [2, 7, 'TLSv1', 'TLSv1.2'],
    [0, 0, 'TLSv1', 'TLSv1'],
  ],
  java: [
    [11, 0, 'TLSv1.2', 'TLSv1.3'],
    [8, 341, 'TLSv1.2', 'TLSv1.3'],
    [8, 0, 'TLSv1', 'TLSv1.2'],
    [0, 0, 'TLSv1', 'TLSv1'],
  ],
  dotnet: [
    [5, 0, 'TLSv1.2', 'TLSv1.3'],
    [4, 6, 'TLSv1', 'TLSv1.2'],
    [0, 0, 'TLSv1', 'TLSv1'],
  ],
  node: [
    [12, 0, 'TLSv1.2', 'TLSv1.3'],
    [0, 0, 'TLSv1', 'TLSv1.2'],
  ],
};

/** `7.0`, `3.11.2`, `8u202`; Java's 1.8 is its 8. */
export const isRuntimeVersion = (version: string): boolean => /^\d{1,3}(?:[.u_]\d{1,5}){0,3}$/.test(version);

const numbersOf = (as: Runtime, version: string): readonly [number, number] => {
  const [major = 0, minor, , update] = version.split(/[.u_]/).map(Number);
  // Java's minor number here is that of the update (8u202, 1.8.0_202); where it is not told, it may be the last one.
  if (as === 'java') return major === 1 ? [minor ?? 0, update ?? 9_999] : [major, minor ?? 9_999];
  return [major, minor ?? 0];
};

/** Which runtime a CRM has; its version where it is known. */
export interface RuntimeOf {
  readonly as: Runtime;
  readonly asVersion?: string;
}

/** The rules of a runtime, those of its version where it is configured. */
export const rulesOf = ({ as, asVersion }: RuntimeOf): RuntimeRules => {
  const rules = today[as];
  if (asVersion === undefined || !isRuntimeVersion(asVersion)) return rules;
  const [major, minor] = numbersOf(as, asVersion);
  const era = eras[as].find(([from, least]) => major > from || (major === from && minor >= least));
  if (!era) return rules;
  const [, , oldest, newest] = era;
  const old = newest !== 'TLSv1.3' || oldest !== 'TLSv1.2';
  return {
    ...rules,
    name: `${rules.name} ${asVersion}`,
    oldest,
    newest,
    versionKnown: true,
    // What is as old as that runs on an OpenSSL from before security level 2 and RFC 5746 were demanded.
    ...(old ? { minimumBits: { rsa: 1024, dh: 1024 }, acceptsSha1: true, refusesLegacyServers: false } : {}),
    ...(old ? { ciphers: 'DEFAULT@SECLEVEL=0', forwardSecrecy: false } : {}),
    // PHP 8.4 comes without the imap extension; streams send the name.
    ...(as === 'php' && (major > 8 || (major === 8 && minor >= 4)) ? { withoutSni: [] } : {}),
  };
};

export const versionRank = (version: string): number => (tlsVersions as readonly string[]).indexOf(version);
