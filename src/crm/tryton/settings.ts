/** The lines of trytond.conf that tell of mail; the database's password and others stand in the same file. */
export interface MailOptions {
  readonly uri?: string;
  readonly from?: string;
}

/** A line that Python's configparser takes further to the option above it is indented (configparser, "Supported INI File Structure"). */
const isContinued = (line: string): boolean => /^[ \t]/.test(line) && line.trim() !== '';

/** `key = value` and `key: value` of one section, as configparser reads them: names without case, the last one counts. */
const optionsOf = (text: string, section: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  let inside = false;
  let last: string | undefined;
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    if (line.startsWith('[')) {
      inside = line.slice(1, line.indexOf(']')) === section;
      last = undefined;
      continue;
    }
    if (!inside) continue;
    if (isContinued(line) && last !== undefined) {
      found.set(last, `${found.get(last) ?? ''}\n${line.trim()}`);
      continue;
    }
    const at = line.search(/[=:]/);
    last = at < 0 ? undefined : line.slice(0, at).trim().toLowerCase();
    if (last) found.set(last, line.slice(at + 1).trim());
  }
  return found;
};

export const mailOptionsIn = (text: string): MailOptions => {
  const email = optionsOf(text, 'email');
  const everywhere = optionsOf(text, 'DEFAULT');
  const uri = email.get('uri') ?? everywhere.get('uri');
  const own = optionsOf(text, 'notification_email').get('from');
  const from = own || email.get('from') || everywhere.get('from');
  return { ...(uri === undefined ? {} : { uri }), ...(from ? { from } : {}) };
};
