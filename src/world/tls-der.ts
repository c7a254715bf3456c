/** One element of DER (X.690 8.1): its tag, its content, and where the next one starts. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
  readonly next: number;
}

/** The element at a place, or nothing where the bytes are no DER; never reads beyond the buffer. */
export const elementAt = (der: Buffer, at: number): Element | undefined => {
  const tag = der[at];
  const first = der[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const octets = first - 0x80;
    // Indefinite lengths are no DER; more than four octets would be a certificate of gigabytes.
    if (octets < 1 || octets > 4 || start + octets > der.length) return undefined;
    length = der.readUIntBE(start, octets);
    start += octets;
  }
  const next = start + length;
  return next > der.length
    ? undefined
    : { tag, content: der.subarray(start, next), whole: der.subarray(at, next), next };
};

/** The elements of a sequence's content, as far as they can be read; at most 1000. */
export const elementsOf = (content: Buffer): readonly Element[] => {
  const elements: Element[] = [];
  for (let at = 0; at < content.length && elements.length < 1_000; ) {
    const element = elementAt(content, at);
    if (!element) break;
    elements.push(element);
    at = element.next;
  }
  return elements;
};

const objectIdentifier = 0x06;

/** An object identifier in its dotted form (X.690 8.19). */
export const dotted = ({ tag, content }: Element): string | undefined => {
  if (tag !== objectIdentifier || content.length === 0 || content.length > 64) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet & 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
};

const sequence = 0x30;
const contextZero = 0xa0;

/** The certificates of a PKCS #7 bundle without signers (RFC 5652 5.1), the .p7c that some authorities publish. */
export const certificatesOfPkcs7 = (der: Buffer): readonly Buffer[] => {
  const outer = elementAt(der, 0);
  if (outer?.tag !== sequence) return [];
  const [, explicit] = elementsOf(outer.content);
  const signedData = explicit?.tag === contextZero ? elementAt(explicit.content, 0) : undefined;
  const certificates = signedData && elementsOf(signedData.content).find(({ tag }) => tag === contextZero);
  return certificates ? elementsOf(certificates.content).map(({ whole }) => whole) : [];
};
