import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { AddressContact } from '../../src/model/contact-facts.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import { mailPort } from '../mail/port.check.ts';
import type { Divided } from './address-failures.ts';
import { deadFamily, deadText, dividedServices } from './address-failures.ts';
import { familyCandidates } from './family-candidates.ts';
import { familyDetourSteps, familyDetourText } from './family-finding.ts';

interface Detail {
  readonly host: string;
  readonly address: string;
  readonly good: readonly string[];
  readonly places: readonly Place[];
  /** The family that is wholly alive, where the dead address comes first. */
  readonly aliveFamily?: 4 | 6;
}

/** Keeping to one family helps where none of that family is dead, and where the dead address is in the way. */
const aliveFamily = (
  evidence: Evidence,
  dead: readonly { readonly divided: Divided; readonly contact: AddressContact }[],
): 4 | 6 | undefined => {
  const first = dead.some(({ divided, contact }) => {
    const lookup = evidence.fact(mailPort[divided.service.protocol])?.lookup;
    return lookup?.kind === 'found' && lookup.addresses[0]?.address === contact.address;
  });
  if (!first) return undefined;
  return ([4, 6] as const).find((family) =>
    dead.every(
      ({ divided }) =>
        divided.good.some((one) => one.family === family) && divided.dead.every((one) => one.family !== family),
    ),
  );
};

export const oneAddressDead = defineCause<Detail>({
  id: 'net.one-address-dead',
  title: both("One of the host's addresses does not answer", 'ホストの IP アドレスの一部が応答しません'),
  about: both(
    'The host name has several addresses, usually several servers behind one name. One of them does not answer, the others do. Programs take any of them, so that connections fail or hang now and then, which is hard to find without asking every address.',
    'このホスト名には複数の IP アドレスがあります（多くの場合、1 つの名前の背後に複数のサーバーがあります）。そのうちの 1 つが応答せず、ほかは応答します。プログラムがどの IP アドレスを使うかはそのときどきで変わるため、接続がときどき失敗したり、遅くなったりします。すべての IP アドレスを調べないと気付きにくい障害です。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const dead = dividedServices(evidence, subject).flatMap((divided) =>
      divided.dead.filter(({ family }) => !deadFamily(divided, family)).map((contact) => ({ divided, contact })),
    );
    return grouped(dead, ({ divided, contact }) => `${divided.service.host} ${contact.address}`).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const services = group.map(({ divided }) => divided.service);
      const alive = aliveFamily(evidence, group);
      return [
        {
          detail: {
            host: first.divided.service.host,
            address: first.contact.address,
            good: [...new Set(group.flatMap(({ divided }) => divided.good.map(({ address }) => address)))],
            places: placesIn(services),
            ...(alive ? { aliveFamily: alive } : {}),
          },
          severity: 'warning' as const,
          confidence: 0.93,
          affects: services.map(targetOf),
          evidence: group.map(({ divided, contact }) => ({
            check: mailPort[divided.service.protocol],
            says: deadText(divided, contact),
          })),
        },
      ];
    });
  },
  candidates: ({ aliveFamily: alive }, subject) => (alive ? familyCandidates(alive, subject) : []),
  because: ({ host, address, good, places }, change) => {
    const way = familyDetourText(change);
    const where = placesText(places);
    return both(
      `${host} has several addresses; ${good.join(', ')} answers, ${address} does not (${where.en}). Connections that happen to use ${address} fail.${way.en}`,
      `${host} には複数の IP アドレスがあり、${good.join('、')} は応答しますが、${address} は応答しません（${where.ja}）。${address} が使われたときに接続が失敗します。${way.ja}`,
    );
  },
  steps: ({ host, address, places }, change) => [
    both(
      `Bring the server with the address ${address} back into service, or open its firewall.`,
      `IP アドレス ${address} のサーバーを復旧するか、そのファイアウォールを開けます。`,
    ),
    both(
      `Until then, let the administrator of the DNS remove ${address} from the records of ${host}.`,
      `それまでは、${host} のレコードから ${address} を外すよう、DNS の管理者に依頼します。`,
    ),
    ...familyDetourSteps(change),
    both(
      `Verify: nc -vz -w 5 ${address} ${places[0]?.port ?? ''}.`,
      `確認: nc -vz -w 5 ${address} ${places[0]?.port ?? ''} を実行し、接続できることを確認します。`,
    ),
  ],
});
