import type { Cut, Inner } from './dialect.ts';
import { messageIdIn } from './dialect.ts';
import { dovecotInner } from './dovecot.dialect.ts';
import { eximInner } from './exim.dialect.ts';
import { postfix } from './postfix.dialect.ts';

const inners: readonly Inner[] = [postfix, dovecotInner, eximInner];

/** A line of syslog or journald, read further as its program writes. */
export const refinedByProgram = (cut: Cut): Cut => {
  const inner = inners.find(({ programs }) => programs.test(cut.program));
  return inner ? inner.refine(cut) : { ...cut, ...messageIdIn(cut.text) };
};
