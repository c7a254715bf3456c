import { shellWord } from '../guide/shell-word.ts';
import type { CommonFlags } from './flags.ts';
import type { MailFlags } from './mail-target.ts';

const flagOf = {
  smtp: '--smtp',
  imap: '--imap',
  pop3: '--pop3',
  username: '--username',
  passwordEnv: '--password-env',
  passwordFile: '--password-file',
  sender: '--sender',
  ca: '--ca',
  trust: '--trust',
  as: '--as',
  ehlo: '--ehlo',
  family: '--family',
  dkimSelector: '--dkim-selector',
  versionsFile: '--versions-file',
} as const satisfies Partial<Record<keyof MailFlags, string>>;

type Given = Pick<CommonFlags, 'config'> & Pick<MailFlags, keyof typeof flagOf>;

const flags = Object.keys(flagOf) as readonly (keyof typeof flagOf)[];

/**
 * What a call says of the mailbox besides its name in the configuration, as a shell takes it: with it the same is looked at again.
 * `address`: of a mailbox that stands in no file.
 */
export const mailCall = (address: string | undefined, given: Given): string =>
  [
    ...(address === undefined ? [] : [address]),
    ...flags.flatMap((flag) => {
      const value = given[flag];
      return value === undefined ? [] : [flagOf[flag], value];
    }),
    ...(given.config === undefined ? [] : ['--config', given.config]),
  ]
    .map(shellWord)
    .join(' ');
