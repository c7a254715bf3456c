import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';

interface Door {
  readonly port: number;
  readonly addresses: readonly string[];
  /** Other ports of the web that are open there. */
  readonly open: readonly number[];
}

export const crmRefused = connectCause<Door>({
  id: 'net.refused',
  title: both("The CRM's web server refuses the connection", 'CRM の Web サーバーへの接続が拒否されています'),
  about: both(
    'The machine of the CRM is there and says at once that nothing listens at this port: its web server (nginx, Apache, or the CRM itself) does not run, listens at another port, or only for the machine itself (127.0.0.1).',
    'CRM のマシンは動いていますが、このポートでは何も待ち受けていないと即座に答えています。Web サーバー（nginx、Apache、CRM 自身）が止まっているか、別のポート、またはそのマシン自身（127.0.0.1）でのみ待ち受けています。',
  ),
  owner: 'crm-admin',
  confidence: 0.96,
  more: ({ fact: { reach } }) => ({
    port: reach?.port ?? 0,
    addresses: (reach?.contacts ?? []).map(({ address }) => address),
    open: (reach?.siblings ?? []).flatMap(({ port, connect }) => (connect.kind === 'open' ? [port] : [])),
  }),
  seen: ({ addresses, port, open }) => [
    both(`${addresses.join(', ')} refuse port ${port}`, `${addresses.join('、')} がポート ${port} の接続を拒否`),
    ...(open.length === 0 ? [] : [both(`open: ${open.join(', ')}`, `応答するポート: ${open.join('、')}`)]),
  ],
  ruledOut: () => [
    ruledOut('net.filtered', 'a refusal came back at once', '拒否の応答がすぐに返っています'),
    ruledOut('dns.no-such-host', 'the name leads to an address', '名前解決はできています'),
  ],
  because: ({ host, port, product, open }) => {
    const other =
      open.length === 0
        ? both('', '')
        : both(` Port ${open.join(', ')} is open there.`, `ポート ${open.join('、')} は応答します。`);
    return both(
      `${host} refuses connections to port ${port}: nothing listens there for ${product}.${other.en}`,
      `${host} がポート ${port} への接続を拒否しています。${product} が待ち受けていません。${other.ja}`,
    );
  },
  steps: ({ host, port, path, open, product }) => [
    ...(open.length === 0
      ? []
      : [
          both(
            `See whether ${product} answers at port ${open.join(' or ')}, and correct ${path}.url then.`,
            `${product} がポート ${open.join('、')} で応答するか確認し、応答する場合は ${path}.url を直します。`,
          ),
        ]),
    both(
      `On ${host}: start the web server and ${product} (systemctl status nginx apache2; docker ps), and see what listens (ss -ltnp).`,
      `${host} で Web サーバーと ${product} を起動し（systemctl status nginx apache2、docker ps）、待ち受けているポートを確認します（ss -ltnp）。`,
    ),
    both(
      `If it listens for 127.0.0.1 only: let it listen for the network, or put the web server in front of it at port ${port}.`,
      `127.0.0.1 でのみ待ち受けている場合は、ネットワークから受け付けるよう変更するか、ポート ${port} の Web サーバーを前段に置きます。`,
    ),
  ],
});
