import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { rootCertificate } from '../../fixtures/certificates.ts';
import { blocksOf, CaFileError, caFile, trustStore } from '../../src/world/trust.ts';

let folder = '';
let pem = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trust-'));
  pem = await rootCertificate();
});
afterAll(() => rmSync(folder, { recursive: true }));

const body = (text: string): string => text.replace(/\s+/g, '');

/** The environment is read once a process, so each variant is a process of its own. */
const storeIn = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const plain = (name: string): string => {
    const source = readFileSync(new URL(`../../src/world/${name}.ts`, import.meta.url), 'utf8');
    const { code } = transformSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    return code.replaceAll('given-files.ts', 'given-files.mjs');
  };
  const script = join(folder, 'trust.mjs');
  writeFileSync(join(folder, 'given-files.mjs'), plain('given-files'));
  writeFileSync(script, `${plain('trust')}\nprocess.stdout.write(JSON.stringify(await trustStore()));`);
  const env = { PATH: process.env.PATH ?? '', ...environment };
  return JSON.parse(execFileSync(process.execPath, [script], { env, encoding: 'utf8', maxBuffer: 16_000_000 }));
};

describe('the trusted certificates', () => {
  test('are the runtime’s, the system’s and `ca`, each once', async () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, `# our own\n${pem}\n${pem}\n${rootCertificates[0]}`);
    const plain = (await trustStore()).map(body);
    const with_ = (await trustStore({ ca })).map(body);
    expect(new Set(with_).size).toBe(with_.length);
    expect(plain).toEqual(expect.arrayContaining(rootCertificates.map(body)));
    expect(with_).toEqual(expect.arrayContaining([...plain, body(pem)]));
    expect(with_).toHaveLength(plain.length + 1);
    expect(await trustStore({ ca })).toBe(await trustStore({ ca }));
  });

  test('a store of the CRM takes the place of all but `ca`', async () => {
    const [own, bundle, empty] = ['own.pem', 'bundle', 'empty.pem'].map((name) => join(folder, name));
    if (own === undefined || bundle === undefined || empty === undefined) throw new Error('three names');
    const [first = '', second = ''] = rootCertificates;
    writeFileSync(own, pem);
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'a.pem'), first);
    writeFileSync(join(bundle, 'b.crt'), second);
    writeFileSync(empty, '# nothing');
    const store = async (choice: object): Promise<readonly string[]> => (await trustStore(choice)).map(body);
    expect(await store({ trust: bundle })).toEqual([body(first), body(second)]);
    expect(await store({ trust: own, ca: own })).toEqual([body(pem)]);
    expect(await store({ trust: 'none', ca: own })).toEqual([body(pem)]);
    expect(await store({ trust: 'none' })).toEqual([]);
    expect(await store({ trust: empty })).toEqual([]);
    await expect(trustStore({ trust: join(folder, 'nowhere') })).rejects.toMatchObject({
      code: 'ENOENT',
      key: 'trust',
    });
  });

  test('SSL_CERT_FILE, SSL_CERT_DIR and NODE_EXTRA_CA_CERTS are read as OpenSSL and node do', () => {
    const file = join(folder, 'bundle.pem');
    writeFileSync(file, pem);
    const [hashed, plain, empty] = ['hashed', 'plain', 'empty'].map((name) => join(folder, name));
    if (!hashed || !plain || !empty) throw new Error('three folders');
    for (const each of [hashed, plain, empty]) mkdirSync(each);
    writeFileSync(join(hashed, '5ed36f99.0'), pem);
    writeFileSync(join(plain, 'company.crt'), pem);
    writeFileSync(join(plain, 'README'), 'no certificate');
    const own = rootCertificates.length;
    const none = { SSL_CERT_FILE: join(folder, 'none'), SSL_CERT_DIR: empty };
    expect(storeIn(none)).toHaveLength(own);
    for (const environment of [
      { ...none, SSL_CERT_FILE: file },
      { ...none, SSL_CERT_DIR: hashed },
      { ...none, SSL_CERT_DIR: `${empty}:${plain}` },
      { ...none, NODE_EXTRA_CA_CERTS: file },
    ]) {
      const store = storeIn(environment);
      expect(store).toHaveLength(own + 1);
      expect(store.map(body)).toContain(body(pem));
    }
  });

  test.each([
    ['missing', undefined, 'ENOENT'],
    ['without a certificate', 'hello', 'EMPTY'],
    ['with a broken one', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'BROKEN'],
  ])('a `ca` file that is %s is an error of the configuration', async (name, content, code) => {
    const file = join(folder, `${name}.pem`);
    if (content !== undefined) writeFileSync(file, content);
    const error = await caFile(file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CaFileError);
    expect(error).toMatchObject({ file, code });
  });

  test('blocks are found between comments, whatever the line ends', () => {
    const crlf = pem.replaceAll('\n', '\r\n');
    expect(blocksOf(`a\n${pem}\nb\n${crlf}`)).toHaveLength(2);
    expect(blocksOf('-----BEGIN CERTIFICATE-----')).toEqual([]);
  });
});
