import type { X509Certificate } from 'node:crypto';
import type { Service } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/tls-facts.ts';
import { printable } from './printable.ts';
import { anchorsOf, certificatesIn, pathFrom } from './tls-path.ts';
import { namedStore } from './trust.ts';

/** What is missing in the CRM's own store of trusted certificates, by this machine's. */
export const storeOf = async (
  service: Service,
  {
    handshake,
    sent,
    now,
  }: { readonly handshake: Handshake | undefined; readonly sent: readonly X509Certificate[]; readonly now: Date },
): Promise<TlsFact['store']> => {
  const { trust, ca } = service;
  const [leaf] = sent;
  if (trust === undefined || handshake?.kind !== 'done' || handshake.trust.ok || !leaf) return undefined;
  const [pems, system] = await Promise.all([namedStore(trust), anchorsOf(ca === undefined ? {} : { ca })]);
  const path = pathFrom(leaf, sent, system);
  const top = path.certificates.at(-1);
  const base = { source: trust, certificates: pems.length, systemTrusts: path.trusted };
  if (!path.trusted || !top) return base;
  const same = certificatesIn(pems).filter(({ subject, publicKey }) => {
    return subject === top.subject && publicKey.equals(top.publicKey);
  });
  const there =
    same.length === 0 ? 'missing' : same.every(({ validTo }) => new Date(validTo) < now) ? 'expired' : 'there';
  return { ...base, root: { subject: printable(top.subject.replaceAll('\n', ', ')), there } };
};
