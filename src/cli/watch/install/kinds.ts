/** What a unit can be printed for; each is a file of this folder. */
export const installKinds = ['systemd', 'cron', 'windows', 'github-actions', 'kubernetes'] as const;

export type InstallKind = (typeof installKinds)[number];
