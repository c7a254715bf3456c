import { both } from '../auth/words.ts';
import { connectCause, itSaid } from './connect-cause.ts';

interface Seen {
  /** How far it came. */
  readonly how: 'no-address' | 'doors' | 'proxy' | 'tls' | 'no-answer';
  readonly port: number;
  /** `192.0.2.1: refused`. */
  readonly doors: readonly string[];
  readonly proxy?: string;
  readonly tls?: string;
}

export const crmUnreachable = connectCause<Seen>({
  id: 'crm.unreachable',
  title: both('The CRM does not answer', 'CRM から応答がありません'),
  about: both(
    'No answer over HTTP came from the address of the CRM. Where the reason is plain (the name does not exist, the port is closed or filtered, the certificate is bad) that is named instead; here something else stands in the way: a proxy, addresses that behave differently, a connection that is closed without a word.',
    'CRM のアドレスから HTTP の応答がありません。名前がない、ポートが閉じている、証明書に問題があるなど、理由が明らかな場合はそちらを示します。ここでは、プロキシ、IP アドレスごとに異なる応答、無言での切断など、それ以外のものが妨げています。',
  ),
  owner: 'network-admin',
  confidence: 0.8,
  more: ({ fact: { reach } }) => {
    const doors = (reach?.contacts ?? []).map(({ address, connect }) =>
      connect.kind === 'unreachable' ? `${address}: ${connect.code}` : `${address}: ${connect.kind}`,
    );
    const base = { port: reach?.port ?? 0, doors };
    if (reach?.proxy !== undefined) return { ...base, how: 'proxy', proxy: reach.proxy };
    if (reach?.lookup?.kind === 'failed') return { ...base, how: 'no-address' };
    if (!reach?.contacts.some(({ connect }) => connect.kind === 'open')) return { ...base, how: 'doors' };
    const handshake = reach.tls?.handshake;
    if (handshake && handshake.kind !== 'done') {
      const tls = handshake.kind === 'failed' ? (handshake.alert ?? handshake.says) : handshake.kind;
      return { ...base, how: 'tls', tls };
    }
    return { ...base, how: 'no-answer' };
  },
  seen: ({ doors }) => (doors.length === 0 ? [] : [both(doors.join(', '), doors.join('、'))]),
  because: (detail) => {
    const { how, host, port, product, doors, proxy, tls } = detail;
    const said = itSaid(detail);
    switch (how) {
      case 'no-address':
        return both(
          `The name ${host} exists, but leads to no address.`,
          `${host} という名前は存在しますが、IP アドレスがありません。`,
        );
      case 'doors':
        return both(
          `No address of ${host} opens at port ${port} (${doors.join(', ')}).`,
          `${host} のどの IP アドレスも、ポート ${port} で接続できません（${doors.join('、')}）。`,
        );
      case 'proxy':
        return both(
          `The environment leads to ${host} through the proxy ${proxy ?? ''}, and no answer of ${product} came through it.${said.en}`,
          `環境変数の設定により、${host} へはプロキシ ${proxy ?? ''} を経由しますが、${product} の応答が得られません。${said.ja}`,
        );
      case 'tls':
        return both(
          `${host} opens port ${port}, but the encrypted connection does not come about (${tls ?? ''}).`,
          `${host} のポート ${port} には接続できますが、暗号化された接続を確立できません（${tls ?? ''}）。`,
        );
      case 'no-answer':
        return both(
          `${host} opens port ${port} and closes the connection without an answer.${said.en}`,
          `${host} のポート ${port} には接続できますが、応答のないまま切断されます。${said.ja}`,
        );
    }
  },
  steps: ({ how, host, product, proxy, path }) => [
    how === 'proxy'
      ? both(
          `Let ${proxy ?? 'the proxy'} pass connections to ${host}, or add ${host} to NO_PROXY where it is reached directly.`,
          `${proxy ?? 'プロキシ'} で ${host} への接続を許可するか、直接接続できる場合は NO_PROXY に ${host} を追加します。`,
        )
      : both(
          `See on ${host} whether its web server and ${product} run, and what their logs say at this time.`,
          `${host} で Web サーバーと ${product} が動いているか、この時刻のログに何があるか確認します。`,
        ),
    both(
      `Open the address of ${path}.url in a browser on this very machine.`,
      `このマシンのブラウザーで、${path}.url のアドレスを開いてみます。`,
    ),
  ],
});
