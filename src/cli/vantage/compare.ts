import type { CheckReport, CheckStatus, Report, Vantage, VantageDifference } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import { statusWords } from '../../report/words.ts';
import type { Findings } from './reading.ts';

const looked: readonly CheckStatus[] = ['pass', 'warn', 'fail'];

const works = (status: CheckStatus): boolean => status !== 'fail';

const keyOf = ({ id, mailbox, target }: Pick<CheckReport, 'id' | 'mailbox' | 'target'>): string =>
  JSON.stringify([id, mailbox, target]);

const differenceText = (host: string, here: CheckReport, there: CheckReport): Text => {
  const { target } = there;
  if (works(here.status) && !works(there.status)) {
    return {
      en: `${target} works from here; from ${host}: ${there.summary}`,
      ja: `${target} は、ここからは問題ありませんが、${host} からは異常です: ${there.summary}`,
    };
  }
  if (!works(here.status) && works(there.status)) {
    return {
      en: `${target} works from ${host}; from here: ${here.summary}`,
      ja: `${target} は、${host} からは問題ありませんが、ここからは異常です: ${here.summary}`,
    };
  }
  const [mine, theirs] = [statusWords[here.status], statusWords[there.status]];
  return {
    en: `${target}: ${mine.en} from here (${here.summary}), ${theirs.en} from ${host} (${there.summary})`,
    ja: `${target}: ここからは${mine.ja}（${here.summary}）、${host} からは${theirs.ja}（${there.summary}）です`,
  };
};

const differencesOf = (
  host: string,
  here: Report,
  there: Findings,
  language: Language,
): readonly VantageDifference[] => {
  const mine = new Map(here.checks.map((check) => [keyOf(check), check]));
  return there.checks.flatMap((check): readonly VantageDifference[] => {
    const own = mine.get(keyOf(check));
    if (!own || own.status === check.status || !looked.includes(own.status) || !looked.includes(check.status))
      return [];
    return [
      {
        check: check.id,
        mailbox: check.mailbox,
        target: check.target,
        here: { status: own.status, summary: own.summary },
        there: { status: check.status, summary: check.summary },
        says: differenceText(host, own, check)[language],
      },
    ];
  });
};

const overlap = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((target) => other.includes(target));

/** Whether everything that shows a cause was looked at in the other place as well. */
const lookedAt = ({ evidence, mailbox }: Report['diagnoses'][number], checks: readonly CheckReport[]): boolean =>
  evidence.length > 0 &&
  evidence.every(({ check, target }) =>
    checks.some(
      (other) =>
        other.id === check && other.mailbox === mailbox && other.target === target && looked.includes(other.status),
    ),
  );

const causesOf = (here: Report, there: Findings): Vantage['causes'] => {
  const same = (one: Report['diagnoses'][number], other: Report['diagnoses'][number]): boolean =>
    one.cause === other.cause && one.mailbox === other.mailbox && overlap(one.affects, other.affects);
  const told = ({ cause, mailbox, title, affects }: Report['diagnoses'][number]) => ({
    cause,
    mailbox,
    title,
    affects,
  });
  return [
    ...there.diagnoses.map((diagnosis) => ({
      ...told(diagnosis),
      seen: here.diagnoses.some((own) => same(own, diagnosis))
        ? ('both' as const)
        : lookedAt(diagnosis, here.checks)
          ? ('there' as const)
          : ('not-compared' as const),
    })),
    ...here.diagnoses
      .filter((own) => !there.diagnoses.some((diagnosis) => same(own, diagnosis)))
      .map((own) => ({
        ...told(own),
        seen: lookedAt(own, there.checks) ? ('here' as const) : ('not-compared' as const),
      })),
  ];
};

const verdictText = (host: string, { differences, causes }: Pick<Vantage, 'differences' | 'causes'>): Text => {
  const onlyThere = causes.filter(({ seen }) => seen === 'there');
  const onlyHere = causes.filter(({ seen }) => seen === 'here');
  const [first] = onlyThere;
  if (first && onlyThere.length < causes.filter(({ seen }) => seen !== 'not-compared').length) {
    return {
      en: `${host} has trouble of its own, which this machine does not have: ${first.title}.`,
      ja: `${host} には、このマシンにはない異常があります: ${first.title}。`,
    };
  }
  if (first) {
    return {
      en: `Only ${host} has this trouble, not this machine: what is wrong lies with ${host} or on its way to the mail server.`,
      ja: `異常があるのは ${host} だけで、このマシンにはありません。原因は ${host} か、そこからメールサーバーまでの経路にあります。`,
    };
  }
  if (onlyHere.length > 0 && causes.length === onlyHere.length) {
    return {
      en: `Only this machine has trouble; ${host}, which counts, has none of it.`,
      ja: `異常があるのはこのマシンだけです。判定の対象である ${host} では起きていません。`,
    };
  }
  if (differences.length > 0 || onlyHere.length > 0) {
    return {
      en: `${host} and this machine do not see the same.`,
      ja: `${host} とこのマシンとで、結果が違う項目があります。`,
    };
  }
  const open = causes.find(({ seen }) => seen === 'not-compared');
  if (open) {
    return {
      en: `Whatever both looked at is the same on ${host} and here; one of them alone looked at this: ${open.title}.`,
      ja: `両方で調べた項目の結果は ${host} もこのマシンも同じです。片方だけで調べた異常があります: ${open.title}。`,
    };
  }
  return causes.length > 0
    ? {
        en: `${host} and this machine see the same: what is wrong does not depend on where the CRM stands.`,
        ja: `${host} とこのマシンの結果は同じです。原因は CRM の設置場所とは関係ありません。`,
      }
    : {
        en: `Whatever both looked at is the same on ${host} and here.`,
        ja: `両方で調べた項目の結果は、${host} もこのマシンも同じです。`,
      };
};

/** What the CRM's host sees that this machine does not, and the other way round. */
export const compared = (
  place: Pick<Vantage, 'url' | 'host'>,
  here: Report,
  there: Findings,
  machine: NonNullable<Vantage['machine']>,
): Vantage => {
  const { language } = here.run;
  const differences = differencesOf(place.host, here, there, language);
  const causes = causesOf(here, there);
  return {
    ...place,
    status: 'checked',
    says: verdictText(place.host, { differences, causes })[language],
    machine,
    here: { status: here.status, summary: here.summary },
    differences,
    causes,
  };
};
