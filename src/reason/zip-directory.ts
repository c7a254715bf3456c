/** What the central directory of a ZIP archive says of one member besides its name (APPNOTE 4.3.12). */
export interface ZipMember {
  readonly encrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
}

/** Where the central directory stands. */
export interface ZipDirectory {
  readonly at: number;
  readonly bytes: number;
}

export const zipMemberBytes = 46;
/** The end of the directory is at most this far from the end of the file: it may have a comment behind it. */
export const zipTailBytes = 22 + 65_535;
export const zipWideEndBytes = 56;

const all32 = 0xffffffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** Beyond 2^53 is no file. */
const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Lengths of what follows the fixed part of a member; undefined where it is none. */
export const zipMemberRest = (
  header: Uint8Array,
): { readonly name: number; readonly extra: number; readonly comment: number } | undefined => {
  const view = viewOf(header);
  if (header.length < zipMemberBytes || view.getUint32(0, true) !== 0x02014b50) return undefined;
  return { name: view.getUint16(28, true), extra: view.getUint16(30, true), comment: view.getUint16(32, true) };
};

/** A member from its fixed part and its extra field, where sizes that do not fit into 32 bits stand (4.5.3); undefined: damaged. */
export const zipMember = (header: Uint8Array, extra: Uint8Array): ZipMember | undefined => {
  const [view, more] = [viewOf(header), viewOf(extra)];
  const wide = [view.getUint32(24, true), view.getUint32(20, true), view.getUint32(42, true)];
  for (let at = 0; at + 4 <= extra.length; at += 4 + more.getUint16(at + 2, true)) {
    if (more.getUint16(at, true) !== 1) continue;
    const end = Math.min(extra.length, at + 4 + more.getUint16(at + 2, true));
    let place = at + 4;
    for (const [index, value] of wide.entries()) {
      if (value !== all32) continue;
      if (place + 8 > end) return undefined;
      wide[index] = long(more, place);
      place += 8;
    }
    break;
  }
  const [size = 0, packed = 0, offset = 0] = wide;
  return {
    encrypted: (view.getUint16(8, true) & 1) !== 0,
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    packed,
    size,
    offset,
  };
};

/**
 * The end of the central directory in the last bytes of a file (4.3.16): where the directory stands, or where its ZIP64 form has to be
 * read (4.3.15). Undefined: it was cut off, for it is written last.
 */
export const zipEnd = (
  tail: Uint8Array,
): ({ readonly kind: 'directory' } & ZipDirectory) | { readonly kind: 'wide'; readonly at: number } | undefined => {
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50 || at + 22 + view.getUint16(at + 20, true) > tail.length) continue;
    if (at >= 20 && view.getUint32(at - 20, true) === 0x07064b50) return { kind: 'wide', at: long(view, at - 12) };
    return { kind: 'directory', bytes: view.getUint32(at + 12, true), at: view.getUint32(at + 16, true) };
  }
  return undefined;
};

/** The ZIP64 form of the same (4.3.14); undefined: damaged. */
export const zipWideEnd = (bytes: Uint8Array): ZipDirectory | undefined => {
  const view = viewOf(bytes);
  return bytes.length < zipWideEndBytes || view.getUint32(0, true) !== 0x06064b50
    ? undefined
    : { bytes: long(view, 40), at: long(view, 48) };
};
