/** Until a case gives its own. */
export const preparedPassword = 'Prepared-1';

/** Everybody who can log in; `gone` is switched off. */
export const rtUsers = ['root', 'agent', 'newcomer', 'customer', 'gone'] as const;

/**
 * What lies in the prepared database beside RT's own data, as the Perl of rt-setup-database(8): a queue that can be written
 * to, staff with and without rights, a customer, and a token of root's.
 */
export const preparedData = `
@Queues = ({ Name => 'Sales', Description => 'Sales', CorrespondAddress => 'sales@aozora.test', CommentAddress => 'sales-comment@aozora.test' });
@Users = (
  { Name => 'agent', EmailAddress => 'agent@aozora.test', RealName => 'Agent', Password => '${preparedPassword}', Privileged => 1 },
  { Name => 'newcomer', EmailAddress => 'newcomer@aozora.test', Password => '${preparedPassword}', Privileged => 1 },
  { Name => 'customer', EmailAddress => 'customer@aozora.test', Password => '${preparedPassword}', Privileged => 0 },
  { Name => 'gone', EmailAddress => 'gone@aozora.test', Password => '${preparedPassword}', Privileged => 1 },
);
@Groups = ({ Name => 'Support', Domain => 'UserDefined', Members => { Users => ['agent'] } });
@CustomFields = (
  { Name => 'Tier', Type => 'SelectSingle', LookupType => 'RT::Queue-RT::Ticket', Queue => 'Sales', Values => [{ Name => 'Gold' }, { Name => 'Silver' }] },
);
@ACL = map { { GroupDomain => 'UserDefined', GroupId => 'Support', Right => $_, Queue => 'Sales' } } qw(SeeQueue ShowTicket CreateTicket);
@Final = (sub {
  my $gone = RT::User->new(RT->SystemUser);
  $gone->Load('gone');
  $gone->SetDisabled(1);
  my $root = RT::User->new(RT->SystemUser);
  $root->Load('root');
  my ($ok, $said, $token) = RT::AuthToken->new(RT->SystemUser)->Create(Owner => $root->id, Description => 'crm-doctor');
  die $said unless $ok;
  open(my $file, '>', $ENV{RT_TOKEN_FILE}) or die $!;
  print $file $token;
});
1;
`;
