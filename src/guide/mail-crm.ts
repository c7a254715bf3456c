import type { Aim } from './area.ts';
import type { Engine } from './engine.ts';
import type { Walk } from './walk.ts';

const secretVariable = 'CRM_SECRET';

/** The CRM is asked itself; its own mail accounts are checked. */
export const fromCrm = async (walk: Walk, engine: Engine): Promise<Aim> => {
  const types = await walk.once('crm types', () => engine.crmTypes());
  const type = await walk.choose({
    id: 'crm.type',
    message: { en: 'Which CRM is it?', ja: 'どの CRM ですか？' },
    choices: types.map((value) => ({ value, name: value })),
  });
  const url = (
    await walk.text({
      id: 'crm.url',
      message: { en: 'The address of the CRM, as in the browser', ja: 'CRM の URL（ブラウザーで開くときのアドレス）' },
      wrong: (answer) =>
        /^https?:\/\/[^\s@]+$/u.test(answer.trim())
          ? undefined
          : {
              en: 'It begins with https:// and holds no login.',
              ja: 'https:// で始まるアドレスを入力してください（ログイン情報は含めません）。',
            },
    })
  ).trim();
  const username = await walk.text({
    id: 'crm.username',
    message: { en: 'Login name in the CRM', ja: 'CRM のログイン名' },
    empty: { en: 'none, or I do not know', ja: '不要、またはわからない' },
  });
  const database = await walk.text({
    id: 'crm.database',
    message: { en: 'Database or organisation', ja: 'データベース名（組織名）' },
    empty: { en: 'none, or I do not know', ja: '不要、またはわからない' },
  });
  const is = await walk.once('crm secret', () => engine.secretOf(type));
  const secret = await walk.secret({
    id: 'crm.secret',
    message: { en: `The ${is.en} (not shown, not saved)`, ja: `${is.ja}（表示も保存もしません）` },
    empty: { en: 'only what needs no login', ja: 'ログインなしで調べる' },
  });
  engine.give(secretVariable, secret);
  const file = await walk.once('draft', () =>
    engine.draft({
      crm: {
        type,
        url,
        ...(username.trim() === '' ? {} : { username: username.trim() }),
        ...(database.trim() === '' ? {} : { database: database.trim() }),
      },
    }),
  );
  return {
    area: 'mail',
    command: ['check', '--config', file],
    first: [],
    file,
    draft: true,
    repeat: 'crm-doctor check',
    needs: [secretVariable],
  };
};
