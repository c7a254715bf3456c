/** A secret whose value is known here, so that its absence can be shown. */
export interface KnownSecret {
  /** Its place in the configuration, or the name of the variable; never a part of the value. */
  readonly name: string;
  readonly value: string;
}

/**
 * An everyday word or a short number. As a part of other words it is no secret ("admin" in "administrator"), so that it
 * is looked for where it stands by itself; its encodings are looked for like those of any other secret.
 */
export const isWord = (value: string): boolean =>
  value.length < 4 || /^(?:[a-z]{1,10}|[A-Z][a-z]{1,9}|[A-Z]{1,6}|\d{1,6})$/.test(value);

const own = new Set(
  `mail smtp imap pop3 tls starttls none crm sync workflow check user provider pass warn fail skip unknown error info
critical warning ok kind en ja true false null node php python java dotnet local auto text name value secret inbox config`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** The files of a bundle are written in such words: whether one of them is a leak cannot be told. */
export const isOwnWord = (value: string): boolean => own.has(value.toLowerCase());

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The word by itself: not inside another one, nor in a name with dots and hyphens such as an id. */
export const wordPattern = (value: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_.-])${quoted(value)}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`, 'gu');
