// Written by `npm run generate`; do not edit.
import * as m0 from './crm/backups.check.ts';
import * as m1 from './crm/connect.check.ts';
import * as m2 from './crm/jobs.check.ts';
import * as m3 from './crm/logs.check.ts';
import * as m4 from './crm/mail-settings.check.ts';
import * as m5 from './crm/version.check.ts';
import * as m6 from './mail/clock.check.ts';
import * as m7 from './mail/config.check.ts';
import * as m8 from './mail/discovery.check.ts';
import * as m9 from './mail/dns.check.ts';
import * as m10 from './mail/imap-auth.check.ts';
import * as m11 from './mail/logs.check.ts';
import * as m12 from './mail/pop3-auth.check.ts';
import * as m13 from './mail/port.check.ts';
import * as m14 from './mail/quota.check.ts';
import * as m15 from './mail/round-trip.check.ts';
import * as m16 from './mail/sender-policy.check.ts';
import * as m17 from './mail/smtp-auth.check.ts';
import * as m18 from './mail/tls.check.ts';
import * as m19 from './mail/versions.check.ts';

export const checkModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13,
  m14, m15, m16, m17, m18, m19,
];
