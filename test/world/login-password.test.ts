import { describe, expect, test } from '@jest/globals';
import { refusesName } from '../../src/world/login-attempt.ts';
import { passwordExchange } from '../../src/world/login-password.ts';
import { imapReply, pop3Reply, smtpReply } from '../../src/world/login-reply.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const credentials = { username: 'tim', secret: 'tanstaaftanstaaf' };

describe('what a password is proven with', () => {
  test('CRAM-MD5 answers as in RFC 2195 section 2, once', () => {
    const answer = passwordExchange('CRAM-MD5', credentials);
    const challenge = base64('<1896.697170952@postoffice.reston.mci.net>');
    expect(answer(challenge, 0)).toBe('dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw');
    expect(answer(challenge, 1)).toBeUndefined();
  });

  test('LOGIN says the name, then the password, then nothing', () => {
    const answer = passwordExchange('LOGIN', credentials);
    expect([0, 1, 2].map((turn) => answer('', turn))).toEqual([base64('tim'), base64('tanstaaftanstaaf'), undefined]);
  });

  test('PLAIN says both at once', () => {
    const answer = passwordExchange('PLAIN', credentials);
    expect([0, 1].map((turn) => answer('', turn))).toEqual([base64('\0tim\0tanstaaftanstaaf'), undefined]);
  });
});

describe('a refused mechanism is no refused password', () => {
  test.each([
    [smtpReply('504 5.7.4 Unrecognized authentication type'), false],
    [smtpReply('535 5.7.8 Error: authentication failed: Invalid authentication mechanism'), false],
    [smtpReply('534 5.7.9 Authentication mechanism is too weak'), false],
    [smtpReply('535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6'), true],
    [imapReply('1 NO Unsupported authentication mechanism.'), false],
    [imapReply('1 NO [AUTHENTICATIONFAILED] Authentication failed.'), true],
    [pop3Reply('-ERR Unsupported authentication mechanism.'), false],
    [pop3Reply('-ERR [AUTH] Authentication failed.'), true],
  ])('%j', (reply, judged) => {
    if (!reply) throw new Error('no reply');
    expect(refusesName({ kind: 'refused', reply, ms: 1 })).toBe(judged);
  });
});
