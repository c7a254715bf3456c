import type { Told } from '../../src/model/sync/cause.ts';
import type { Text } from '../../src/model/text.ts';

/** `all 620 missing and all 610 extra records`: what a cause tells of records that are on one side only. */
export const loneRecords = ({ explained, shareOf }: Told): Text => {
  const shares = (['missing', 'extra'] as const).flatMap((population) => {
    const one = explained.find((found) => found.population === population);
    return one ? [{ population, share: shareOf(one) }] : [];
  });
  return {
    en: `${shares.map(({ population, share }) => `${share.en} ${population}`).join(' and ')} records`,
    ja: shares
      .map(({ population, share }) => `${population === 'missing' ? '不足レコード' : '余分なレコード'} ${share.ja}`)
      .join('と'),
  };
};
