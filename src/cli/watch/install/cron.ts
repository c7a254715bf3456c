import { comment, type Install, onceArgs, same, shellQuoted } from './unit.ts';

const mark = '# crm-doctor-watch';

/** A line for a user's own crontab. */
export const install: Install = (unit) => {
  const { language, node, script, config, state, timeZone, envFile, tick, variables } = unit;
  const command = [
    `TZ=${shellQuoted(timeZone)}`,
    shellQuoted(node),
    ...(variables.length > 0 ? [`--env-file=${shellQuoted(envFile)}`] : []),
    shellQuoted(script),
    ...onceArgs(unit, { config, state }).map(shellQuoted),
    // What it finds is told by notifications; cron mails what is said on standard error.
    '>/dev/null',
  ].join(' ');
  const lines = comment(
    language,
    [
      {
        en: `looks at what is due, every ${tick} minutes. Install (again and again, it stays one):`,
        ja: `${tick} 分ごとに、時間になった検査を行います。導入（何度行っても 1 つだけになります）:`,
      },
      same(`  { crontab -l 2>/dev/null | grep -v '${mark}'; crm-doctor watch --install cron; } | crontab -`),
      { en: 'Remove:', ja: '削除:' },
      same(`  crontab -l | grep -v '${mark}' | crontab -`),
      ...(variables.length === 0
        ? []
        : [
            {
              en: `Secrets are read from ${envFile} (make it mode 0600), one NAME=value a line; without the file nothing runs:`,
              ja: `秘密の値は ${envFile}（権限を 0600 にする）から読み込みます。1 行に 1 つ、名前=値 の形です。ファイルがないと動きません:`,
            },
            ...variables.map((one) => same(`  ${one}=`)),
          ]),
    ],
    `${mark}:`,
  );
  // crontab(5): a percent sign is a line break unless it is escaped.
  return `${lines}\n*/${tick} * * * * ${command.replaceAll('%', '\\%')} ${mark}\n`;
};
