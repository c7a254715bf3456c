import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { ClientNameDetail } from './client-name-finding.ts';
import { clientNameFindings, directStep, stillAccepted } from './client-name-finding.ts';

export const fcrdnsMismatch = defineCause<ClientNameDetail>({
  id: 'dns.fcrdns-mismatch',
  title: both(
    'The reverse name of the sending address does not lead back',
    '送信元 IP アドレスの逆引きと正引きが一致しません',
  ),
  about: both(
    'A mail server looks up the name of the address that a client comes from (PTR), and then the address of that name. Both have to agree (forward-confirmed reverse DNS); otherwise anybody could claim any name. Many servers refuse clients for which they do not.',
    'メールサーバーは、接続元の IP アドレスから名前を調べ（逆引き）、さらにその名前のアドレスを調べます（正引き）。両者が一致しないと名前を信用できないため、一致しない相手を拒否するサーバーが多くあります。',
  ),
  explain: (evidence, subject) => clientNameFindings('dns.fcrdns-mismatch', evidence, subject),
  owner: 'network-admin',
  because: ({ host, port, says, seen }) =>
    says === undefined && seen
      ? both(
          `${host} sees the mail come from ${seen.address}, whose reverse name is ${seen.names.join(', ')}; that name does not have this address. ${stillAccepted.en}`,
          `${host} から見た送信元は ${seen.address} で、逆引き名は ${seen.names.join(', ')} ですが、この名前を正引きしても同じアドレスになりません。${stillAccepted.ja}`,
        )
      : seen && seen.names.length > 0
        ? both(
            `${host}:${port} sees the mail come from ${seen.address}, whose reverse name is ${seen.names.join(', ')}${seen.confirmed ? '' : '; that name does not have this address'}. It refuses the mail: "${says}".`,
            `${host}:${port} から見た送信元は ${seen.address} で、逆引き名は ${seen.names.join(', ')} です${seen.confirmed ? '' : 'が、この名前を正引きしても同じアドレスになりません'}。応答は「${says}」です。`,
          )
        : both(
            `${host}:${port} refuses the mail since name and address of the client do not agree: "${says}".`,
            `${host}:${port} は、送信元の名前と IP アドレスが一致しないため、メールを拒否しています。応答は「${says}」です。`,
          ),
  steps: ({ seen, host, port }) => [
    seen && seen.names.length > 0
      ? both(
          `Give ${seen.names[0]} an ${seen.address.includes(':') ? 'AAAA' : 'A'} record with ${seen.address}, or let the owner of the address set the reverse name to a host that has it.`,
          `${seen.names[0]} の ${seen.address.includes(':') ? 'AAAA' : 'A'} レコードを ${seen.address} にするか、アドレスの持ち主に依頼し、正引きと一致する名前に逆引きを変更します。`,
        )
      : both(
          'Let reverse name (PTR), its A record and the EHLO name agree.',
          '逆引き (PTR)、その名前の A レコード、EHLO で名乗る名前を一致させます。',
        ),
    ...directStep(host, port),
    both(
      `dig -x ${seen?.address ?? 'ADDRESS'} and dig with the name that it shows have to agree; then run the check again.`,
      `dig -x ${seen?.address ?? 'IP アドレス'} と、表示された名前の dig の結果が一致することを確認し、もう一度検査します。`,
    ),
  ],
});
