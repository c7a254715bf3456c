/** Python of the lab: what can only be done to a Tryton database from inside, or from behind. */

/** Fills a new database with a small company: some parties, one notification, two triggers. The configuration is its argument. */
export const prepareScript = `import sys

from trytond.config import config

config.update_etc(sys.argv[1])

from trytond.pool import Pool
from trytond.transaction import Transaction

Pool.start()
pool = Pool('crm')
pool.init()

with Transaction().start('crm', 1, context={'_skip_warnings': True}) as transaction:
    Party = pool.get('party.party')
    Report = pool.get('ir.action.report')
    Field = pool.get('ir.model.field')
    Model = pool.get('ir.model')
    Notification = pool.get('notification.email')
    Trigger = pool.get('ir.trigger')

    # Before there is a trigger, so that nothing is sent.
    Party.create([
        {'name': f'Customer {number}', 'contact_mechanisms': [('create', [
            {'type': 'email', 'value': f'c{number}@kaisha.test'}, {'type': 'phone', 'value': '+81 3 1234 5678'}])]}
        for number in range(1, 8)])
    report, = Report.create([{
        'name': 'New customer', 'model': 'party.party', 'report_name': 'party.welcome', 'template_extension': 'txt',
        'report_content_custom': b'A customer was entered.'}])
    owner, = Field.search([('model.model', '=', 'party.party'), ('name', '=', 'create_uid')])
    party, = Model.search([('model', '=', 'party.party')])
    notification, = Notification.create([{'content': report.id, 'recipients': owner.id, 'subject': 'New customer'}])
    common = {'model': party.id, 'action': 'notification.email|trigger', 'notification_email': notification.id}
    Trigger.create([
        {**common, 'name': 'New customer', 'on_create': True, 'condition': 'true'},
        {**common, 'name': 'Old rule', 'on_write': True, 'active': False,
         'condition': '{"__class__": "Equal", "s1": {"__class__": "Get", "v": {"__class__": "Eval", "v": "self", "d": {}},'
                      ' "k": "code", "d": ""}, "s2": "7"}'},
    ])
    transaction.commit()
`;

/** Brings a copy of it into the state that a case asks for: JSON on stdin, the file as argument. */
export const editScript = `import datetime
import json
import sqlite3
import sys

from passlib.context import CryptContext

wanted = json.load(sys.stdin)
database = sqlite3.connect(sys.argv[1])
# Few rounds: these passwords guard nothing, and each login waits for them.
crypt = CryptContext(schemes=['pbkdf2_sha512'], pbkdf2_sha512__default_rounds=1000)
now = datetime.datetime.utcnow()


def hours(number):
    return str(now + datetime.timedelta(hours=number))


database.execute('UPDATE res_user SET login = ?, password_hash = ? WHERE id = 1', (wanted['login'], crypt.hash(wanted['password'])))
for number, login in enumerate(wanted['plainUsers']):
    database.execute(
        'INSERT INTO res_user (id, name, login, password_hash, active, create_uid, create_date) VALUES (?, ?, ?, ?, 1, 0, ?)',
        (100 + number, login, login, crypt.hash(wanted['password']), hours(-100)))

# The rows as trytond-cron leaves them, which writes as the user 0; 'never' is how the modules bring them.
scheduler = wanted['scheduler']
database.execute('UPDATE ir_cron SET create_date = ?', (hours(-24 * 40),))
if scheduler != 'never':
    # The last minute, or ten days ago.
    last = -0.01 if scheduler == 'running' else -240
    for row, number, kind in database.execute('SELECT id, interval_number, interval_type FROM ir_cron').fetchall():
        span = number * {'minutes': 1 / 60, 'hours': 1, 'days': 24, 'weeks': 168, 'months': 720}[kind]
        database.execute('UPDATE ir_cron SET next_call = ?, write_date = ?, write_uid = 0 WHERE id = ?', (hours(last + span), hours(last), row))
for method in wanted['inactiveJobs']:
    database.execute('UPDATE ir_cron SET active = 0, write_uid = 1, write_date = ? WHERE method = ?', (hours(-30), method))

# A model that only the group Administration may read.
for model in wanted['closedModels']:
    row, = database.execute('SELECT id FROM ir_model WHERE model = ?', (model,)).fetchone()
    database.execute('DELETE FROM ir_model_access WHERE model = ?', (row,))
    for group, may in ((None, 0), (1, 1)):
        database.execute(
            'INSERT INTO ir_model_access (model, "group", active, perm_read, perm_write, perm_create, perm_delete, create_uid, create_date)'
            ' VALUES (?, ?, 1, ?, ?, ?, ?, 0, ?)', (row, group, may, may, may, may, hours(-100)))

if wanted['recipients'] == 'none':
    database.execute('UPDATE notification_email SET recipients = NULL, fallback_recipients = NULL')

for number in range(wanted['wrongLogins']):
    database.execute('INSERT INTO res_user_login_attempt (login, create_uid, create_date) VALUES (?, 0, ?)', (wanted['login'], hours(0)))

database.commit()
`;
