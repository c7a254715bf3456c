import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive. */
interface Member {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: true;
  /** Written into the archive in place of the right one. */
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** Sizes and offset in the ZIP64 extra field. */
  readonly wide?: true;
}

const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
};
const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
};
const u64 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), index * 8);
  return bytes;
};

/** A zip archive as programs write it (APPNOTE 4.3), with faults where they are wanted. */
export const zipOf = (members: readonly Member[], comment = '', wide = false): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored, crc, flags = 0, method, wide: isWide } of members) {
    const plain = Buffer.from(content);
    const packed = stored ? plain : deflateRawSync(plain);
    const sum = crc ?? crc32(plain);
    const kind = method ?? (stored ? 0 : 8);
    const label = Buffer.from(name);
    const sizes = [packed.length, plain.length];
    const extra = isWide ? Buffer.concat([u16(1, 24), u64(plain.length, packed.length, offset)]) : Buffer.alloc(0);
    const local = Buffer.concat([
      u32(0x04034b50),
      u16(20, flags, kind, 0, 0),
      u32(sum, ...sizes),
      u16(label.length, 0),
      label,
      packed,
    ]);
    const all = 0xffffffff;
    directory.push(
      u32(0x02014b50),
      u16(20, 20, flags, kind, 0, 0),
      u32(sum, ...(isWide ? [all, all] : sizes)),
      u16(label.length, extra.length, 0, 0, 0),
      u32(0, isWide ? all : offset),
      label,
      extra,
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = offset + central.length;
  const wideEnd = wide
    ? Buffer.concat([
        u32(0x06064b50),
        u64(44),
        u16(45, 45),
        u32(0, 0),
        u64(members.length, members.length, central.length, offset),
        u32(0x07064b50, 0),
        u64(end),
        u32(1),
      ])
    : Buffer.alloc(0);
  const note = Buffer.from(comment);
  const tail = Buffer.concat([
    u32(0x06054b50),
    u16(0, 0, members.length, members.length),
    u32(...(wide ? [0xffffffff, 0xffffffff] : [central.length, offset])),
    u16(note.length),
    note,
  ]);
  return Buffer.concat([...parts, central, wideEnd, tail]);
};
