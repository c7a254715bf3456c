// Checksums and signatures beside a backup, notes of the script, and what a transfer leaves half done.
const companions =
  /\.(?:md5|sha\d{1,3}|sha\d{1,3}sums?|md5sums?|sums?|asc|sig|minisig|log|txt|md|html?|json|ya?ml|toml|conf|cfg|ini|sh|py|pl|lock|pid|err|out|manifest)$/i;
const unfinished = /(?:\.(?:tmp|temp|part|partial|filepart|crdownload|inprogress|incomplete|swp)|~)$/i;

/** Whether a name in a folder of backups may be one. */
export const mayBeBackup = (name: string): boolean =>
  !name.startsWith('.') &&
  !companions.test(name) &&
  !unfinished.test(name) &&
  !/^(?:readme|lost\+found|md5sums?|sha\d{1,3}sums?|index|catalog)$/i.test(name);

/** A folder that is one backup, and not a shelf of them: its name tells a day or a number. */
export const isDatedFolder = (name: string): boolean => /\d{4}/.test(name);

const days = 'mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const months =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december';
const calendar = new RegExp(`(?<![A-Za-z])(?:${days}|${months})(?![A-Za-z])`, 'gi');

/**
 * What names have in common that differ in date and number only: `crm-20261125.sql.gz` and `crm-20261124.sql.gz`, but
 * not `crm-monthly-202611.sql.gz`. Short numbers after a letter are part of a name (`odoo16`, `db2`).
 */
const formOf = (name: string): string =>
  name
    .replace(/\.\d{1,3}(?=\.(?:gz|bz2|xz|zst|zip|gpg)$)/i, '')
    .replace(/\.\d{1,3}$/, '')
    .replace(/(?<![0-9A-Za-z])(?=[a-f]{0,64}\d)[0-9a-f]{8,64}(?![0-9A-Za-z])/gi, '#')
    .replace(calendar, '#')
    .replace(/\d{4,}|(?<![A-Za-z\d])\d+/g, '#')
    .replace(/#(?:[-_.:T ]{0,3}#)+/g, '#')
    .replace(/#Z(?![A-Za-z])/g, '#');

/** The series of a path: backups of one kind, whatever folder of a date they lie in. */
export const seriesOf = (path: string): string => path.split('/').map(formOf).join('/');
