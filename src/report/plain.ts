import { valueWord } from '../i18n/value-word.ts';
import type { Diagnosis } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { nameOf } from './grouping.ts';
import { isClaimed, labels, lastTime, ownerWords, proofWords, withConfidence } from './words.ts';

/** A diagnosis as plain lines without layout, for formats that carry one text a finding. Not escaped yet. */
export const plainDiagnosis = (diagnosis: Diagnosis, language: Language): readonly string[] => {
  const { title, cause, explanation, confidence, evidence, fix, proof, verify } = diagnosis;
  return [
    `${title} [${cause}]`,
    withConfidence(explanation, confidence, language),
    ...evidence.map(({ check, target, says }) => `${nameOf({ id: check, target })}: ${says}`),
    `${labels.fix[language]}: ${ownerWords[fix.owner][language]}`,
    ...fix.steps.map((step, index) => `${index + 1}. ${step}`),
    ...fix.change.map(
      ({ path, from, to }) =>
        `${labels.change[language]}: ${path} ${valueWord(from, 'from', language)} -> ${valueWord(to, 'to', language)}`,
    ),
    ...(isClaimed(diagnosis)
      ? [
          `${labels.proof[language]}: ${[proofWords[proof.status][language], proof.says].filter((part) => part !== '').join(': ')}`,
        ]
      : []),
    `${labels.verify[language]}: ${verify}`,
    ...lastTime(diagnosis, language),
  ];
};
