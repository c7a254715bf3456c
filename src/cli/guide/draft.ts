import { newConfigText } from '../../config/new-config.ts';
import { newCrmConfigText } from '../../config/new-crm-config.ts';
import type { GuideCrm, GuideMailbox } from '../../guide/engine.ts';
import type { Language, Text } from '../../model/text.ts';

const byHand: Text = { en: 'as entered in the guide', ja: 'ガイドで入力した値' };

/** The text of a configuration from what a person answered. */
export const draftText = (
  { mailbox, crm }: { readonly mailbox?: GuideMailbox; readonly crm?: GuideCrm },
  { at, ca, language }: { readonly at: string; readonly ca?: string; readonly language: Language },
): string => {
  if (crm) {
    const { type, url, username, database } = crm;
    const config = {
      type,
      url,
      secret: { secret: 'crm.secret' },
      ...(username === undefined ? {} : { username }),
      ...(database === undefined ? {} : { database }),
    };
    return newCrmConfigText({ crm: config, secretVariable: 'CRM_SECRET', mailboxes: [], at }, language);
  }
  if (!mailbox) throw new Error('a draft of nothing');
  const { address, username, password, services } = mailbox;
  return newConfigText(
    {
      address,
      ...(username === undefined ? {} : { username }),
      ...(password ? { password: { kind: 'variable', name: 'MAIL_PASSWORD' } } : {}),
      ...(ca === undefined ? {} : { ca }),
      services: services.map(({ protocol, host, port, security, from }) => ({
        protocol,
        host,
        port,
        security,
        ground: from ?? byHand,
      })),
      at,
      notes: [],
    },
    language,
  );
};
