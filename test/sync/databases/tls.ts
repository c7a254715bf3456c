import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { certificateFor, type IssuedCertificate } from '../../../fixtures/certificates.ts';
import { freePort } from '../../lab/processes.ts';

/** A port on loopback and the files of a certificate for localhost: the server's, what a client trusts, and what it does not. */
export interface TlsFiles {
  readonly port: number;
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly otherCa: string;
  readonly remove: () => void;
}

export const tlsFiles = async (): Promise<TlsFiles> => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-tls-'));
  // Servers run as users of their own.
  chmodSync(directory, 0o755);
  const file = (name: string, text: string): string => {
    const place = path.join(directory, name);
    writeFileSync(place, text, { mode: 0o644 });
    return place;
  };
  // An RSA key: a server of 2018 knows no other.
  const own: IssuedCertificate = await certificateFor({ names: ['localhost'], key: { rsa: 2048 } });
  const other = await certificateFor({ names: ['localhost'], issuer: 'self' });
  return {
    port: await freePort(),
    cert: file('cert.pem', own.chain),
    key: file('key.pem', own.key),
    ca: file('ca.pem', own.ca),
    otherCa: file('other.pem', other.ca),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
};
