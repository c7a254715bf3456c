import { comment, type Install, onceArgs, same, shellQuoted } from './unit.ts';

/** Of the system and not of a user's home: systemd reads it before it gives up its rights. */
const envFile = '/etc/crm-doctor/watch.env';
const name = 'crm-doctor-watch';

/** systemd.syntax(7), systemd.unit(5): quotes, C escapes and specifiers. */
const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;

/** systemd.service(5): in a command line a variable too. */
const argument = (text: string): string => quoted(text).replaceAll('$', '$$$$');

const inTmp = (path: string): boolean => /^(?:\/var)?\/tmp\//.test(path);

/** A shell script that writes a service and its timer, both in full. */
export const install: Install = (unit) => {
  const { language, node, script, config, state, timeZone, user, tick, jitterMs, variables, writes } = unit;
  const paths = [node, script, config, state, ...writes];
  const exec = [node, script, ...onceArgs(unit, { config, state })].map(argument).join(' ');
  const description = { en: 'crm-doctor: looks at what is due', ja: 'crm-doctor: 時間になった検査を行う' }[language];
  const service = [
    '[Unit]',
    `Description=${description}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${exec}`,
    // Found problems are told by notifications; they are no fault of the service.
    'SuccessExitStatus=1',
    `User=${user}`,
    `Environment=${quoted(`TZ=${timeZone}`)}`,
    ...(variables.length > 0 ? [`EnvironmentFile=${envFile}`] : []),
    'UMask=0077',
    'Nice=5',
    'NoNewPrivileges=yes',
    // Root without any right cannot even read the files of another user.
    `CapabilityBoundingSet=${user === 'root' ? 'CAP_DAC_READ_SEARCH' : ''}`,
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    `ReadWritePaths=${[quoted(state), ...writes.map((path) => quoted(`-${path}`))].join(' ')}`,
    `PrivateTmp=${paths.some(inTmp) ? 'no' : 'yes'}`,
    'PrivateDevices=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'LockPersonality=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallErrorNumber=EPERM',
    // MemoryDenyWriteExecute is left out: Node.js compiles at run time.
  ];
  const timer = [
    '[Unit]',
    `Description=${{ en: `crm-doctor: every ${tick} minutes`, ja: `crm-doctor: ${tick} 分ごと` }[language]}`,
    '',
    '[Timer]',
    `OnCalendar=*:0/${tick}`,
    'AccuracySec=1s',
    ...(jitterMs > 0
      ? [`RandomizedDelaySec=${Math.min(Math.round(jitterMs / 1000), tick * 30)}`, 'FixedRandomDelay=yes']
      : []),
    'Persistent=yes',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ];
  const filled = variables.map((one) => `grep -q '^${one}=.' "$env"`).join(' && ');
  const say = {
    root: {
      en: 'this writes units of the system; run it as root, such as by: crm-doctor watch --install systemd | sudo sh',
      ja: 'システムのユニットを書き込むため、root で実行してください（例: crm-doctor watch --install systemd | sudo sh）',
    }[language],
    fill: {
      en: `${envFile} needs a value for each name; write them, then run this again`,
      ja: `${envFile} の各行に値を書いてから、もう一度実行してください`,
    }[language],
  };
  return `#!/bin/sh
${comment(language, [
  {
    en: `crm-doctor looks at what is due, every ${tick} minutes, by a timer of systemd.`,
    ja: `systemd のタイマーにより、${tick} 分ごとに、時間になった検査を行います。`,
  },
  {
    en: 'Install:   crm-doctor watch --install systemd | sudo sh',
    ja: '導入:     crm-doctor watch --install systemd | sudo sh',
  },
  {
    en: 'Only the files, into a directory of your own:   … | UNITS=/tmp/units sh',
    ja: 'ファイルだけを好きなフォルダーに書く:   … | UNITS=/tmp/units sh',
  },
  {
    en: `Follow:    systemctl list-timers ${name}.timer; journalctl -u ${name}`,
    ja: `状況:     systemctl list-timers ${name}.timer; journalctl -u ${name}`,
  },
  {
    en: `Remove:    systemctl disable --now ${name}.timer; rm /etc/systemd/system/${name}.*`,
    ja: `削除:     systemctl disable --now ${name}.timer; rm /etc/systemd/system/${name}.*`,
  },
  ...(variables.length === 0
    ? []
    : [
        {
          en: `Secrets are read from ${envFile} (mode 0600), one NAME=value a line:`,
          ja: `秘密の値は ${envFile}（権限 0600）から読み込みます。1 行に 1 つ、名前=値 の形です:`,
        },
        ...variables.map((one) => same(`  ${one}=`)),
      ]),
])}
set -eu
units="\${UNITS:-/etc/systemd/system}"
if [ -z "\${UNITS:-}" ]; then
  if [ "$(id -u)" != 0 ]; then echo ${shellQuoted(say.root)} >&2; exit 1; fi
  [ -d ${shellQuoted(state)} ] || install -d -m 0700 -o ${shellQuoted(user)} ${shellQuoted(state)}
${
  variables.length === 0
    ? ''
    : `  env=${envFile}
  if [ ! -e "$env" ]; then
    install -d -m 0755 "$(dirname "$env")"
    (umask 077; printf '%s\\n' ${variables.map((one) => `${one}=`).join(' ')} > "$env")
  fi
  if ! { ${filled}; }; then echo ${shellQuoted(say.fill)} >&2; exit 1; fi
`
}fi
mkdir -p "$units"
cat > "$units/${name}.service" <<'UNIT'
${service.join('\n')}
UNIT
cat > "$units/${name}.timer" <<'UNIT'
${timer.join('\n')}
UNIT
if [ -z "\${UNITS:-}" ]; then
  systemctl daemon-reload
  systemctl enable --now ${name}.timer
fi
`;
};
