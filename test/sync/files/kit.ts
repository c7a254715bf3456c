import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { OpenedSource, RejectedRecord, SourceFailure, SourceRow } from '../../../src/model/sync/source.ts';
import type { FileSide } from '../../../src/model/sync/subject.ts';
import { fileSource } from '../../../src/sync/file.source.ts';

/** A directory for the files of a test. */
export interface Place {
  readonly directory: string;
  readonly write: (name: string, content: string | Uint8Array) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export const place = async (): Promise<Place> => {
  const directory = await mkdtemp(join(tmpdir(), 'crm-doctor-files-'));
  return {
    directory,
    write: async (name, content) => {
      const path = join(directory, name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

export const open = (at: Place, file: string, more: Partial<FileSide> = {}) =>
  fileSource.open(
    { kind: 'file', file, encoding: 'auto', ...more },
    {
      secret: () => undefined,
      directory: async () => {
        await mkdir(join(at.directory, '.private'), { recursive: true });
        return join(at.directory, '.private');
      },
      printable: (text, most = 1_000) => text.slice(0, most),
    },
    new AbortController().signal,
  );

export const opened = async (at: Place, file: string, more: Partial<FileSide> = {}): Promise<OpenedSource> => {
  const reply = await open(at, file, more);
  if (reply.kind === 'failed') throw new Error(JSON.stringify(reply.failure));
  return reply.source;
};

export const failure = async (at: Place, file: string, more: Partial<FileSide> = {}): Promise<SourceFailure> => {
  const reply = await open(at, file, more);
  if (reply.kind === 'opened') throw new Error(`opened: ${JSON.stringify(reply.source.facts)}`);
  return reply.failure;
};

export interface ReadAll {
  readonly rows: readonly SourceRow[];
  readonly rejected: readonly RejectedRecord[];
  readonly failure?: SourceFailure;
}

export const readAll = async (source: OpenedSource): Promise<ReadAll> => {
  const rows: SourceRow[] = [];
  const rejected: RejectedRecord[] = [];
  for await (const batch of source.rows(new AbortController().signal)) {
    if (batch.kind === 'rows') rows.push(...batch.rows);
    else if (batch.kind === 'rejected') rejected.push(batch.at);
    else return { rows, rejected, failure: batch.failure };
  }
  return { rows, rejected };
};

/** What Node decodes, the other way round. */
export const encoded = (text: string, encoding: 'shift_jis' | 'euc-jp'): Buffer => {
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const add = (bytes: Buffer): void => {
    try {
      const sign = decoder.decode(bytes);
      if (!table.has(sign)) table.set(sign, bytes);
    } catch {}
  };
  for (let one = 0; one < 256; one += 1) add(Buffer.from([one]));
  for (let one = 0x81; one < 0xff; one += 1) for (let two = 0x40; two < 0xff; two += 1) add(Buffer.from([one, two]));
  return Buffer.concat(
    [...text].map((sign) => {
      const bytes = table.get(sign);
      if (bytes === undefined) throw new Error(`no ${sign} in ${encoding}`);
      return bytes;
    }),
  );
};

/** An archive; `lie` is a size that the directory states instead of the true one. */
export const zipped = (
  members: Readonly<Record<string, string | Buffer>>,
  options: { readonly lie?: number; readonly encrypted?: boolean } = {},
): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const label = Buffer.from(name);
    const size = options.lie ?? bytes.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(options.encrypted === true ? 1 : 0, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, label, packed);
    directory.push(entry, label);
    offset += 30 + label.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
};

const sheetOf = (rows: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

/** A workbook of these sheets, each the XML of its rows; `more` are parts beside or in place of its own. */
export const workbook = (
  sheets: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Buffer => {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${names
      .map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, n) => `<Relationship Id="rId${n + 1}" Target="worksheets/sheet${n + 1}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml':
      '<sst><si><t>ID</t></si><si><r><t>氏</t></r><r><t>名</t></r><rPh><t>シメイ</t></rPh></si><si><t>a &amp; b_x000D_</t></si></sst>',
    ...more,
  };
  for (const [n, name] of names.entries()) parts[`xl/worksheets/sheet${n + 1}.xml`] = sheetOf(sheets[name] ?? '');
  return zipped(parts);
};
