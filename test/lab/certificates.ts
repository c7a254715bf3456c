import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './processes.ts';

/** What a certificate of the lab is like; all that is not said is healthy. */
export interface CertificateSpec {
  /** subjectAltName, DNS names; the first is the common name. */
  readonly names?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
  readonly key?: 'ec' | 'rsa2048' | 'rsa1024';
  readonly digest?: 'sha256' | 'sha1';
  /**
   * root: the lab's own CA, which the configuration trusts; intermediate: one step below it; private: a CA that nobody
   * trusts; middlebox: an inspecting firewall's CA.
   */
  readonly issuer?: 'root' | 'intermediate' | 'private' | 'middlebox' | 'self';
  /** What the server sends beside the leaf: the intermediate, the issuing root, or nothing. */
  readonly sends?: 'chain' | 'leaf' | 'with-root';
  /** Where the issuer's certificate can be fetched from (AIA). */
  readonly aia?: string;
}

/** PEM files as a server wants them. */
export interface CertificateFiles {
  /** The leaf, followed by what else is sent. */
  readonly chain: string;
  readonly key: string;
}

type Authority = 'root' | 'intermediate' | 'private' | 'middlebox';

const subjects: Readonly<Record<Authority, string>> = {
  root: '/C=JP/O=Lab Trust Services/CN=Lab Root CA',
  intermediate: '/C=JP/O=Lab Trust Services/CN=Lab Issuing CA 1',
  private: '/C=JP/O=Aozora Shoji/CN=Aozora Internal CA',
  middlebox: '/C=US/ST=California/L=Sunnyvale/O=Fortinet/OU=Certificate Authority/CN=FGT60FTK20012345',
};

const day = 86_400_000;
const asn1Time = (days: number): string =>
  `${new Date(Date.now() + days * day).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;

/** The certificate workshop of one lab run: authorities, and each kind of leaf, are made once and shared by the cases. */
export class Certificates {
  readonly #dir: string;
  readonly #made = new Map<string, Promise<CertificateFiles>>();
  readonly #keys = new Map<string, Promise<string>>();
  readonly #authorities = new Map<Authority, Promise<CertificateFiles>>();
  #serial = 0;

  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(dir, { recursive: true });
  }

  /** The PEM file of an authority's own certificate. */
  async authority(name: Authority): Promise<string> {
    return (await this.#authority(name)).chain;
  }

  /** The same in DER, the form that AIA addresses serve. */
  async authorityDer(name: Authority): Promise<string> {
    const pem = await this.authority(name);
    const der = `${pem}.der`;
    if (!existsSync(der)) await run('openssl', ['x509', '-in', pem, '-outform', 'DER', '-out', der]);
    return der;
  }

  leaf(spec: CertificateSpec): Promise<CertificateFiles> {
    const id = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
    const known = this.#made.get(id);
    if (known !== undefined) return known;
    const making = this.#makeLeaf(spec, id);
    this.#made.set(id, making);
    return making;
  }

  async #makeLeaf(spec: CertificateSpec, id: string): Promise<CertificateFiles> {
    const issuer = spec.issuer ?? 'root';
    const names = spec.names ?? ['mail.aozora.test'];
    const key = await this.#key(`leaf-${spec.key ?? 'ec'}`, spec.key ?? 'ec');
    const signed = await this.#sign({
      id,
      subject: `/CN=${names[0]}`,
      key,
      digest: spec.digest ?? 'sha256',
      from: spec.from ?? -30,
      until: spec.until ?? 365,
      ...(issuer === 'self' ? {} : { by: await this.#authority(issuer) }),
      extensions: [
        'basicConstraints=critical,CA:FALSE',
        'keyUsage=critical,digitalSignature,keyEncipherment',
        'extendedKeyUsage=serverAuth',
        `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
        ...(spec.aia === undefined ? [] : [`authorityInfoAccess=caIssuers;URI:${spec.aia}`]),
      ],
    });
    const above =
      spec.sends === 'leaf' || issuer === 'self'
        ? []
        : issuer === 'intermediate' || spec.sends === 'with-root'
          ? [await this.authority(issuer)]
          : [];
    const chain = path.join(this.#dir, `${id}.chain.pem`);
    writeFileSync(chain, [signed, ...above].map((file) => readFileSync(file, 'utf8')).join(''));
    return { chain, key };
  }

  #authority(name: Authority): Promise<CertificateFiles> {
    const known = this.#authorities.get(name);
    if (known !== undefined) return known;
    const making = (async (): Promise<CertificateFiles> => {
      const key = await this.#key(`ca-${name}`, name === 'middlebox' ? 'rsa2048' : 'ec');
      const chain = await this.#sign({
        id: `ca-${name}`,
        subject: subjects[name],
        key,
        digest: 'sha256',
        from: -400,
        until: 3650,
        ...(name === 'intermediate' ? { by: await this.#authority('root') } : {}),
        extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'],
      });
      return { chain, key };
    })();
    this.#authorities.set(name, making);
    return making;
  }

  #key(id: string, kind: 'ec' | 'rsa2048' | 'rsa1024'): Promise<string> {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const file = path.join(this.#dir, `${id}.key`);
    const options =
      kind === 'ec'
        ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
        : ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${kind.slice(3)}`];
    const making = run('openssl', ['genpkey', ...options, '-out', file]).then(() => file);
    this.#keys.set(id, making);
    return making;
  }

  /** `openssl ca`, because only it takes both dates of a certificate (OpenSSL before 3.4). */
  async #sign(what: {
    readonly id: string;
    readonly subject: string;
    readonly key: string;
    readonly digest: string;
    readonly from: number;
    readonly until: number;
    readonly by?: CertificateFiles;
    readonly extensions: readonly string[];
  }): Promise<string> {
    const dir = path.join(this.#dir, `sign-${what.id}`);
    mkdirSync(dir, { recursive: true });
    const at = (name: string): string => path.join(dir, name);
    writeFileSync(at('index.txt'), '');
    const serial = `${Date.now().toString(16)}${(++this.#serial).toString(16).padStart(4, '0')}`;
    writeFileSync(at('serial'), `${serial.length % 2 ? '0' : ''}${serial}\n`);
    writeFileSync(
      at('ca.cnf'),
      [
        '[ca]',
        'default_ca=lab',
        '[lab]',
        `database=${at('index.txt')}`,
        `serial=${at('serial')}`,
        `new_certs_dir=${dir}`,
        'policy=any',
        'unique_subject=no',
        'email_in_dn=no',
        '[any]',
        'countryName=optional',
        'stateOrProvinceName=optional',
        'localityName=optional',
        'organizationName=optional',
        'organizationalUnitName=optional',
        'commonName=supplied',
        '[ext]',
        'subjectKeyIdentifier=hash',
        ...(what.by ? ['authorityKeyIdentifier=keyid'] : []),
        ...what.extensions,
        '',
      ].join('\n'),
    );
    const out = at('cert.pem');
    await run('openssl', ['req', '-new', '-key', what.key, '-subj', what.subject, '-out', at('csr.pem'), '-sha256']);
    await run('openssl', [
      'ca',
      '-batch',
      '-notext',
      '-config',
      at('ca.cnf'),
      '-extensions',
      'ext',
      '-md',
      what.digest,
      '-startdate',
      asn1Time(what.from),
      '-enddate',
      asn1Time(what.until),
      '-in',
      at('csr.pem'),
      '-out',
      out,
      '-preserveDN',
      ...(what.by ? ['-cert', what.by.chain, '-keyfile', what.by.key] : ['-selfsign', '-keyfile', what.key]),
    ]);
    return out;
  }
}
