import { createHmac } from 'node:crypto';
import type { Credentials } from './login-attempt.ts';

/** The SASL mechanisms that prove a password; POP3's USER and PASS are commands of their own. */
export type PasswordMechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Answers the server's next challenge, base64 both ways; undefined: the exchange should have ended by now. */
export type PasswordExchange = (challenge: string, turn: number) => string | undefined;

/** What is said to each challenge of the server, none of it with the command itself. */
export const passwordExchange = (
  mechanism: PasswordMechanism,
  { username, secret }: Pick<Credentials, 'username' | 'secret'>,
): PasswordExchange => {
  switch (mechanism) {
    case 'PLAIN':
      // RFC 4616 section 2
      return (_challenge, turn) => [base64(`\0${username}\0${secret}`)][turn];
    case 'LOGIN':
      // draft-murchison-sasl-login: the prompts have no binding words, their order has.
      return (_challenge, turn) => [base64(username), base64(secret)][turn];
    case 'CRAM-MD5':
      // RFC 2195 section 2
      return (challenge, turn) => {
        if (turn > 0) return undefined;
        const digest = createHmac('md5', secret).update(Buffer.from(challenge, 'base64')).digest('hex');
        return base64(`${username} ${digest}`);
      };
  }
};
