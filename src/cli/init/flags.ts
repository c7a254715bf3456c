import type { MailFlags } from '../../config/mail-flags.ts';
import type { CommonFlags } from '../flags.ts';

export interface InitFlags extends CommonFlags, Omit<MailFlags, 'send' | 'versionsFile'> {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly ispdb?: boolean;
  readonly oauth?: string;
  readonly clientId?: string;
  readonly login?: boolean;
}
