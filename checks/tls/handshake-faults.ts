import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { TlsView } from './views.ts';
import { problemIn } from './views.ts';

/** Why a handshake did not lead to a connection that the CRM would use; each is one cause. */
export type HandshakeFault = 'client-certificate' | 'too-old' | 'dh' | 'cipher' | 'ended';

const old = /^(?:SSLv\d(?:\.\d)?|TLSv1|TLSv1\.1)$/;
const oldCodes = /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|WRONG_SSL_VERSION|VERSION_TOO_LOW/;
const dhCodes = /DH_KEY_TOO_SMALL|BAD_DH_VALUE/;
const cipherCodes =
  /NO_SHARED_CIPHER|NO_CIPHER|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY|NO_SUITABLE_(?:KEY_SHARE|GROUPS)/;

/** Versions older than TLS 1.2, where the server takes nothing newer. */
export const onlyOld = ({ done, fact }: TlsView): readonly string[] => {
  if (done) return old.test(done.version) ? [done.version] : [];
  const versions = fact.versions ?? [];
  return versions.every((version) => old.test(version)) ? versions : [];
};

export const handshakeFault = (view: TlsView): HandshakeFault | undefined => {
  const { fact, done } = view;
  const { handshake } = fact;
  if (!handshake || handshake.kind === 'plain') return undefined;
  if (done) {
    if (problemIn(view, 'protocol-too-old')) return 'too-old';
    if (problemIn(view, 'dh')) return 'dh';
    return problemIn(view, 'cipher') ? 'cipher' : undefined;
  }
  if (handshake.kind === 'failed' && handshake.clientCertificateAsked) return 'client-certificate';
  if (onlyOld(view).length > 0) return 'too-old';
  if (handshake.kind !== 'failed') return 'ended';
  const code = `${handshake.code} ${(handshake.alert ?? '').toUpperCase()}`;
  if (dhCodes.test(code)) return 'dh';
  // We offer everything from TLS 1.0 on, so a server that refuses the version is older still.
  if (oldCodes.test(code)) return 'too-old';
  if (cipherCodes.test(code)) return 'cipher';
  // The server does not know this name: no fault of the handshake itself (tls.sni-rejected).
  return handshake.alert === 'unrecognized_name' ? undefined : 'ended';
};

/** How the handshake ended, in a few words. */
export const endText = ({ fact: { handshake } }: TlsView): Text => {
  switch (handshake?.kind) {
    case 'closed':
      return both(
        'the server closes the connection during the handshake',
        'ハンドシェイクの途中でサーバーが接続を切断します',
      );
    case 'reset':
      return both('the connection is reset during the handshake', 'ハンドシェイクの途中で接続がリセットされます');
    case 'silent':
      return both('no answer to the handshake', 'ハンドシェイクに応答がありません');
    case 'failed': {
      const alert = handshake.alert === undefined ? '' : `, alert ${handshake.alert}`;
      return both(
        `the handshake fails (${handshake.says}${alert})`,
        `ハンドシェイクに失敗します (${handshake.says}${alert})`,
      );
    }
    case 'plain':
      return both(
        `clear text came in place of TLS: "${handshake.line}"`,
        `TLS ではなく暗号化されていない応答が返ります:「${handshake.line}」`,
      );
    default:
      return both('the handshake does not finish', 'ハンドシェイクが完了しません');
  }
};
