import type { Reply } from '../model/login-facts.ts';

const smtpLine = /^(\d{3})[ -](?:([245]\.\d{1,3}\.\d{1,3}) )?(.*)$/;
const imapLine = /^\* ([A-Z]+)(?: (.*))?$/i;
const pop3Line = /^(\+OK|-ERR)(?: (.*))?$/i;
const tagOf = /^\[([A-Z][A-Z0-9/-]*)/i;

/** The lines of a greeting as the reply that they are: `554 …`, `* BYE …`, `-ERR …`. */
export const replyOf = (lines: readonly string[]): Reply | undefined => {
  const [first = ''] = lines;
  const [, code, status] = smtpLine.exec(first) ?? [];
  if (code !== undefined) {
    const text = lines.map((line) => smtpLine.exec(line)?.[3] ?? line).join(' ');
    return {
      code,
      ...(status === undefined ? {} : { status }),
      text: status === undefined ? text : `${status} ${text}`,
    };
  }
  const [, word, text = ''] = imapLine.exec(first) ?? pop3Line.exec(first) ?? [];
  if (word === undefined) return undefined;
  const tag = tagOf.exec(text)?.[1]?.toUpperCase();
  return { code: word.toUpperCase(), ...(tag === undefined ? {} : { tag }), text };
};
