import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Service } from '../model/mailbox.ts';
import { fileText } from './given-files.ts';

/** The file of `ca:` cannot be used: an error of the configuration (exit 2), found before the run. */
export class CaFileError extends Error {
  override readonly name = 'CaFileError';
  readonly file: string;
  /** The key that names the file. */
  readonly key: 'ca' | 'trust';
  /** ENOENT, EACCES, …; EMPTY: no certificate in it; BROKEN: what is in it is no certificate. */
  readonly code: string;

  constructor(file: string, code: string, key: 'ca' | 'trust' = 'ca') {
    super(`${file}: ${code}`);
    this.file = file;
    this.key = key;
    this.code = code;
  }
}

// Where the systems keep their store, in the order of Go's crypto/x509 root_linux.go and root_bsd.go.
const usualFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/ssl/cert.pem',
  '/opt/homebrew/etc/openssl@3/cert.pem',
];
const usualDirectories = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

const block =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The certificates of a PEM text, one string each. */
export const blocksOf = (pem: string): readonly string[] => pem.match(block) ?? [];

// Read at once and not one promise a file: a hashed directory has hundreds of small files.
const readOr = (file: string): string => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
};

/** OpenSSL reads names such as 5ed36f99.0 only; a directory that nobody has hashed is read by its PEM files. */
const directory = (path: string): readonly string[] => {
  let names: readonly string[];
  try {
    names = readdirSync(path);
  } catch {
    return [];
  }
  const hashed = names.filter((name) => /^[0-9a-f]{8}\.\d+$/.test(name));
  const files = hashed.length > 0 ? hashed : names.filter((name) => /\.(?:pem|crt|cer)$/.test(name));
  return files.flatMap((name) => blocksOf(readOr(join(path, name))));
};

/**
 * SSL_CERT_FILE and SSL_CERT_DIR take the place of the usual ones, each on its own (OpenSSL
 * X509_get_default_cert_file_env).
 */
const system = (environment: NodeJS.ProcessEnv): readonly string[] => {
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: directories } = environment;
  const bundle = file
    ? blocksOf(readOr(file))
    : (usualFiles.map((usual) => blocksOf(readOr(usual))).find(({ length }) => length > 0) ?? []);
  if (directories) return [...bundle, ...directories.split(':').filter(Boolean).flatMap(directory)];
  return bundle.length > 0 ? bundle : usualDirectories.flatMap(directory);
};

const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s+/g, '');

/** Each certificate once: the system's store and the runtime's own are nearly the same. */
const distinct = (pems: readonly string[], known: ReadonlySet<string> = new Set()): readonly string[] => {
  const seen = new Set(known);
  return pems.filter((pem) => {
    const key = body(pem);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

const memoised = <Key, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
};

/**
 * Beyond what the runtime trusts by itself: the system's store, and NODE_EXTRA_CA_CERTS, which the runtime adds as
 * well.
 */
const beyond = memoised((_: 'process'): { readonly system: readonly string[]; readonly extra: readonly string[] } => {
  const own = new Set(rootCertificates.map(body));
  const file = process.env.NODE_EXTRA_CA_CERTS;
  const extra = distinct(file ? blocksOf(readOr(file)) : [], own);
  return { system: distinct(system(process.env), own), extra };
});

/** The certificates of a `ca:` file, each checked to be one. Throws CaFileError. */
export const caFile = async (file: string): Promise<readonly string[]> => {
  let text: string;
  try {
    text = await fileText(file);
  } catch (error) {
    throw new CaFileError(file, typeof error === 'object' && error && 'code' in error ? String(error.code) : 'EIO');
  }
  const pems = blocksOf(text);
  if (pems.length === 0) throw new CaFileError(file, 'EMPTY');
  try {
    // OpenSSL passes over a broken certificate in `ca` without a word.
    for (const pem of pems) new X509Certificate(pem);
  } catch {
    throw new CaFileError(file, 'BROKEN');
  }
  return pems;
};

/** What a service is verified against. */
export type TrustChoice = Pick<Service, 'ca' | 'trust'>;

const errorCode = (error: unknown): string =>
  typeof error === 'object' && error && 'code' in error ? String(error.code) : 'EIO';

/**
 * The certificates of a store that is named in place of the system's; there may be none in it, which is a finding and no
 * error of the configuration. Throws CaFileError where nothing can be read there at all.
 */
export const namedStore = memoised(async (trust: string): Promise<readonly string[]> => {
  if (trust === 'none') return [];
  try {
    if ((await stat(trust)).isDirectory()) return distinct(directory(trust));
    return distinct(blocksOf(await readFile(trust, 'latin1')));
  } catch (error) {
    throw new CaFileError(trust, errorCode(error), 'trust');
  }
});

const storeOf = memoised(async (key: string): Promise<readonly string[]> => {
  // Written by trustStore, two lines further down.
  const { ca, trust } = JSON.parse(key) as TrustChoice;
  const own = ca === undefined ? [] : await caFile(ca);
  if (trust !== undefined) return distinct([...own, ...(await namedStore(trust))]);
  const { system: ours, extra } = beyond('process');
  return distinct([...own, ...rootCertificates, ...ours, ...extra]);
});

/** Equal choices trust the same. */
export const trustKey = ({ ca, trust }: TrustChoice): string => JSON.stringify({ ca, trust });

/**
 * Everything that is trusted (CONTRACT: what counts), as PEM, for libraries that want `ca`. Passing it to them costs
 * about 30 ms a connection, the time to parse it; `contextFor` costs that once a process.
 */
export const trustStore = (choice: TrustChoice = {}): Promise<readonly string[]> => storeOf(trustKey(choice));

interface Native {
  readonly addCACert: (pem: string) => void;
}

const nativeOf = ({ context }: SecureContext): Native | undefined => {
  const native: unknown = context;
  if (typeof native !== 'object' || native === null || !('addCACert' in native)) return undefined;
  const { addCACert } = native;
  return typeof addCACert === 'function' ? { addCACert: (pem) => void addCACert.call(native, pem) } : undefined;
};

/**
 * A context that trusts what `trustStore` lists. Parsing that list costs 30 ms each time, but every context without
 * `ca` shares one store that the runtime parses once and copies when something is added: so only what is missing from
 * it is added. The call is the one that node:tls makes itself for `ca`.
 */
export const contextFor = async (choice: TrustChoice, options: SecureContextOptions = {}): Promise<SecureContext> => {
  const { ca, trust } = choice;
  if (trust !== undefined) return createSecureContext({ ...options, ca: [...(await trustStore(choice))] });
  const own = ca === undefined ? [] : await caFile(ca);
  const shared = createSecureContext(options);
  const native = nativeOf(shared);
  if (!native) return createSecureContext({ ...options, ca: [...(await trustStore(choice))] });
  const { system: ours } = beyond('process');
  for (const pem of [...ours, ...own]) native.addCACert(pem);
  return shared;
};
