import { comment, foundIsFine, type Install, onceArgs, same, shellQuoted, yamlQuoted } from './unit.ts';

const folder = '/etc/crm-doctor';
const state = '/var/lib/crm-doctor';
const name = 'crm-doctor-watch';

/** A volume for the state and a CronJob; configuration and secrets are referred to, never written out. */
export const install: Install = (unit) => {
  const { language, version, config, timeZone, tick, variables, secretFiles } = unit;
  const args = onceArgs(unit, { config: `${folder}/crm-doctor.yaml`, state });
  const head = comment(language, [
    {
      en: `Looks at what is due, every ${tick} minutes. Save this as crm-doctor-watch.yaml. Before it, once:`,
      ja: `${tick} 分ごとに、時間になった検査を行います。crm-doctor-watch.yaml として保存します。その前に一度だけ:`,
    },
    same(`  kubectl create configmap ${name} --from-file=crm-doctor.yaml=${shellQuoted(config)}`),
    ...(variables.length === 0
      ? []
      : [
          {
            en: `and of a file watch.env with a line NAME=value for each of ${variables.join(', ')}:`,
            ja: `また、${variables.join('、')} を 1 行に 1 つ、名前=値 の形で書いたファイル watch.env から:`,
          },
          same(`  kubectl create secret generic ${name} --from-env-file=watch.env`),
        ]),
    { en: 'Then:', ja: '次に:' },
    same('  kubectl apply -f crm-doctor-watch.yaml'),
    {
      en: 'Each run fetches crm-doctor from the npm registry; an image of your own that has it saves that (image and command below).',
      ja: '実行のたびに npm レジストリから crm-doctor を取得します。組み込んだイメージを用意すれば不要です（下の image と command）。',
    },
    {
      en: 'Log files of other machines are not in the pod: mount them, or leave them out of the configuration.',
      ja: 'ほかのマシンのログファイルは Pod にはありません。マウントするか、設定から外してください。',
    },
    ...(secretFiles.length === 0
      ? []
      : [
          {
            en: 'The configuration reads secrets from these files; mount them at the same place, or take them from environment variables instead:',
            ja: '設定ファイルは次の秘密のファイルを読み込みます。同じ場所にマウントするか、代わりに環境変数から読み込むようにしてください:',
          },
          ...secretFiles.map((file) => same(`  ${file}`)),
        ]),
  ]);
  const command = [
    '/bin/sh',
    '-c',
    `"$@" || ${foundIsFine}`,
    'watch',
    'npx',
    '--yes',
    `crm-doctor@${version}`,
    ...args,
  ];
  return `${head}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${name}
spec:
  schedule: ${yamlQuoted(`*/${tick} * * * *`)}
  timeZone: ${yamlQuoted(timeZone)}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: ${Math.max(60, tick * 60)}
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 0
      template:
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          securityContext:
            runAsNonRoot: true
            runAsUser: 1000
            runAsGroup: 1000
            fsGroup: 1000
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: crm-doctor
              image: node:22-slim
              command: [${command.map(yamlQuoted).join(', ')}]
              env:
                - { name: TZ, value: ${yamlQuoted(timeZone)} }
                - { name: HOME, value: /tmp }
${
  variables.length === 0
    ? ''
    : `              envFrom:
                - secretRef:
                    name: ${name}
`
}              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop: [ALL]
              resources:
                requests: { cpu: 50m, memory: 128Mi }
                limits: { memory: 512Mi }
              volumeMounts:
                - { name: config, mountPath: ${folder}, readOnly: true }
                - { name: state, mountPath: ${state} }
                - { name: tmp, mountPath: /tmp }
          volumes:
            - name: config
              configMap:
                name: ${name}
            - name: state
              persistentVolumeClaim:
                claimName: ${name}
            - name: tmp
              emptyDir: {}
`;
};
