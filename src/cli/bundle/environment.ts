import { release, version } from 'node:os';

/** What is told of a machine; everything else on it is nobody's business. */
export const versionsOf = (own: string): Readonly<Record<string, string>> => {
  const { node = '', v8 = '', openssl = '', icu = '', tz = '', unicode = '' } = process.versions;
  return {
    'crm-doctor': own,
    node,
    v8,
    openssl,
    icu,
    unicode,
    timeZoneData: tz,
    platform: process.platform,
    architecture: process.arch,
    systemRelease: release(),
    systemVersion: version(),
  };
};

/** Variables that change what a run sees or how it speaks. */
const shown: readonly string[] = [
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'LC_MESSAGES',
  'TZ',
  'TERM',
  'CI',
  'NO_COLOR',
  'FORCE_COLOR',
  'COLUMNS',
  'CRM_DOCTOR_LANG',
  'CRM_DOCTOR_CONFIG',
  'XDG_CONFIG_HOME',
  'XDG_STATE_HOME',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'OPENSSL_CONF',
];

/** Of those the values; of those that the configuration names only whether they are set. */
export const environmentOf = (
  env: Readonly<Record<string, string | undefined>>,
  named: readonly string[],
): {
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly timeZone: string;
} => ({
  variables: Object.fromEntries(shown.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
  secrets: Object.fromEntries(named.map((name) => [name, env[name] === undefined ? 'not set' : 'set'])),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
