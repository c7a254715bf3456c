import type { CrmConfig } from '../model/crm/subject.ts';
import type { CrmSection } from './schema.ts';

/** A login in the address is a diagnosis (crm.connect); its password goes no further than here. */
const withoutPassword = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/\s]*):.*@/i, (_, before: string) => `${before}:***@`);

/** What the CRM checks need of one `crm:` object. */
export const crmConfigOf = ({ url, backups, logins, ...section }: CrmSection): CrmConfig => ({
  ...section,
  // A missing address is said by the check that needs it.
  url: withoutPassword((url ?? '').trim().replace(/\/+$/, '')),
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
