import { open } from 'node:fs/promises';
import type { Text } from '../model/text.ts';
import { ConfigError } from './config-error.ts';

const mebibyte = 1024 * 1024;

const fault = (text: Text, line?: number): ConfigError =>
  new ConfigError(undefined, [{ path: '', text, ...(line === undefined ? {} : { line, column: 1 }) }]);

const unreadable = (code: string): Text => {
  switch (code) {
    case 'ENOENT':
      return { en: 'there is no such file', ja: 'このファイルはありません' };
    case 'EACCES':
    case 'EPERM':
      return { en: 'no permission to read this file', ja: 'このファイルを読む権限がありません' };
    case 'EISDIR':
      return {
        en: 'this is a folder; name the file in it, such as crm-doctor.yaml',
        ja: 'これはフォルダーです。中のファイル（crm-doctor.yaml など）を指定してください',
      };
    default:
      return { en: `the file cannot be read (${code})`, ja: `ファイルを読み取れません (${code})` };
  }
};

/** The first line that is no UTF-8, since a text in another encoding fails at its first Japanese character. */
const lineOfFault = (bytes: Buffer): number => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end + 1;
    try {
      strict.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to;
  }
  return 1;
};

const decode = (bytes: Buffer): string => {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    if (!wide) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Said below.
  }
  throw fault(
    {
      en: 'the file is not UTF-8 (perhaps Shift_JIS or UTF-16); save it as UTF-8',
      ja: 'ファイルの文字コードが UTF-8 ではありません（Shift_JIS や UTF-16 の可能性があります）。UTF-8 で保存し直してください',
    },
    wide ? 1 : lineOfFault(bytes),
  );
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';

/** The text of a configuration file, bounded; what keeps it from being read is a ConfigError without the file's name. */
export const readFileText = async (file: string): Promise<string> => {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw fault(unreadable(codeOf(error)));
  });
  try {
    const about = await handle.stat();
    if (about.isDirectory()) throw fault(unreadable('EISDIR'));
    // A pipe has no size, so one byte more than allowed is read and that byte decides.
    const chunks: Buffer[] = [];
    let size = 0;
    while (size <= mebibyte) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    if (size > mebibyte) {
      throw fault({
        en: 'the file is larger than 1 MiB, which no configuration is',
        ja: 'ファイルが 1 MiB を超えています。設定ファイルではないようです',
      });
    }
    return decode(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw fault(unreadable(codeOf(error)));
  } finally {
    await handle.close();
  }
};
