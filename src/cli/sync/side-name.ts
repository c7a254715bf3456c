import type { SideConfig } from '../../model/sync/subject.ts';
import { printable } from './printable.ts';

/** A side in one line, without a password. */
export const sideName = (side: SideConfig): string => {
  switch (side.kind) {
    case 'file':
      return printable(side.file);
    case 'database':
      return printable(side.table ?? side.url);
    case 'crm':
      return printable(`${side.type} of ${side.crm.label}`);
  }
};
