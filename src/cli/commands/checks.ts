import type { Command } from 'commander';
import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { renderOptions } from '../session.ts';

interface Row {
  readonly id: string;
  readonly title: Text;
}

const distinct = (rows: readonly Row[]): readonly Row[] =>
  rows.filter(({ id }, index) => rows.findIndex((row) => row.id === id) === index);

const checkWords: Readonly<Record<string, Text>> = {
  'mail.config': { en: 'The settings are well-formed', ja: '設定値が正しい形をしている' },
  'mail.dns': { en: 'Host names and mail records resolve', ja: 'ホスト名とメール用レコードの名前解決ができる' },
  'mail.port': { en: 'The ports answer', ja: 'ポートが応答する' },
  'mail.tls': {
    en: 'The connections are encrypted and the servers are the right ones',
    ja: '通信が暗号化され、サーバーが本物である',
  },
};

export const command: CommandModule = {
  name: 'checks',
  usage: '',
  order: 90,
  summary: { en: 'list the checks and causes', ja: '検査と原因の一覧を表示する' },
  examples: ['crm-doctor checks', 'crm-doctor checks --json'],
  configure: (checks: Command, context, done) => {
    addCommonFlags(checks, context.language);
    checks.action(async () => {
      const flags = checks.opts<CommonFlags>();
      const { allCauses, allChecks } = await import('../../../checks/registry.ts');
      const { language, io } = context;
      const titled = (id: string, title: Text): Row => ({ id, title: checkWords[id] ?? title });
      const lists = {
        checks: distinct(allChecks.map(({ id, title }) => titled(id, title))),
        causes: distinct(allCauses.map(({ id, title }) => ({ id, title }))).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      };
      if (flags.json) {
        const plain = (rows: readonly Row[]) => rows.map(({ id, title }) => ({ id, title: title[language] }));
        io.out.write(`${JSON.stringify({ checks: plain(lists.checks), causes: plain(lists.causes) }, null, 2)}\n`);
        done(0);
        return;
      }
      const { columns } = renderOptions(flags, context);
      const idWidth = Math.max(...[...lists.checks, ...lists.causes].map(({ id }) => width(id))) + 2;
      const headings: Readonly<Record<keyof typeof lists, Text>> = {
        checks: { en: 'Checks', ja: '検査' },
        causes: { en: 'Causes', ja: '原因' },
      };
      for (const kind of ['checks', 'causes'] as const) {
        io.out.write(`${headings[kind][language]} (${lists[kind].length})\n`);
        for (const { id, title } of lists[kind]) {
          const beside = columns - idWidth - 2 >= 24;
          const [first = '', ...more] = wrap(title[language], beside ? columns - idWidth - 2 : columns - 4);
          if (beside) io.out.write(`  ${pad(id, idWidth)}${first}\n`);
          else io.out.write(`  ${id}\n    ${first}\n`);
          for (const line of more) io.out.write(`${' '.repeat(beside ? idWidth + 2 : 4)}${line}\n`);
        }
        io.out.write('\n');
      }
      done(0);
    });
  },
};
