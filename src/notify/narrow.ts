import type { ChannelConfig } from '../model/notify.ts';
import { fits } from '../reason/file-glob.ts';
import type { Item, Notice, StateNotice } from './notice.ts';
import { isAtLeast } from './problem.ts';

type Filter = Pick<ChannelConfig, 'atLeast' | 'kinds' | 'mailboxes' | 'tenants'>;
type TenantOf = (mailbox: string) => string | undefined;

const isMeant = ({ mailboxes, tenants }: Filter, tenantOf: TenantOf, mailbox: string): boolean => {
  const tenant = tenantOf(mailbox);
  return (
    (mailboxes?.some((glob) => fits(mailbox, glob)) ?? true) &&
    (tenants?.some((glob) => tenant !== undefined && fits(tenant, glob)) ?? true)
  );
};

/** How many others have it is nobody's business who is told of some. */
const narrowedItem = (item: Item, filter: Filter, tenantOf: TenantOf): Item | undefined => {
  const mailboxes = item.mailboxes.filter((one) => isMeant(filter, tenantOf, one));
  if (mailboxes.length === 0) return undefined;
  if (mailboxes.length === item.mailboxes.length) return item;
  const { of: _, ...rest } = item;
  return { ...rest, mailboxes, count: mailboxes.length };
};

const narrowedState = (notice: StateNotice, filter: Filter, tenantOf: TenantOf): StateNotice | undefined => {
  const item = narrowedItem(notice.item, filter, tenantOf);
  return item && (item === notice.item ? notice : { ...notice, item });
};

/** What of a notice is for a channel; undefined: nothing. A test is for whoever is asked. */
export const narrowed = (notice: Notice, filter: Filter, tenantOf: TenantOf = () => undefined): Notice | undefined => {
  if (notice.kind === 'test') return notice;
  if (!isAtLeast(notice.severity, filter.atLeast)) return undefined;
  if (filter.kinds && !filter.kinds.includes(notice.kind)) return undefined;
  if (!filter.mailboxes && !filter.tenants) return notice;
  switch (notice.kind) {
    case 'own-failure':
      return notice;
    case 'drift':
      return notice.mailbox === undefined || isMeant(filter, tenantOf, notice.mailbox) ? notice : undefined;
    case 'digest': {
      const held = notice.held.flatMap((one) => {
        const kept = narrowedState(one.notice, filter, tenantOf);
        return kept ? [{ ...one, notice: kept }] : [];
      });
      return held.length === 0 ? undefined : { ...notice, held, more: 0 };
    }
    default:
      return narrowedState(notice, filter, tenantOf);
  }
};
