import { describe, expect, test } from '@jest/globals';
import { termNamed, termsIn } from '../../src/i18n/glossary/find.ts';
import { glossary } from '../../src/i18n/glossary/glossary.ts';
import type { Language } from '../../src/model/text.ts';

const ids = (text: string, language: Language) => termsIn(text, language).map(({ id }) => id);

describe('the glossary', () => {
  test('has each id once and each word for one term only', () => {
    expect(new Set(glossary.map(({ id }) => id)).size).toBe(glossary.length);
    for (const language of ['en', 'ja'] as const) {
      const words = glossary.flatMap((term) => term[language].match);
      expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    }
  });

  test.each(glossary.map((term) => [term.id, term] as const))('%s is found by each of its words', (id, term) => {
    for (const language of ['en', 'ja'] as const) {
      expect(term[language].match.length).toBeGreaterThan(0);
      for (const word of term[language].match) expect([word, ids(word, language)]).toEqual([word, [id]]);
      expect(termNamed(term[language].name, language)?.id).toBe(id);
      expect(termNamed(id, language)?.id).toBe(id);
    }
  });
});

describe('the terms of a text', () => {
  test.each<[string, Language, readonly string[]]>([
    ['The server does not offer STARTTLS on port 143.', 'en', ['server', 'starttls', 'port']],
    ['An intermediate certificate is missing.', 'en', ['intermediate-certificate']],
    ['SSL/TLS (IMAP), then SMTP.', 'en', ['tls', 'imap', 'smtp']],
    ['IMAP and IMAP again', 'en', ['imap']],
    ['Certificates and ports', 'en', ['certificate', 'port']],
    ['report the import of an airport', 'en', []],
    ['reported by smtp.example.com in mail.imap.port, see tls.certificate-expired', 'en', []],
    ['write `smtp: { port: 587 }` there', 'en', []],
    ['MAIL_PASSWORD=IMAP, --smtp, /etc/ssl/certificate, https://server/port', 'en', []],
    ['info@server.example and sender@port', 'en', []],
    ['the mx and dkim of lower case', 'en', []],
    ['中間証明書が不足しています', 'ja', ['intermediate-certificate']],
    ['imap.example.co.jp:993 のサーバー証明書', 'ja', ['certificate']],
    ['143 番ポートの STARTTLS', 'ja', ['port', 'starttls']],
    ['サポートへのレポートをインポートする', 'ja', []],
    ['認証局と SMTP 認証', 'ja', ['certificate-authority', 'smtp-auth']],
    ['検査項目は非同期', 'ja', []],
    ['MX レコードの名前解決', 'ja', ['mx', 'name-resolution']],
    ['', 'ja', []],
  ])('%s (%s)', (text, language, expected) => {
    expect(ids(text, language)).toEqual(expected);
  });

  test('a hostile text costs no more than its length', () => {
    const looked = (text: string): number => {
      const start = performance.now();
      for (const language of ['en', 'ja'] as const) termsIn(text, language);
      return performance.now() - start;
    };
    looked('warm');
    const ordinary = Math.max(20, looked('The server certificate of this port. '.repeat(2700)));
    for (const piece of ['"', '`', '"(', 'a.', 'サ', '接続が', 'certificate', '\u0130', 'a`'])
      expect(looked(piece.repeat(200_000 / piece.length))).toBeLessThan(ordinary * 30);
  });
});

describe('a term that is asked for', () => {
  test.each<[string, Language, string | undefined]>([
    ['starttls', 'en', 'starttls'],
    ['Ports', 'en', 'port'],
    ['証明書', 'en', 'certificate'],
    ['port', 'ja', 'port'],
    ['ＩＭＡＰ', 'ja', 'imap'],
    ['frobnicator', 'en', undefined],
  ])('%s (%s)', (word, language, id) => {
    expect(termNamed(word, language)?.id).toBe(id);
  });
});
