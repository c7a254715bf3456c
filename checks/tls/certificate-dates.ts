import type { RuledOut } from '../../src/model/cause.ts';
import type { Certificate } from '../../src/model/tls-facts.ts';
import { grouped } from '../auth/grouped.ts';
import { both } from '../auth/words.ts';
import type { TlsView } from './views.ts';
import { dayOf } from './views.ts';

/** A certificate that several services may show. */
export interface Shown {
  readonly certificate: Certificate;
  readonly leaf: boolean;
  readonly views: readonly TlsView[];
}

/** The first certificate of each chain for which it holds, every one once however many services show it. */
export const shownWhere = (
  views: readonly TlsView[],
  holds: (certificate: Certificate, view: TlsView) => boolean,
): readonly Shown[] => {
  const found = views.flatMap((view) => {
    const certificate = view.done?.chain.find((one) => holds(one, view));
    return certificate ? [{ view, certificate }] : [];
  });
  return grouped(found, ({ certificate }) => certificate.fingerprint).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { certificate, view } = first;
    return [
      { certificate, leaf: view.leaf?.fingerprint === certificate.fingerprint, views: group.map((one) => one.view) },
    ];
  });
};

export const hasEnded = ({ notAfter }: Certificate, { fact }: TlsView): boolean =>
  Date.parse(notAfter) < Date.parse(fact.at);

export const hasNotBegun = ({ notBefore }: Certificate, { fact }: TlsView): boolean =>
  Date.parse(notBefore) > Date.parse(fact.at);

/** Another service whose certificate is valid at this moment: so the clock of this machine is not the fault. */
export const validElsewhere = (views: readonly TlsView[], shown: Shown): TlsView | undefined =>
  views.find(
    (view) =>
      view.leaf &&
      view.leaf.fingerprint !== shown.certificate.fingerprint &&
      !hasEnded(view.leaf, view) &&
      !hasNotBegun(view.leaf, view),
  );

export const clockIsRight = (views: readonly TlsView[], shown: Shown): readonly RuledOut[] => {
  const other = validElsewhere(views, shown);
  if (!other?.leaf) return [];
  const { host, port } = other.service;
  const until = dayOf(other.leaf.notAfter);
  return [
    {
      cause: 'clock.skewed',
      check: other.check,
      says: both(
        `the certificate of ${host}:${port} is valid at this moment (until ${until})`,
        `${host}:${port} の証明書は現時点で有効です（${until} まで）`,
      ),
    },
  ];
};
