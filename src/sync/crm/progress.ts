import type { CrmRecordPage, CrmTraffic } from '../../model/crm/connector.ts';
import type { CameOver, Expected, SourceKit } from '../../model/sync/source.ts';

type Page = Extract<CrmRecordPage, { kind: 'page' }>;

/** So often it is told how far it is while no page comes. */
const everyMs = 1_000;

/** Tells how far reading the records of a CRM is. */
export interface Watch {
  readonly page: (page: Page) => void;
  readonly end: () => void;
  /** What the first page let expect, where it said how many records there are. */
  readonly expected: () => Expected;
  readonly came: () => CameOver;
}

const nothing: CrmTraffic = { requests: 0, bytes: 0, waits: 0, waitedMs: 0, waiting: false };

/** The first page tells how much is to come: by the number of all records, and by its own size. */
const expectedOf = ({ records, total }: Page, { requests, bytes }: CameOver): Expected => {
  if (total === undefined) return {};
  const share = records.length === 0 ? 0 : total / records.length;
  return {
    rows: total,
    ...(bytes === undefined || bytes === 0 ? {} : { bytes: Math.round(bytes * Math.max(1, share)) }),
    ...(requests === undefined || share === 0 ? {} : { requests: requests - 1 + Math.ceil(share) }),
  };
};

export const watch = (traffic: () => CrmTraffic | undefined, told: SourceKit['told']): Watch => {
  const before = traffic() ?? nothing;
  let rows = 0;
  let expected: Expected | undefined;
  const came = (): CameOver => {
    const now = traffic();
    if (!now) return { rows };
    const waits = now.waits - before.waits;
    return {
      rows,
      bytes: now.bytes - before.bytes,
      requests: now.requests - before.requests,
      ...(waits > 0 ? { waits, waitedMs: now.waitedMs - before.waitedMs } : {}),
    };
  };
  const tell = (): void => {
    const of = expected?.rows;
    const waiting = traffic()?.waiting === true;
    told?.({ kind: 'came', came: came(), ...(of === undefined ? {} : { of }), ...(waiting ? { waiting } : {}) });
  };
  // While the service wants to be left alone no page comes.
  const tick = told && setInterval(tell, everyMs);
  tick?.unref();
  return {
    page: (page) => {
      rows += page.records.length;
      if (!expected) {
        expected = expectedOf(page, came());
        told?.({ kind: 'expected', expected });
      }
      tell();
    },
    end: () => clearInterval(tick),
    expected: () => expected ?? {},
    came,
  };
};
