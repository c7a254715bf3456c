import { isUtf8 } from 'node:buffer';
import { manifestName, readManifest, sha256 } from '../../bundle/manifest.ts';
import type { Text } from '../../model/text.ts';
import { failureOf } from '../../sync/files/fault.ts';
import { stampOf } from '../../sync/files/pieces.ts';
import { type Member, memberPieces, membersOf } from '../../sync/files/zip.ts';

/** What a bundle holds that can be looked at again. Nothing of it is ever written to this disk. */
export interface OpenedBundle {
  readonly report: unknown;
  readonly evidence: unknown;
  readonly anonymized: boolean;
}

export class BundleError extends Error {
  override readonly name = 'BundleError';
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

const mostMembers = 1_000;
const mostUnpacked = 512 * 1024 * 1024;
const mostManifest = 8 * 1024 * 1024;

const refused = (name: string, en: string, ja: string): BundleError =>
  new BundleError({ en: `${name}: ${en}`, ja: `${name}: ${ja}` });

const faultText = (error: unknown): BundleError => {
  if (error instanceof BundleError) return error;
  const failure = failureOf(error, '');
  if (failure.kind === 'not-found') {
    return new BundleError({ en: 'there is no such file', ja: 'ファイルがありません' });
  }
  const says = 'says' in failure ? failure.says : failure.kind;
  return new BundleError({
    en: `the archive cannot be used: ${says}. Ask for the bundle again`,
    ja: `圧縮ファイルを使用できません（${says}）。サポート用ファイルをもう一度受け取ってください`,
  });
};

const isPlainName = (name: string): boolean =>
  /^[^/\\:\0][^\\:\0]*$/.test(name) && !name.split('/').some((part) => part === '' || part === '.' || part === '..');

const bytesOf = async (
  path: string,
  stamp: Awaited<ReturnType<typeof stampOf>>,
  member: Member,
  most: number,
): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of memberPieces(path, stamp, member, member.name)) {
    bytes += piece.length;
    if (bytes > most) {
      throw refused(member.name, `it is larger than ${most} bytes`, `${most} バイトを超えています`);
    }
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces);
};

const jsonIn = (name: string, bytes: Buffer): unknown => {
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Said below.
  }
  throw refused(name, 'this is no JSON', 'JSON として読み取れません');
};

/** Names that could mean another file, or the same one twice, make an archive that reads differently elsewhere. */
const checkNames = (members: readonly Member[]): void => {
  if (members.length > mostMembers) {
    throw new BundleError({
      en: `the archive holds more than ${mostMembers} files`,
      ja: `ファイルが ${mostMembers} 個を超えています`,
    });
  }
  const seen = new Set<string>();
  for (const { name } of members) {
    if (!isPlainName(name)) {
      throw refused(JSON.stringify(name), 'a name that leads out of the archive', '圧縮ファイルの外を指す名前です');
    }
    if (seen.has(name.toLowerCase()))
      throw refused(JSON.stringify(name), 'it is in there twice', '同じ名前が 2 つあります');
    seen.add(name.toLowerCase());
  }
};

/** Reads a bundle and checks every file in it against the manifest. Throws a BundleError. */
export const openBundle = async (path: string): Promise<OpenedBundle> => {
  try {
    const stamp = await stampOf(path);
    const members = await membersOf(path, stamp);
    checkNames(members);
    const head = members.find(({ name }) => name === manifestName);
    if (!head) {
      throw new BundleError({
        en: 'this is no bundle of crm-doctor: it has no manifest.json',
        ja: 'crm-doctor のサポート用ファイルではありません（manifest.json がありません）',
      });
    }
    const manifest = readManifest((await bytesOf(path, stamp, head, mostManifest)).toString('utf8'));
    if (!manifest) {
      throw new BundleError({
        en: 'manifest.json is not one that this version can read',
        ja: 'manifest.json を、このバージョンでは読み取れません',
      });
    }
    const listed = new Map(manifest.entries.map((row) => [row.name, row] as const));
    const foreign = members.find(({ name }) => name !== manifestName && !listed.has(name));
    if (foreign) throw refused(foreign.name, 'manifest.json does not list it', 'manifest.json に記載がありません');
    const held = new Set(members.map(({ name }) => name));
    const lost = manifest.entries.find(({ name }) => !held.has(name));
    if (lost) throw refused(lost.name, 'it is missing', '含まれていません');
    const total = manifest.entries.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > mostUnpacked) {
      throw new BundleError({ en: 'it unpacks to more than 512 MiB', ja: '展開すると 512 MiB を超えます' });
    }
    const found: Record<string, unknown> = {};
    for (const member of members) {
      const row = listed.get(member.name);
      if (!row) continue;
      const bytes = await bytesOf(path, stamp, member, row.bytes);
      if (bytes.length !== row.bytes || sha256(bytes) !== row.sha256) {
        throw refused(
          member.name,
          'it is not what manifest.json says (SHA-256): it was changed or damaged on the way',
          'manifest.json の記載と一致しません (SHA-256)。途中で変更されたか、壊れています',
        );
      }
      if (member.name === 'report.json' || member.name === 'evidence.json') {
        found[member.name] = jsonIn(member.name, bytes);
      }
    }
    return { report: found['report.json'], evidence: found['evidence.json'], anonymized: manifest.anonymized };
  } catch (error) {
    throw faultText(error);
  }
};
