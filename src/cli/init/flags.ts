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
  /** Of `init sync`. */
  readonly leftPasswordEnv?: string;
  readonly rightPasswordEnv?: string;
}

/** Settings are taken from a CRM. */
export interface CrmFlags {
  /** Its address. */
  readonly crm?: string;
  readonly crmType?: string;
  readonly crmUser?: string;
  readonly crmDatabase?: string;
  readonly crmSecretEnv?: string;
}
