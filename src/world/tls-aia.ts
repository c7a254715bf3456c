import type { X509Certificate } from 'node:crypto';
import { get } from 'node:http';
import { certificatesOfPkcs7 } from './tls-der.ts';
import { certificatesIn } from './tls-path.ts';
import { blocksOf } from './trust.ts';

/** What an authority's address may cost: certificates have one to four KiB. */
const mostBytes = 64 * 1024;
const mostMs = 3_000;

const fetched = (url: string, signal: AbortSignal): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const either = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
    const request = get(url, { signal: either, agent: false, headers: { connection: 'close' } }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const stop = (result: Buffer | undefined): void => {
        resolve(result);
        response.destroy();
      };
      if (response.statusCode !== 200) {
        stop(undefined);
        return;
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > mostBytes) stop(undefined);
      });
      response.once('end', () => stop(Buffer.concat(chunks)));
      response.once('error', () => stop(undefined));
    });
    request.on('error', () => resolve(undefined));
  });

/** DER as the RFC wants it (RFC 5280 4.2.2.1), PEM and PKCS #7 as some authorities serve it. */
const parsed = (body: Buffer): readonly X509Certificate[] => {
  const pems = blocksOf(body.toString('latin1'));
  if (pems.length > 0) return certificatesIn(pems);
  const one = certificatesIn([body]);
  return one.length > 0 ? one : certificatesIn(certificatesOfPkcs7(body));
};

/** The certificates behind a caIssuers address, or none where it brings none in time. Plain HTTP only. */
export const issuersFrom = async (url: string, signal: AbortSignal): Promise<readonly X509Certificate[]> => {
  if (!URL.canParse(url) || new URL(url).protocol !== 'http:') return [];
  try {
    const body = await fetched(url, signal);
    return body ? parsed(body) : [];
  } catch {
    return [];
  }
};
