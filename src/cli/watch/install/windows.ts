import { comment, type Install, onceArgs, same } from './unit.ts';

/** Text of an element. All in ASCII: a PowerShell that redirects takes UTF-8 for something else. */
const escaped = (text: string): string =>
  [...text]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      return code > 0x7e || '<>&"\''.includes(sign) ? `&#${code};` : sign;
    })
    .join('');

/** CommandLineToArgvW: backslashes count only before a quote. */
const argument = (text: string): string =>
  /^[\w:./\\@=-]+$/.test(text) && !text.endsWith('\\')
    ? text
    : `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;

/** A task of the Task Scheduler; elements in the order in which it writes them itself. */
export const install: Install = (unit) => {
  const { language, node, script, config, state, user, envFile, tick, jitterMs, variables } = unit;
  const args = [
    ...(variables.length > 0 ? [`--env-file=${envFile}`] : []),
    script,
    ...onceArgs(unit, { config, state }),
  ];
  const secrets = {
    en: `Secrets are read from ${envFile}, one NAME=value a line: ${variables.join(', ')}. Let only this user read it.`,
    ja: `秘密の値は ${envFile} から読み込みます（1 行に 1 つ、名前=値）: ${variables.join('、')}。このユーザーだけが読めるようにしてください。`,
  }[language];
  const about = {
    en: `Looks at what is due, every ${tick} minutes.`,
    ja: `${tick} 分ごとに、時間になった検査を行います。`,
  }[language];
  const delay = Math.min(Math.round(jitterMs / 1000), tick * 30);
  // Two hyphens must not stand in a comment of XML, so flags are described by their words.
  const head = comment(
    language,
    [
      {
        en: 'Save this as crm-doctor-watch.xml, and in a command prompt of the administrator:',
        ja: 'crm-doctor-watch.xml として保存し、管理者のコマンド プロンプトで次を実行します:',
      },
      same('  schtasks /Create /TN "crm-doctor watch" /XML crm-doctor-watch.xml /F'),
      { en: 'Remove:', ja: '削除:' },
      same('  schtasks /Delete /TN "crm-doctor watch" /F'),
      {
        en: 'The time zone of the configuration (watch: timeZone) is followed; the times of this task are those of the machine.',
        ja: '検査の時刻は設定ファイルのタイムゾーン（watch: timeZone）に従います。タスクの時刻はこのマシンのものです。',
      },
    ],
    ' ',
  );
  return `<?xml version="1.0"?>
<!--
${head}
-->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escaped(variables.length > 0 ? `${about} ${secrets}` : about)}</Description>
    <URI>\\crm-doctor watch</URI>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT${tick}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>${delay > 0 ? `\n      <RandomDelay>PT${delay}S</RandomDelay>` : ''}
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${escaped(user)}</UserId>
      <LogonType>S4U</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escaped(node)}</Command>
      <Arguments>${escaped(args.map(argument).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
};
