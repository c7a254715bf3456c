import type { Report, Vantage } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';

/** What a report says of the CRM's host beside this machine; the formats only lay it out. */
export interface VantageWords {
  readonly title: string;
  /** Absent where nothing could be run there. */
  readonly machine?: string;
  readonly says: string;
  readonly differences: readonly string[];
  /** Where each cause is seen, and its title. */
  readonly causes: readonly { readonly where: string; readonly cause: string; readonly title: string }[];
  readonly note: string;
}

/** `there`: the cause stands among the diagnoses, which are those of the CRM's host. */
const whereText = (host: string, seen: Vantage['causes'][number]['seen'], there: boolean): Text => {
  switch (seen) {
    case 'there':
      return { en: `only on ${host}`, ja: `${host} のみ` };
    case 'here':
      return { en: 'only here', ja: 'このマシンのみ' };
    case 'both':
      return { en: 'in both places', ja: '両方' };
    case 'not-compared':
      return there
        ? { en: `on ${host}, not looked at here`, ja: `${host}（このマシンでは未確認）` }
        : { en: `here, not looked at on ${host}`, ja: `このマシン（${host} では未確認）` };
  }
};

export const vantageWords = ({ vantage, diagnoses }: Report, language: Language): VantageWords | undefined => {
  if (!vantage) return undefined;
  const { host, machine, says, differences, causes, status } = vantage;
  const title: Text = { en: `${host} and this machine`, ja: `${host} とこのマシンの比較` };
  const note: Text =
    status === 'checked'
      ? {
          en: `What stands above was seen on ${host} and counts; logins and messages are made there only.`,
          ja: `上に示した結果は ${host} でのもので、判定もこれによります。ログインと送信は ${host} でのみ行いました。`,
        }
      : {
          en: `What stands above was seen on this machine, without logins; it says nothing certain of ${host}.`,
          ja: `上に示した結果はこのマシンでのもの（ログインなし）で、${host} でも同じとは限りません。`,
        };
  return {
    title: title[language],
    ...(machine ? { machine: [machine.system, `Node.js ${machine.node}`].join(', ') } : {}),
    says,
    differences: differences.map((one) => one.says),
    causes: causes.map(({ seen, cause, mailbox, affects, title: name }) => ({
      where: whereText(
        host,
        seen,
        diagnoses.some(
          (one) =>
            one.cause === cause && one.mailbox === mailbox && one.affects.some((target) => affects.includes(target)),
        ),
      )[language],
      cause,
      title: name,
    })),
    note: note[language],
  };
};
