import type { VersionRow, VersionTable } from '../../src/model/version-facts.ts';

interface Series {
  readonly cycle: string;
  readonly released?: string;
  readonly endOfSupport?: string;
  /** At least this one: a newer one may have come since the date of the table. */
  readonly latest?: string;
}

const made = (product: string, source: string, series: readonly Series[]): readonly VersionRow[] =>
  series.map((one) => ({ product, ...one, source }));

/** Packages that a distribution mends without raising the version. */
const packaged = (by: string, endOfSupport: string, shipped: Readonly<Record<string, string>>): readonly VersionRow[] =>
  Object.entries(shipped).map(([product, cycle]) => ({
    product,
    cycle,
    endOfSupport,
    by,
    source: 'https://wiki.debian.org/LTS',
  }));

const salesforce = 'https://developer.salesforce.com/docs/platform/connect-rest-api/guide/intro_api_eol.html';

/** Versions of an API as series of their own: `31` to `40`. */
const numbers = (from: number, to: number, endOfSupport: string): readonly Series[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ cycle: String(from + at), endOfSupport }));

/**
 * CRMs and their APIs, as of its date. Where a maker names a month, its last day stands here; where none announces an end,
 * there is none: EspoCRM, SuiteCRM, Dolibarr, Twenty and Request Tracker publish no such dates.
 */
export const crmVersionTable: VersionTable = {
  schema: 'crm-doctor/versions/v1',
  date: '2026-11-21',
  rows: [
    // Security updates come during the three years of standard support only.
    ...made('odoo', 'https://www.odoo.com/documentation/20.0/administration/standard_extended_support.html', [
      { cycle: '13.0', endOfSupport: '2022-10-31' },
      { cycle: '14.0', endOfSupport: '2023-11-30' },
      { cycle: '15.0', endOfSupport: '2024-10-31' },
      { cycle: '16.0', endOfSupport: '2025-09-30' },
      { cycle: '17.0', endOfSupport: '2026-09-30' },
      { cycle: '18.0', endOfSupport: '2027-09-30' },
      { cycle: '19.0', endOfSupport: '2028-09-30' },
      { cycle: '20.0' },
    ]),
    ...made('espocrm', 'https://github.com/espocrm/espocrm/releases', [
      { cycle: '8.4', latest: '8.4.2' },
      { cycle: '9.0', latest: '9.0.8' },
      { cycle: '9.3', released: '2026-02-05', latest: '9.3.8' },
      { cycle: '10.0', latest: '10.0.0' },
    ]),
    ...made('suitecrm', 'https://github.com/SuiteCRM/SuiteCRM/releases', [
      { cycle: '7.14', released: '2023-08-29', latest: '7.14.3' },
      { cycle: '7.15', latest: '7.15.1' },
      { cycle: '8' },
    ]),
    ...made('dolibarr', 'https://github.com/Dolibarr/dolibarr/blob/develop/ChangeLog', [
      { cycle: '16.0', latest: '16.0.5' },
      { cycle: '17.0', latest: '17.0.4' },
    ]),
    // A series is mended for one year, one of x.0 for five (https://www.tryton.org/); the ends are counted from the releases.
    ...made('tryton', 'https://pypi.org/project/trytond/', [
      { cycle: '6.0', released: '2021-05-03', endOfSupport: '2026-05-03' },
      { cycle: '6.2', released: '2021-11-01', endOfSupport: '2022-11-01' },
      { cycle: '6.4', released: '2022-05-02', endOfSupport: '2023-05-02' },
      { cycle: '6.6', released: '2022-10-31', endOfSupport: '2023-10-31' },
      { cycle: '6.8', released: '2023-05-01', endOfSupport: '2024-05-01' },
      { cycle: '7.0', released: '2023-10-30', endOfSupport: '2028-10-30' },
      { cycle: '7.2', released: '2024-04-29', endOfSupport: '2025-04-29' },
      { cycle: '7.4', released: '2024-11-04', endOfSupport: '2025-11-04' },
      { cycle: '8.0' },
      { cycle: '8.2', latest: '8.2.1' },
    ]),
    ...made('request-tracker', 'https://docs.bestpractical.com/release-notes/rt/', [{ cycle: '5.0', latest: '5.0.5' }]),
    ...made('frappe', 'https://frappe.io/support-versions', [
      { cycle: '12', endOfSupport: '2022-12-31' },
      { cycle: '13', endOfSupport: '2023-12-31' },
      // Until version 16 came, in January 2026.
      { cycle: '14', endOfSupport: '2026-01-31' },
      { cycle: '15', endOfSupport: '2027-12-31' },
      { cycle: '16' },
    ]),
    ...made('twenty', 'https://github.com/twentyhq/twenty/releases', [{ cycle: '2' }]),
    ...packaged('debian 12', '2028-06-30', { tryton: '6.0', 'request-tracker': '5.0' }),
    ...packaged('debian 13', '2030-06-30', { tryton: '7.0', 'request-tracker': '5.0' }),
    // Retired versions answer 410; the seasons begin in June.
    ...made('salesforce-api', salesforce, [...numbers(21, 30, '2025-05-31'), ...numbers(31, 40, '2028-05-31')]),
    ...made('hubspot-api', 'https://developers.hubspot.com/changelog', [
      { cycle: '1', endOfSupport: '2027-09-30' },
      { cycle: '2', endOfSupport: '2027-09-30' },
      { cycle: '3', endOfSupport: '2027-09-30' },
      { cycle: '4', endOfSupport: '2027-03-30' },
    ]),
  ],
};
