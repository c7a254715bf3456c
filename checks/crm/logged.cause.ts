import type { Cause } from '../../src/model/cause.ts';
import { defineCrmCause } from '../../src/model/cause.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import { noRecipient } from '../config/no-recipient.cause.ts';
import type { LogDetail } from '../logs/log-says.ts';
import { idleNatTimeout } from '../net/idle-nat-timeout.cause.ts';
import { phpImapRemoved } from '../version/php-imap-removed.cause.ts';
import { aliasDomainMissing } from './alias-domain-missing.cause.ts';
import { fromCrmLogs } from './crm-log-says.ts';
import { internalHostBlocked } from './internal-host-blocked.cause.ts';
import { oauthRedirectMismatch } from './oauth-redirect-mismatch.cause.ts';
import { parserCrash } from './parser-crash.cause.ts';
import { routingNoMatch } from './routing-no-match.cause.ts';
import { secretDecryptFailed } from './secret-decrypt-failed.cause.ts';

/** The same root, read from the log of the CRM as a whole in place of the log of one mailbox. */
const inCrm = ({ id, title, about, because, steps, owner }: Cause<LogDetail>): Cause<LogDetail, CrmSubject> =>
  defineCrmCause<LogDetail>({
    id,
    title,
    about,
    owner,
    explain: (evidence, subject) => fromCrmLogs(id, evidence, subject),
    because,
    steps,
  });

export const loggedInCrm = [
  aliasDomainMissing,
  idleNatTimeout,
  internalHostBlocked,
  noRecipient,
  oauthRedirectMismatch,
  parserCrash,
  phpImapRemoved,
  routingNoMatch,
  secretDecryptFailed,
].map(inCrm);
