import { ConfigError } from '../config/config-error.ts';
import type { Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import { SecretError } from '../world/secrets.ts';
import { CaFileError } from '../world/trust.ts';
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
  return undefined;
};

const caFileText = ({ code }: CaFileError): Text => {
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
        en: `the file of \`ca\` cannot be read (${code})`,
        ja: `\`ca\` のファイルを読み取れません (${code})`,
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
