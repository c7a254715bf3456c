import type { MailConfig, SecretSource } from '../../model/config.ts';
import type { Text } from '../../model/text.ts';
import { readSecret, SecretError } from '../../world/secrets.ts';
import { turnsOf } from '../../world/turns.ts';

/** Programs that fetch a password side by side. */
const mostAtOnce = 8;

const textOf = (source: SecretSource): Text =>
  source.kind === 'file'
    ? {
        en: 'passwordFile names a file that cannot be read',
        ja: 'passwordFile 列のファイルを読み取れません',
      }
    : { en: 'passwordCommand failed', ja: 'passwordCommand 列のコマンドが失敗しました' };

/**
 * Reads the secrets of a list before the run. One that cannot be had is the fault of its own row; of `mail:` it is an error of
 * the configuration.
 */
export const withSecrets = async (
  mail: readonly MailConfig[],
  sources: ReadonlyMap<string, SecretSource>,
): Promise<{ readonly mail: readonly MailConfig[]; readonly sources: ReadonlyMap<string, SecretSource> }> => {
  const turn = turnsOf(mostAtOnce);
  const { signal } = new AbortController();
  const read = new Map<string, SecretSource>();
  const lost = new Map<string, Text>();
  await Promise.all(
    [...sources].map(([id, source]) =>
      turn(async () => {
        if (source.kind === 'value') {
          read.set(id, source);
          return;
        }
        try {
          read.set(id, { kind: 'value', value: await readSecret(id, source) });
        } catch (error) {
          if (!(error instanceof SecretError)) throw error;
          // Neither the file nor the command is repeated: a password may stand there by mistake.
          lost.set(id, textOf(source));
        }
      }, signal),
    ),
  );
  if (lost.size === 0) return { mail, sources: read };
  return {
    mail: mail.map((one) => {
      const refs = [one.password, one.smtp?.password, one.imap?.password, one.pop3?.password];
      const faults = refs.flatMap((ref) => (ref ? (lost.get(ref.secret) ?? []) : []));
      if (!one.row || faults.length === 0) return one;
      const { address, name, row } = one;
      return { ...(name === undefined ? {} : { name }), address, row: { ...row, faults } };
    }),
    sources: read,
  };
};
