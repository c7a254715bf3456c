import type { Text } from '../../model/text.ts';

/** Tryton 6.0 has no Japanese translation, so its screens are in English everywhere. */
export const administration: Text = {
  en: 'a user in the group Administration (Administration > Users > Users > the user > Access Permissions)',
  ja: 'Administration グループのユーザー（Administration > Users > Users > ユーザー > Access Permissions で追加します）',
};

export const schedulerMenu = 'Administration > Scheduler > Actions';
export const triggersMenu = 'Administration > Models > Triggers';
export const scenariosMenu = 'Marketing > Scenarios';

export const menu = (path: string): Text => ({ en: path, ja: path });

/** More rows than are asked for. */
export const onlyFirst = (what: Text, most: number): Text => ({
  en: `only the first ${most} ${what.en}`,
  ja: `${what.ja}は最初の ${most} 件だけです`,
});
