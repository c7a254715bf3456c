import type { Text } from '../../src/model/text.ts';
import type { ClientCertificateFact } from '../../src/model/tls-facts.ts';

/** Why a configured client certificate cannot be used, by its files alone; nothing where it can. */
export const clientCertificateFault = (own: ClientCertificateFact, at: string): Text | undefined => {
  const { cert, key, state, code = '', notBefore = '', notAfter = '' } = own;
  switch (state) {
    case 'no-certificate-file':
      return { en: `the file ${cert} cannot be read (${code})`, ja: `ファイル ${cert} を読み込めません (${code})` };
    case 'no-certificate':
      return { en: `${cert} holds no certificate in PEM`, ja: `${cert} に PEM 形式の証明書がありません` };
    case 'no-key-file':
      return {
        en: `the key file ${key} cannot be read (${code})`,
        ja: `秘密鍵のファイル ${key} を読み込めません (${code})`,
      };
    case 'no-key':
      return { en: `${key} holds no private key in PEM`, ja: `${key} に PEM 形式の秘密鍵がありません` };
    case 'passphrase':
      return {
        en: `the key in ${key} is encrypted, and the passphrase is missing or does not open it`,
        ja: `${key} の秘密鍵は暗号化されており、パスフレーズがないか、一致しません`,
      };
    case 'mismatch':
      return {
        en: `the key in ${key} does not belong to the certificate in ${cert}`,
        ja: `${key} の秘密鍵と ${cert} の証明書が対応していません`,
      };
    case 'usable':
      if (Date.parse(notAfter) < Date.parse(at)) {
        return {
          en: `the client certificate in ${cert} ended on ${notAfter.slice(0, 10)}`,
          ja: `${cert} のクライアント証明書は ${notAfter.slice(0, 10)} に期限が切れています`,
        };
      }
      return Date.parse(notBefore) > Date.parse(at)
        ? {
            en: `the client certificate in ${cert} is valid only from ${notBefore.slice(0, 10)}`,
            ja: `${cert} のクライアント証明書は ${notBefore.slice(0, 10)} から有効です`,
          }
        : undefined;
  }
};
