import { ConfigError } from '../config/config-error.ts';
import type { Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import { SecretError } from '../world/secrets.ts';
import { CaFileError } from '../world/trust.ts';
import { VersionsFileError } from '../world/versions-file.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';
import type { CommonFlags } from './flags.ts';

/** What is wrong with a configuration or a command line, and where. */
interface Place {
  readonly text: Text;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export const placeIn = (error: unknown): Place | undefined => {
  if (error instanceof ConfigError) {
    return {
      text: error.text,
      ...(error.file === undefined ? {} : { file: error.file }),
      ...(error.line === undefined ? {} : { line: error.line }),
      ...(error.column === undefined ? {} : { column: error.column }),
    };
  }
  if (error instanceof SecretError || error instanceof UsageError) return { text: error.text };
  if (error instanceof CaFileError) return { text: caFileText(error), file: error.file };
  if (error instanceof VersionsFileError) return { text: versionsFileText(error), file: error.file };
  return undefined;
};

const caFileText = ({ code, key }: CaFileError): Text => {
  switch (code) {
    case 'EMPTY':
      return {
        en: 'the file of `ca` holds no certificate (PEM, -----BEGIN CERTIFICATE-----)',
        ja: '`ca` のファイルに証明書（PEM 形式、-----BEGIN CERTIFICATE-----）がありません',
      };
    case 'BROKEN':
      return {
        en: 'a certificate in the file of `ca` cannot be read',
        ja: '`ca` のファイルに、読み取れない証明書があります',
      };
    default:
      return {
        en: `the file of \`${key}\` cannot be read (${code})`,
        ja: `\`${key}\` のファイルを読み取れません (${code})`,
      };
  }
};

const versionsFileText = ({ code, row }: VersionsFileError): Text => {
  switch (code) {
    case 'SIZE':
      return {
        en: 'the file of `versionsFile` is too large (4 MiB)',
        ja: '`versionsFile` のファイルが大きすぎます（上限 4 MiB）',
      };
    case 'JSON':
      return {
        en: 'the file of `versionsFile` is no JSON',
        ja: '`versionsFile` のファイルを JSON として読み取れません',
      };
    case 'SCHEMA':
      return {
        en: 'the file of `versionsFile` needs "schema": "crm-doctor/versions/v1", "date": "YYYY-MM-DD" and "rows": [ … ]',
        ja: '`versionsFile` のファイルには "schema": "crm-doctor/versions/v1"、"date": "YYYY-MM-DD"、"rows": [ … ] が必要です',
      };
    case 'ROW':
      return {
        en: `row ${row} of \`versionsFile\` needs product, cycle and source; released and endOfSupport are dates (YYYY-MM-DD), latest and by texts`,
        ja: `\`versionsFile\` の ${row} 行目には product、cycle、source が必要です。released と endOfSupport は日付 (YYYY-MM-DD)、latest と by は文字列です`,
      };
    default:
      return {
        en: `the file of \`versionsFile\` cannot be read (${code})`,
        ja: `\`versionsFile\` のファイルを読み取れません (${code})`,
      };
  }
};

const errorReport = (place: Place, command: string, target: string, context: Context): Report => ({
  schema: 'crm-doctor/report/v1',
  tool: { name: 'crm-doctor', version: context.version },
  run: {
    id: '',
    command,
    target,
    startedAt: new Date().toISOString(),
    durationMs: 0,
    language: context.language,
  },
  status: 'error',
  summary: { pass: 0, warn: 0, fail: 0, skip: 0, unknown: 0, error: 0 },
  checks: [],
  diagnoses: [],
  unexplained: [],
  prevention: [],
  error: {
    message: place.text[context.language],
    ...(place.file === undefined ? {} : { file: place.file }),
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
  },
  exitCode: 2,
});

/** Turns what keeps a run from starting into one sentence, and with --json into a report that says so. Exit code 2. */
export const guarded = async (
  about: { readonly command: string; readonly target: string },
  flags: Pick<CommonFlags, 'json' | 'format'>,
  context: Context,
  work: () => Promise<number>,
): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    const place = placeIn(error);
    if (!place) throw error;
    if (flags.json || flags.format?.includes('json')) {
      const report = errorReport(place, about.command, about.target, context);
      context.io.out.write(`${JSON.stringify(report, null, 2)}\n`);
    }
    const where =
      place.file === undefined
        ? ''
        : `${[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}: `;
    context.io.err.write(`crm-doctor: ${where}${place.text[context.language]}\n`);
    return 2;
  }
};
