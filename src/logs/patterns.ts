import type { LogPattern } from './pattern.ts';
import { clientPatterns } from './patterns/clients.ts';
import { crmPatterns } from './patterns/crms.ts';
import { dovecotPatterns } from './patterns/dovecot.ts';
import { eximPatterns } from './patterns/exim.ts';
import { microsoftPatterns } from './patterns/microsoft.ts';
import { broaderPatterns, narrowerPatterns } from './patterns/more.ts';
import { otherServerPatterns } from './patterns/other-servers.ts';
import { postfixPatterns } from './patterns/postfix.ts';
import { providerPatterns } from './patterns/providers.ts';

/** The whole pattern base, in the order in which it is asked. */
export const logPatterns: readonly LogPattern[] = [
  ...narrowerPatterns,
  ...postfixPatterns,
  ...eximPatterns,
  ...dovecotPatterns,
  ...microsoftPatterns,
  ...providerPatterns,
  ...otherServerPatterns,
  ...clientPatterns,
  ...crmPatterns,
  ...broaderPatterns,
];
