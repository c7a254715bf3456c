/**
 * Causes that `mail.logs` alone can show, because no probe can bring them about: where a log says so at present, the check
 * fails and the cause says why. Each has a cause that asks `fromLogs` (log-says.ts) for it, which the tests make sure of.
 * Of every other cause a log is only a witness: the live checks decide, and `mail.logs` warns.
 */
export const onlyInLogs: ReadonlySet<string> = new Set([
  'clock.skewed',
  'config.no-recipient',
  'crm.alias-domain-missing',
  'crm.internal-host-blocked',
  'crm.job-stopped',
  'crm.mail-disabled',
  'crm.no-mail-account',
  'crm.oauth-redirect-mismatch',
  'crm.parser-crash',
  'crm.routing-no-match',
  'crm.secret-decrypt-failed',
  'deliver.deferred',
  'deliver.duplicate',
  'net.idle-nat-timeout',
  'net.local-policy-denied',
  'quota.append-limit',
  'smtp.bare-lf',
  'smtp.line-too-long',
  'version.php-imap-removed',
]);
