import { execFileSync } from 'node:child_process';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { certificateFor, intermediateCertificate } from '../../fixtures/certificates.ts';
import { certificateOf, signatureOf } from '../../src/world/certificates.ts';
import { certificatesOfPkcs7, elementAt, elementsOf } from '../../src/world/tls-der.ts';
import { encryptedRecords, recordReader, suitesOffered } from '../../src/world/tls-records.ts';

const inFolder = <Result>(work: (folder: string) => Result): Result => {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const selfSigned = (...options: readonly string[]): X509Certificate =>
  inFolder((folder) => {
    const words = ['req', '-x509', '-nodes', '-days', '30', '-keyout', 'key.pem', '-out', 'cert.pem', ...options];
    execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
    return new X509Certificate(readFileSync(join(folder, 'cert.pem')));
  });

describe('certificate facts', () => {
  test('are read as the certificate has them', async () => {
    const notAfter = new Date('2031-05-06T07:08:09Z');
    const { cert } = await certificateFor({
      names: ['mail.example.jp', '192.0.2.7'],
      commonName: 'mail',
      notAfter,
      issuerUrl: 'http://ca.test/i.cer',
      serverAuth: false,
    });
    const x509 = new X509Certificate(cert);
    expect(certificateOf(x509)).toMatchObject({
      subject: 'CN=mail',
      issuer: expect.stringMatching(/CN=Demo Root CA.*, O=|O=.*, CN=Demo Root CA/),
      names: ['mail.example.jp', '192.0.2.7'],
      notAfter: '2031-05-06T07:08:09.000Z',
      selfSigned: false,
      forServers: false,
      authority: false,
      issuerUrls: ['http://ca.test/i.cer'],
      fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
      fingerprint512: createHash('sha512').update(x509.raw).digest('hex'),
      keyFingerprint512: createHash('sha512')
        .update(x509.publicKey.export({ type: 'spki', format: 'der' }))
        .digest('hex'),
    });
  });

  test.each([
    ['RSA with SHA-1', ['-newkey', 'rsa:1024', '-sha1'], { type: 'rsa', bits: 1024 }, 'sha1WithRSAEncryption'],
    ['RSA with SHA-512', ['-newkey', 'rsa:2048', '-sha512'], { type: 'rsa', bits: 2048 }, 'sha512WithRSAEncryption'],
    [
      'RSA-PSS',
      ['-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss', '-sha256'],
      { type: 'rsa', bits: 2048 },
      'rsassaPss-sha256',
    ],
    [
      'RSA-PSS with SHA-1',
      ['-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss', '-sha1'],
      { type: 'rsa', bits: 2048 },
      'rsassaPss-sha1',
    ],
    [
      'P-384',
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'],
      { type: 'ec', bits: 384 },
      'ecdsa-with-SHA384',
    ],
    ['Ed25519', ['-newkey', 'ed25519'], { type: 'ed25519', bits: 256 }, 'ED25519'],
  ] as const)('key and signature: %s', (_, options, key, signature) => {
    const certificate = certificateOf(selfSigned('-subj', '/CN=mail', ...options));
    expect(certificate).toMatchObject({ key, signature, selfSigned: true });
  });

  test('names with commas, quotes and control characters stay one harmless name each', () => {
    const subject = '/O=Evil, Inc\u001b[2J/CN=mail';
    const x509 = selfSigned(
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-subj',
      subject,
      '-utf8',
      '-addext',
      'subjectAltName=DNS:a.test,URI:x,email:y@z.test,DNS:b.test',
    );
    const { names, subject: shown } = certificateOf(x509);
    expect(names).toEqual(['a.test', 'b.test']);
    expect(shown).not.toMatch(/[\u0000-\u001f]/);
  });

  test('without alternative names the common name is the name', () => {
    const x509 = selfSigned(
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-subj',
      '/O=Example/CN=mail.example.jp',
    );
    expect(certificateOf(x509)).toMatchObject({ names: ['mail.example.jp'], forServers: true, authority: true });
  });

  test('every root of the runtime has a known signature and key', () => {
    for (const pem of rootCertificates) {
      const { signature, key } = certificateOf(new X509Certificate(pem));
      expect(signature).toMatch(/^(?:sha\d+With|ecdsa-with)/);
      expect(key.bits).toBeGreaterThanOrEqual(256);
    }
  });

  test('a PKCS #7 bundle gives its certificates', async () => {
    const { pem, der } = await intermediateCertificate();
    const bundle = inFolder((folder) => {
      writeFileSync(join(folder, 'a.pem'), pem);
      execFileSync('openssl', ['crl2pkcs7', '-nocrl', '-certfile', 'a.pem', '-outform', 'DER', '-out', 'a.p7c'], {
        cwd: folder,
      });
      return readFileSync(join(folder, 'a.p7c'));
    });
    expect(certificatesOfPkcs7(bundle)).toEqual([der]);
  });
});

describe('readers of foreign bytes never throw', () => {
  test('on random bytes, on cut and on altered certificates', async () => {
    const { der } = await intermediateCertificate();
    const samples = [
      ...Array.from({ length: 500 }, (_, at) => randomBytes(at)),
      ...Array.from({ length: der.length }, (_, at) => der.subarray(0, at)),
      ...Array.from({ length: 500 }, (_, at) =>
        Buffer.concat([der.subarray(0, at), randomBytes(3), der.subarray(at + 3)]),
      ),
      Buffer.from('3084ffffffff', 'hex'),
      Buffer.from('3080', 'hex'),
    ];
    for (const sample of samples) {
      expect(typeof signatureOf(sample)).toBe('string');
      expect(elementsOf(sample).length).toBeLessThanOrEqual(1_000);
      expect(Array.isArray(certificatesOfPkcs7(sample))).toBe(true);
      expect(elementAt(sample, sample.length)).toBeUndefined();
      const reader = recordReader();
      for (const byte of sample) reader.read(Buffer.of(byte));
      reader.read(Buffer.concat([Buffer.from('1603030020', 'hex'), sample]));
      expect(reader.overheard().certificateRequest).toBe(false);
      encryptedRecords(sample);
      suitesOffered(Buffer.concat([Buffer.from('16', 'hex'), sample]));
    }
  });

  test('an alert is read even when it comes byte by byte', () => {
    const reader = recordReader();
    for (const byte of Buffer.from('15030100020228', 'hex')) reader.read(Buffer.of(byte));
    expect(reader.overheard()).toMatchObject({ tls: true, alert: 'handshake_failure', serverHello: false });
  });
});
