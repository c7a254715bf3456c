/** The host of a CRM and where on it it stands, without what else may be in an address: a login, a query. */
export const crmHost = (url: string): string => {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname.replace(/\/+$/, '')}`;
  } catch {
    return '?';
  }
};
