import type { Language } from '../../model/text.ts';
import type { Sample, SimulatedSample } from '../../model/workflow/sample.ts';
import { meaningOf } from './log-messages.ts';

/** What the CRM's log said of an execution, with what it means. */
export const observedOf = ({ observed }: Sample, language: Language): Pick<SimulatedSample, 'observed'> => {
  if (!observed) return {};
  const meaning = observed.message === undefined ? undefined : meaningOf(observed.message);
  return {
    observed: {
      ...observed,
      ...(meaning ? { explained: meaning.says[language], rules: meaning.rules.map((rule) => `workflow.${rule}`) } : {}),
    },
  };
};

const noRecord = {
  en: 'the line has no record, so it could not be replayed',
  ja: 'レコードがない行のため、再現していません',
};

/** A line of a log that can only be explained. */
export const explainedOnly = (sample: Sample, language: Language): SimulatedSample => ({
  name: sample.name,
  status: 'unknown',
  because: noRecord[language],
  steps: [],
  record: null,
  written: [],
  mails: [],
  ...observedOf(sample, language),
});
