import type { CrmConfig } from '../model/crm/subject.ts';
import type { CrmSection } from './schema.ts';

/** What the CRM checks need of one `crm:` object. */
export const crmConfigOf = ({ url, backups, logins, ...section }: CrmSection): CrmConfig => ({
  ...section,
  // A missing address is said by the check that needs it.
  url: (url ?? '').trim().replace(/\/+$/, ''),
  ...(logins === undefined
    ? {}
    : {
        logins: logins.map(({ username, password }) => ({ username, ...(password === undefined ? {} : { password }) })),
      }),
  ...(backups === undefined
    ? {}
    : {
        backups: backups.map(({ path, maxAge, minSize }) => ({
          path,
          ...(maxAge === undefined ? {} : { maxAgeMs: maxAge }),
          ...(minSize === undefined ? {} : { minBytes: minSize }),
        })),
      }),
});
