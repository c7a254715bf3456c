import type { SourceKit, SourceReply } from '../../model/sync/source.ts';
import type { SideConfig } from '../../model/sync/subject.ts';
import type { OpenCrm } from '../../world/crm.ts';

/** Opens a side by what it is; the driver is read when it is needed. */
export const openSide = async (
  side: SideConfig,
  kit: SourceKit,
  crm: Pick<OpenCrm, 'records' | 'ask' | 'product' | 'traffic'>,
  signal: AbortSignal,
): Promise<SourceReply> => {
  switch (side.kind) {
    case 'file':
      return (await import('../../sync/file.source.ts')).fileSource.open(side, kit, signal);
    case 'database':
      return (await import('../../sync/database.source.ts')).databaseSource.open(side, kit, signal);
    case 'crm':
      return (await import('../../sync/crm.source.ts')).crmSource(crm).open(side, kit, signal);
  }
};
