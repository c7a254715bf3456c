import type { Login } from '../model/login.ts';

/** For what a refusal counts. Of mail that is the name on whatever host: a trial may ask another one with it. */
export const loginKey = ({ protocol, host, username, realm = '' }: Login): string =>
  protocol === 'crm' ? JSON.stringify([protocol, host, realm, username]) : JSON.stringify([protocol, username]);

/** For what a lock-out of an account counts: all services of a mailbox, whatever their hosts; a login of a CRM stands alone. */
export const accountsOf = (login: Login): readonly string[] => {
  const { protocol, username, path } = login;
  if (protocol === 'crm') return [loginKey(login)];
  const place = path?.replace(/\.(?:smtp|imap|pop3)$/, '');
  return [`name ${username}`, ...(place === undefined ? [] : [`place ${place}`])];
};
