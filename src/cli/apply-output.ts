import { visible } from '../i18n/visible.ts';
import type { Text } from '../model/text.ts';
import type { Context } from './command.ts';

/** A context whose standard output is kept back until `release`; without it nothing of it is ever seen. */
export const held = (context: Context): { readonly context: Context; readonly release: () => void } => {
  const { out } = context.io;
  let kept = '';
  return {
    context: {
      ...context,
      io: {
        ...context.io,
        out: {
          write: (text) => {
            kept += text;
          },
          isTTY: out.isTTY,
          columns: out.columns,
        },
      },
    },
    release: () => {
      if (kept !== '') out.write(kept);
      kept = '';
    },
  };
};

/** One sentence on stderr. */
export const tell = (text: Text, { io, language }: Context): void => {
  io.err.write(`crm-doctor: ${visible(text[language])}\n`);
};
