import type { VersionRow, VersionTable } from '../../src/model/version-facts.ts';

type Series = readonly [cycle: string, released: string, endOfSupport: string | undefined, latest?: string];

const made = (product: string, source: string, series: readonly Series[]): readonly VersionRow[] =>
  series.map(([cycle, released, endOfSupport, latest]) => ({
    product,
    cycle,
    released,
    ...(endOfSupport === undefined ? {} : { endOfSupport }),
    ...(latest === undefined ? {} : { latest }),
    source,
  }));

/** What a distribution ships and mends without raising the version, paid extensions included. */
const packaged = (
  by: string,
  endOfSupport: string,
  source: string,
  shipped: Readonly<Record<string, string>>,
): readonly VersionRow[] =>
  Object.entries(shipped).map(([product, cycle]) => ({ product, cycle, endOfSupport, by, source }));

const microsoft = 'https://learn.microsoft.com/lifecycle/products/';
const debian = 'https://wiki.debian.org/LTS';
const ubuntu = 'https://ubuntu.com/about/release-cycle';
const redHat = 'https://access.redhat.com/support/policy/updates/errata';

/**
 * The table of the package: release series and the end of their security fixes, as of its date. An end that is not
 * announced is left out: the table never calls something ended that its sources do not.
 */
export const versionTable: VersionTable = {
  schema: 'crm-doctor/versions/v1',
  date: '2025-12-31',
  rows: [
    ...made('postfix', 'https://www.postfix.org/announcements.html', [
      ['2.5', '2008-01-24', '2012-02-06', '2.5.17'],
      ['2.6', '2009-05-12', '2013-02-11', '2.6.19'],
      ['2.8', '2011-01-20', '2015-02-08', '2.8.20'],
      ['2.9', '2012-02-01', '2016-02-24', '2.9.15'],
      ['2.10', '2013-02-11', '2017-02-28', '2.10.10'],
      ['2.11', '2014-01-15', '2018-02-22', '2.11.11'],
      ['3.0', '2015-02-08', '2019-02-27', '3.0.15'],
      ['3.1', '2016-02-24', '2020-03-15', '3.1.15'],
      ['3.2', '2017-02-28', '2021-04-29', '3.2.22'],
      ['3.3', '2018-02-22', '2022-02-06', '3.3.22'],
      ['3.4', '2019-02-27', '2023-04-19', '3.4.29'],
      ['3.5', '2020-03-15', '2024-03-06', '3.5.25'],
      ['3.6', '2021-04-29', '2025-02-25', '3.6.18'],
      ['3.7', '2022-02-06', undefined, '3.7.17'],
      ['3.8', '2023-04-17', undefined, '3.8.12'],
      ['3.9', '2024-03-06', undefined, '3.9.6'],
      ['3.10', '2025-02-16', undefined, '3.10.5'],
    ]),
    ...made('dovecot', 'https://endoflife.date/dovecot', [
      ['2.0', '2010-08-16', '2013-04-11', '2.0.15'],
      ['2.1', '2012-02-16', '2017-12-22', '2.1.16'],
      ['2.2', '2013-04-11', '2025-01-24', '2.2.36.4'],
      ['2.3', '2017-12-22', undefined, '2.3.21.1'],
      ['2.4', '2025-01-24', undefined, '2.4.2'],
    ]),
    ...made('exim', 'https://endoflife.date/exim', [
      ['4.80', '2012-05-31', '2013-10-28', '4.80.1'],
      ['4.82', '2013-10-28', '2014-07-21', '4.82.1'],
      ['4.84', '2014-08-11', '2015-01-12', '4.84.2'],
      ['4.86', '2015-07-26', '2016-04-06', '4.86.2'],
      ['4.87', '2016-04-06', '2016-12-18', '4.87.1'],
      ['4.88', '2016-12-18', '2017-03-07', '4.88'],
      ['4.89', '2017-03-07', '2017-12-19', '4.89.1'],
      ['4.90', '2017-12-19', '2018-04-15', '4.90.1'],
      ['4.91', '2018-04-15', '2019-02-10', '4.91'],
      ['4.92', '2019-02-10', '2019-12-08', '4.92.3'],
      ['4.93', '2019-12-08', '2020-06-01', '4.93.0.4'],
      ['4.94', '2020-06-01', '2021-09-28', '4.94.2'],
      ['4.95', '2021-09-28', '2022-06-25', '4.95'],
      ['4.96', '2022-06-25', '2023-11-04', '4.96.2'],
      ['4.97', '2023-11-04', '2024-07-10', '4.97.1'],
      ['4.98', '2024-07-10', '2025-10-28', '4.98.2'],
      ['4.99', '2025-10-28', undefined, '4.99.1'],
    ]),
    ...made('exchange', microsoft, [
      ['2000', '2000-11-29', '2011-01-11'],
      ['2003', '2003-09-28', '2014-04-08'],
      ['2007', '2007-03-08', '2017-04-11'],
      ['2010', '2009-11-09', '2020-10-13'],
      ['2013', '2013-01-09', '2023-04-11'],
      ['2016', '2015-10-01', '2025-10-14'],
      ['2019', '2018-10-22', '2025-10-14'],
    ]),
    ...made('windows-smtp', microsoft, [
      ['2000', '2000-02-17', '2010-07-13'],
      ['2003', '2003-05-28', '2015-07-14'],
      ['2008', '2008-05-06', '2020-01-14'],
      ['2008 R2', '2009-10-22', '2020-01-14'],
      ['2012', '2012-10-30', '2023-10-10'],
      ['2012 R2', '2013-11-25', '2023-10-10'],
      ['2016', '2016-10-15', '2027-01-12'],
      ['2019', '2018-11-13', '2029-01-09'],
    ]),
    ...made('zimbra', 'https://www.zimbra.com/product/product-lifecycle/', [
      ['8.7', '2016-07-13', '2019-12-31'],
      ['8.8', '2017-07-18', '2023-12-31'],
      ['9.0', '2020-04-07', '2024-12-31'],
      ['10.0', '2023-03-08', '2025-12-31'],
    ]),
    ...packaged('debian 10', '2024-06-30', debian, { postfix: '3.4', dovecot: '2.3', exim: '4.92' }),
    ...packaged('debian 11', '2026-08-31', debian, { postfix: '3.5', dovecot: '2.3', exim: '4.94' }),
    ...packaged('debian 12', '2028-06-30', debian, { postfix: '3.7', dovecot: '2.3', exim: '4.96' }),
    ...packaged('debian 13', '2030-06-30', debian, { postfix: '3.10', dovecot: '2.4', exim: '4.98' }),
    ...packaged('ubuntu 18.04', '2028-04-30', ubuntu, { postfix: '3.3', dovecot: '2.2', exim: '4.90' }),
    ...packaged('ubuntu 20.04', '2030-04-30', ubuntu, { postfix: '3.4', dovecot: '2.3', exim: '4.93' }),
    ...packaged('ubuntu 22.04', '2032-04-30', ubuntu, { postfix: '3.6', dovecot: '2.3', exim: '4.95' }),
    ...packaged('ubuntu 24.04', '2034-04-30', ubuntu, { postfix: '3.8', dovecot: '2.3', exim: '4.97' }),
    ...packaged('rhel 7', '2028-06-30', redHat, { postfix: '2.10', dovecot: '2.2' }),
    ...packaged('rhel 8', '2029-05-31', redHat, { postfix: '3.5', dovecot: '2.3' }),
    ...packaged('rhel 9', '2032-05-31', redHat, { postfix: '3.5', dovecot: '2.3' }),
  ],
};
