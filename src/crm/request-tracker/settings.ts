/**
 * What is read of RT_SiteConfig.pm. It is a Perl program (RT_Config(3)): only `Set($Name, LITERAL)` is understood, nothing
 * is ever run, and a name that is set to anything else counts as computed, so as not known. The password of the database
 * stands in the same file, so that only these names are looked at.
 */
const names = ['MailCommand', 'SendmailPath', 'SendmailArguments', 'CorrespondAddress', 'CommentAddress'] as const;

export type SettingName = (typeof names)[number];

export type Setting =
  | { readonly kind: 'text'; readonly value: string }
  /** `Set($MailCommand, sub { … })`, or a text with variables in it. */
  | { readonly kind: 'computed' };

/** Mail::Mailer's own parameters where `$MailCommand` is `smtp` or `smtps`. */
export interface MailParams {
  readonly server: string;
  readonly port?: number;
  /** A login stands there, whose password is not read. */
  readonly login: boolean;
}

export interface SiteSettings {
  readonly set: ReadonlyMap<SettingName, Setting>;
  readonly mailParams?: MailParams;
}

/** Perl's documentation (perlpod(1)), comments of whole lines, and what stands after the program's end. */
const programOf = (text: string): string => {
  const lines: string[] = [];
  let documentation = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (/^__(?:END|DATA)__\s*$/.test(line)) break;
    if (/^=[a-zA-Z]/.test(line)) documentation = !line.startsWith('=cut');
    else if (!documentation && !/^\s*#/.test(line)) lines.push(line);
  }
  return lines.join('\n');
};

// Each is bounded, so that a quote which is never closed costs no more than its length.
const literal =
  /'((?:[^'\\]|\\.){0,1000})'|"((?:[^"\\$@]|\\.){0,1000})"|q\{([^{}]{0,1000})\}|q\(([^()]{0,1000})\)|(\d{1,10})|(undef)/y;

const unescaped = (text: string): string => text.replaceAll(/\\(.)/gs, '$1');

/** The literal at `at`, and where it ends. */
const literalAt = (text: string, at: number): { readonly value: string; readonly end: number } | undefined => {
  literal.lastIndex = at;
  const found = literal.exec(text);
  if (!found) return undefined;
  const [, single, double, braces, round, digits] = found;
  return {
    value:
      single !== undefined || double !== undefined
        ? unescaped(single ?? double ?? '')
        : (braces ?? round ?? digits ?? ''),
    end: literal.lastIndex,
  };
};

const closing = /\s{0,200},?\s{0,200}\)/y;

const settingAt = (text: string, at: number): Setting => {
  const found = literalAt(text, at);
  if (!found) return { kind: 'computed' };
  closing.lastIndex = found.end;
  return closing.test(text) ? { kind: 'text', value: found.value } : { kind: 'computed' };
};

const isName = (text: string | undefined): text is SettingName => names.some((name) => name === text);

/** `Set(@MailParams, Server => 'smtp.example.com', Port => 587, Auth => [ … ]);` */
const mailParamsIn = (program: string): MailParams | undefined => {
  const start = /\bSet\s{0,20}\(\s{0,20}@MailParams\s{0,20}(?:,|=>)/.exec(program);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  const [inside = ''] = program.slice(from, from + 2000).split(';');
  const given = (key: string): string | undefined => {
    const found = new RegExp(`\\b${key}['"]?\\s{0,20}(?:=>|,)\\s{0,20}`).exec(inside);
    return found ? literalAt(inside, found.index + found[0].length)?.value : undefined;
  };
  const server = given('Server');
  if (server === undefined || server === '') return undefined;
  const port = Number(given('Port'));
  return { server, ...(port > 0 ? { port } : {}), login: /\bAuth['"]?\s{0,20}(?:=>|,)/.test(inside) };
};

/** The last `Set` of a name counts, as in Perl. */
export const readSettings = (text: string): SiteSettings => {
  const program = programOf(text);
  const set = new Map<SettingName, Setting>();
  for (const found of program.matchAll(/\bSet\s{0,20}\(\s{0,20}\$(\w{1,60})\s{0,20}(?:,|=>)\s{0,20}/g)) {
    const [start, name] = found;
    if (isName(name)) set.set(name, settingAt(program, found.index + start.length));
  }
  const mailParams = mailParamsIn(program);
  return { set, ...(mailParams ? { mailParams } : {}) };
};
