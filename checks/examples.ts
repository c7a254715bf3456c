import type { Change } from '../src/model/config.ts';

/** What one real finding of a cause looked like: `crm-doctor explain` shows its steps with these hosts and numbers. */
export interface Example {
  readonly detail: unknown;
  /** The change that was tried first, where the cause has one. */
  readonly change?: readonly Change[];
  /** The surest of its findings, 0 to 1. */
  readonly confidence: number;
  /** Checks whose evidence it rests on. */
  readonly seenBy: readonly string[];
  /** What looks the same, and the check that tells it apart. */
  readonly lookAlikes: readonly { readonly cause: string; readonly by: string }[];
}

/** By cause, from the findings of its own tests with neutral names. A cause without one is explained without steps. */
export const examples: Readonly<Record<string, Example>> = {
  'auth.account-disabled': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'login',
      says: 'NO [EXPIRED] Password expired',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.imap-auth', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'auth.app-password-required': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '534 5.7.9 Application-specific password required. For more information, go to https://support.google.com/mail/?p=InvalidSecondFactor',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'google',
    },
    confidence: 0.97,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.basic-disabled': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      username: 'sales@example.co.jp',
      says: '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      seenIn: 'reply',
      provider: 'microsoft',
    },
    confidence: 0.97,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.mechanism-unsupported',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.conditional-access': {
    detail: {
      seenIn: 'endpoint',
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      username: 'sales@example.co.jp',
      host: 'login.microsoftonline.com',
      error: 'interaction_required',
      codes: ['AADSTS50076'],
      says: 'interaction_required: AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
      clientId: '11111111-2222-3333-4444-555555555555',
      provider: 'microsoft',
      withSecret: true,
      signingIn: false,
    },
    confidence: 0.97,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-refresh-revoked',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.external-access-off': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'login',
      says: 'NO External access is disabled for this account',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.85,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'auth.mechanism-unsupported': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      says: '535 5.7.8 Error: authentication failed: Invalid authentication mechanism',
      seenIn: 'reply',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.basic-disabled',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.missing': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 25,
        },
      ],
      step: 'rcpt',
      says: '553 5.7.1 <sales@example.co.jp>: Sender address rejected: not logged in',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      offered: ['PLAIN', 'LOGIN'],
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'smtp.relay-denied',
        by: 'mail.smtp-auth',
      },
    ],
    change: [
      {
        path: 'mail.smtp.port',
        from: 25,
        to: 587,
      },
      {
        path: 'mail.smtp.security',
        from: 'starttls',
        to: 'starttls',
      },
    ],
  },
  'auth.network-not-allowed': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'sv1.xserver.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '535 5.7.8 Login from this country is not allowed',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'xserver',
    },
    confidence: 0.9,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.not-offered': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      insideTls: false,
    },
    confidence: 0.9,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.requires-tls',
        by: 'mail.smtp-auth',
      },
    ],
    change: [
      {
        path: 'mail.smtp.port',
        from: 587,
        to: 465,
      },
      {
        path: 'mail.smtp.security',
        from: 'none',
        to: 'tls',
      },
    ],
  },
  'auth.oauth-app-permission': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      step: 'login',
      says: '535 5.7.3 Authentication unsuccessful [TYCPR01CA0080.jpnprd01.prod.outlook.com]',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
      app: '11111111-2222-3333-4444-555555555555',
      roles: ['IMAP.AccessAsApp'],
      wanted: 'SMTP.SendAsApp',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-wrong-user',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.oauth-client-secret': {
    detail: {
      seenIn: 'endpoint',
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      username: 'sales@example.co.jp',
      host: 'login.microsoftonline.com',
      error: 'invalid_client',
      codes: ['AADSTS7000222'],
      says: "invalid_client: AADSTS7000222: The provided client secret keys for app '11111111-2222-3333-4444-555555555555' are expired. Visit the Azure portal to create new keys for your app.",
      clientId: '11111111-2222-3333-4444-555555555555',
      provider: 'microsoft',
      withSecret: true,
      signingIn: false,
    },
    confidence: 0.97,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.oauth-refresh-revoked',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-wrong-user',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-scope',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-app-permission',
        by: 'mail.imap-auth',
      },
    ],
  },
  'auth.oauth-consent': {
    detail: {
      seenIn: 'endpoint',
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      username: 'sales@example.co.jp',
      host: 'login.microsoftonline.com',
      error: 'invalid_grant',
      codes: ['AADSTS65001'],
      says: "invalid_grant: AADSTS65001: The user or administrator has not consented to use the application with ID '11111111-2222-3333-4444-555555555555' named 'CRM'. Send an interactive authorization request for this user and resource.",
      clientId: '11111111-2222-3333-4444-555555555555',
      provider: 'microsoft',
      withSecret: true,
      signingIn: false,
    },
    confidence: 0.97,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.oauth-refresh-revoked',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.oauth-refresh-revoked': {
    detail: {
      seenIn: 'endpoint',
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      username: 'sales@example.co.jp',
      host: 'login.microsoftonline.com',
      error: 'invalid_grant',
      codes: ['AADSTS70008'],
      says: 'invalid_grant: AADSTS70008: The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource. Trace ID: 0f1f9e44-3bd2-4b6a-9f11-2b3c4d5e6f70 Timestamp: 2026-11-25 01:02:03Z',
      clientId: '11111111-2222-3333-4444-555555555555',
      provider: 'microsoft',
      withSecret: true,
      signingIn: false,
    },
    confidence: 0.97,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.oauth-client-secret',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.oauth-scope': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.gmail.com',
          port: 993,
        },
      ],
      step: 'login',
      says: 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'google',
      seenIn: 'reply',
      gap: {
        wanted: 'https://mail.google.com/',
        has: ['https://www.googleapis.com/auth/gmail.readonly'],
      },
    },
    confidence: 0.93,
    seenBy: ['mail.imap-auth', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-wrong-user',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-app-permission',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-refresh-revoked',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.oauth-token-expired': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      step: 'login',
      says: '535 5.7.3 Authentication unsuccessful [TYCPR01CA0080.jpnprd01.prod.outlook.com]',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
      expired: '2026-11-24T23:00:00.000Z',
    },
    confidence: 0.98,
    seenBy: ['mail.imap-auth', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
      {
        cause: 'auth.oauth-wrong-user',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-scope',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-app-permission',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.oauth-wrong-user': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      step: 'login',
      says: '535 5.7.3 Authentication unsuccessful [TYCPR01CA0080.jpnprd01.prod.outlook.com]',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
      owner: 'taro@example.co.jp',
    },
    confidence: 0.8300000000000001,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-scope',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-app-permission',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.pop-before-smtp': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 25,
        },
      ],
      step: 'rcpt',
      says: "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth', 'mail.pop3-auth'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.smtp.port',
        from: 25,
        to: 587,
      },
      {
        path: 'mail.smtp.security',
        from: 'none',
        to: 'starttls',
      },
    ],
  },
  'auth.protocol-disabled': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'login',
      says: 'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page (Failure)',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      acceptedBy: [],
    },
    confidence: 0.95,
    seenBy: ['mail.imap-auth', 'mail.smtp-auth', 'mail.pop3-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.requires-tls': {
    detail: {
      places: [
        {
          protocol: 'pop3',
          host: 'pop.example.co.jp',
          port: 110,
        },
      ],
      says: '-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
      seenIn: 'reply',
      security: 'none',
      startTlsOffered: false,
    },
    confidence: 0.97,
    seenBy: ['mail.tls', 'mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
    lookAlikes: [
      {
        cause: 'auth.mechanism-unsupported',
        by: 'mail.tls',
      },
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.pop3-auth',
      },
    ],
    change: [
      {
        path: 'mail.pop3.port',
        from: 110,
        to: 995,
      },
      {
        path: 'mail.pop3.security',
        from: 'none',
        to: 'tls',
      },
    ],
  },
  'auth.security-defaults': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
    },
    confidence: 0.9,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.smtp-disabled': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
    },
    confidence: 0.98,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-token-expired',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-scope',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'auth.oauth-app-permission',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.temporary-failure': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '454 4.7.0 Temporary authentication failure: Connection lost to authentication server',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.98,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.too-many-attempts': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '454 4.7.0 Too many login attempts, please try again later.',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'auth.web-login-required': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.gmail.com',
          port: 993,
        },
      ],
      step: 'login',
      says: 'NO [WEBALERT https://accounts.google.com/signin/continue] Web login required.',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: '',
      folder: 'INBOX',
      provider: 'google',
    },
    confidence: 0.95,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'auth.wrong-credentials': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
        {
          protocol: 'pop3',
          host: 'pop.example.co.jp',
          port: 995,
        },
      ],
      step: 'login',
      says: '535 5.7.8 Error: authentication failed: (reason unavailable)',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      acceptedBy: [],
    },
    confidence: 0.88,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
    lookAlikes: [
      {
        cause: 'auth.protocol-disabled',
        by: 'mail.imap-auth',
      },
    ],
  },
  'clock.server-skewed': {
    detail: {
      host: 'smtp.example.co.jp',
      offsetMs: 2804995,
    },
    confidence: 0.9,
    seenBy: ['mail.clock', 'mail.round-trip'],
    lookAlikes: [
      {
        cause: 'clock.skewed',
        by: 'mail.clock',
      },
    ],
  },
  'clock.skewed': {
    detail: {
      hosts: [],
      log: {
        cause: 'clock.skewed',
        count: 12,
        first: '2026-11-24T09:00:00.000Z',
        last: '2026-11-24T11:30:00.000Z',
        place: '/var/log/mail.log:7',
        line: 'the line itself',
        hosts: [],
        mailboxes: [],
        recipients: [],
      },
    },
    confidence: 0.95,
    seenBy: ['mail.logs', 'mail.clock', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'clock.server-skewed',
        by: 'mail.clock',
      },
    ],
  },
  'clock.timezone-wrong': {
    detail: {
      whose: 'ours',
      hosts: ['smtp.example.co.jp', 'imap.example.net'],
      offsetMs: 32384995,
    },
    confidence: 0.9,
    seenBy: ['mail.clock'],
    lookAlikes: [
      {
        cause: 'clock.skewed',
        by: 'mail.clock',
      },
      {
        cause: 'clock.server-skewed',
        by: 'mail.clock',
      },
    ],
  },
  'config.clear-password': {
    detail: {
      place: {
        protocol: 'smtp',
        host: 'mail.example.co.jp',
        port: 587,
      },
      startTlsOffered: true,
    },
    confidence: 0.98,
    seenBy: ['mail.tls'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.smtp.security',
        from: 'none',
        to: 'starttls',
      },
    ],
  },
  'config.client-certificate-file': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      cert: '/srv/client.pem',
      key: '/srv/client.key',
      fault: {
        en: 'the key in /srv/client.key does not belong to the certificate in /srv/client.pem',
        ja: '/srv/client.key の秘密鍵と /srv/client.pem の証明書が対応していません',
      },
    },
    confidence: 0.98,
    seenBy: ['mail.tls'],
    lookAlikes: [],
  },
  'config.duplicate-account': {
    detail: {
      place: {
        protocol: 'imap',
        host: 'mail.example.co.jp',
        port: 993,
      },
      username: 'sales@example.co.jp',
      folder: 'INBOX',
      path: 'mail[two].imap',
      otherPath: 'mail[one].imap',
      otherLabel: 'one',
    },
    confidence: 0.95,
    seenBy: ['mail.config'],
    lookAlikes: [],
  },
  'config.malformed-value': {
    detail: {
      path: 'mail.imap.host',
      fault: 'url',
      value: 'imaps://mail.example.co.jp:143/',
      suggestion: 'mail.example.co.jp',
      protocol: 'imap',
    },
    confidence: 0.98,
    seenBy: ['mail.config', 'mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.imap.host',
        from: 'imaps://mail.example.co.jp:143/',
        to: 'mail.example.co.jp',
      },
    ],
  },
  'config.no-recipient': {
    detail: {
      cause: 'config.no-recipient',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'config.placeholder': {
    detail: {
      what: 'host',
      paths: ['mail.imap.host'],
      value: 'imap.example.com',
      hosts: {
        imap: [
          {
            host: 'mail.example.co.jp',
            from: 'name',
          },
        ],
      },
    },
    confidence: 0.95,
    seenBy: ['mail.config', 'mail.dns', 'mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.imap.host',
        from: 'imap.example.com',
        to: 'mail.example.co.jp',
      },
    ],
  },
  'config.protocol-mismatch': {
    detail: {
      place: {
        protocol: 'imap',
        host: 'smtp.example.co.jp',
        port: 993,
      },
      speaks: 'unknown',
      line: '',
      belongsTo: 'smtp',
      hosts: [
        {
          host: 'imap.example.co.jp',
          from: 'name',
        },
      ],
    },
    confidence: 0.93,
    seenBy: ['mail.port', 'mail.tls'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.imap.host',
        from: 'smtp.example.co.jp',
        to: 'imap.example.co.jp',
      },
    ],
  },
  'config.security-mismatch': {
    detail: {
      place: {
        protocol: 'smtp',
        host: 'mail.example.co.jp',
        port: 587,
      },
      configured: 'tls',
      begins: 'clear',
    },
    confidence: 0.95,
    seenBy: ['mail.port', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'net.no-greeting',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.smtp.security',
        from: 'tls',
        to: 'starttls',
      },
    ],
  },
  'config.sender-malformed': {
    detail: {
      path: 'mail.from',
      value: 'Aozora, Inc. <sales@example.co.jp>',
      fault: 'unquoted',
      address: 'sales@example.co.jp',
      suggestion: '"Aozora, Inc." <sales@example.co.jp>',
    },
    confidence: 0.96,
    seenBy: ['mail.config', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'config.sender-mismatch',
        by: 'mail.config',
      },
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
    change: [
      {
        path: 'mail.from',
        from: 'Aozora, Inc. <sales@example.co.jp>',
        to: '"Aozora, Inc." <sales@example.co.jp>',
      },
    ],
  },
  'config.sender-mismatch': {
    detail: {
      sender: 'info@example.co.jp',
      username: 'sales@example.co.jp',
      host: 'mail.example.co.jp',
      says: '553 5.7.1 <info@example.co.jp>: Sender address rejected: not owned by user sales@example.co.jp',
    },
    confidence: 0.85,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
    change: [
      {
        path: 'mail.from',
        from: 'info@example.co.jp',
        to: 'sales@example.co.jp',
      },
    ],
  },
  'config.username-form': {
    detail: {
      username: 'sales@example.co.jp',
      paths: ['mail.username'],
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
    },
    confidence: 0.6,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.username',
        from: 'sales@example.co.jp',
        to: 'sales',
      },
    ],
  },
  'config.verify-disabled': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      hides: 'cert has expired',
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [],
  },
  'config.wrong-host': {
    detail: {
      host: 'x.example.co.jp',
      why: 'unknown',
      places: [
        {
          protocol: 'smtp',
          host: 'x.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'x.example.co.jp',
          port: 993,
        },
      ],
      hosts: {
        smtp: [
          {
            host: 'smtp.example.co.jp',
            port: 587,
            security: 'starttls',
            from: 'srv',
          },
        ],
        imap: [
          {
            host: 'imap.example.co.jp',
            port: 993,
            security: 'tls',
            from: 'srv',
          },
        ],
      },
    },
    confidence: 0.9,
    seenBy: ['mail.port', 'mail.dns'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.smtp.host',
        from: 'x.example.co.jp',
        to: 'smtp.example.co.jp',
      },
      {
        path: 'mail.imap.host',
        from: 'x.example.co.jp',
        to: 'imap.example.co.jp',
      },
    ],
  },
  'config.wrong-port': {
    detail: {
      place: {
        protocol: 'imap',
        host: 'mail.example.co.jp',
        port: 993,
      },
      seen: {
        en: 'something on this port waits for TLS',
        ja: 'このポートでは、何かのサービスが TLS の開始を待っています',
      },
    },
    confidence: 0.9,
    seenBy: ['mail.port'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.imap.port',
        from: 993,
        to: 143,
      },
      {
        path: 'mail.imap.security',
        from: 'none',
        to: 'starttls',
      },
    ],
  },
  'crm.alias-domain-missing': {
    detail: {
      cause: 'crm.alias-domain-missing',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.internal-host-blocked': {
    detail: {
      cause: 'crm.internal-host-blocked',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.job-stopped': {
    detail: {
      cause: 'crm.job-stopped',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: ['SMTP.example.co.jp'],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.mail-disabled': {
    detail: {
      cause: 'crm.mail-disabled',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.message-id-rewritten': {
    detail: {
      address: 'sales@example.co.jp',
      host: 'smtp.example.co.jp',
      sent: '<probe@crm.example.co.jp>',
      arrived: '<0101@ses.example.net>',
    },
    confidence: 0.97,
    seenBy: ['mail.round-trip'],
    lookAlikes: [],
  },
  'crm.no-mail-account': {
    detail: {
      cause: 'crm.no-mail-account',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.oauth-redirect-mismatch': {
    detail: {
      cause: 'crm.oauth-redirect-mismatch',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.parser-crash': {
    detail: {
      cause: 'crm.parser-crash',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.reply-to-wrong': {
    detail: {
      address: 'sales@example.co.jp',
      replyTo: 'Taro <taro@example.co.jp>',
      lastHop: '',
    },
    confidence: 0.93,
    seenBy: ['mail.round-trip'],
    lookAlikes: [],
  },
  'crm.routing-no-match': {
    detail: {
      cause: 'crm.routing-no-match',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.secret-decrypt-failed': {
    detail: {
      cause: 'crm.secret-decrypt-failed',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'crm.test-passes-job-fails': {
    detail: {
      cause: 'crm.example.net-passes-job-fails',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'deliver.body-altered': {
    detail: {
      address: 'sales@example.co.jp',
      changed: [
        {
          part: 'message',
          change: {
            kind: 'added',
            words: 'text/plain: x',
          },
        },
      ],
      breaksDkim: false,
      lastHop: 'gate.example.co.jp',
    },
    confidence: 0.98,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.charset-broken',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.bounced': {
    detail: {
      address: 'sales@example.co.jp',
      host: 'smtp.example.co.jp',
      by: 'mail.example.co.jp',
      remote: 'mx.example.co.jp',
      status: '5.1.1',
      says: '550 5.1.1 <sales@example.co.jp>: Recipient address rejected: User unknown',
      folder: 'INBOX',
      reason: 'smtp.recipient-refused',
    },
    confidence: 0.97,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
      {
        cause: 'deliver.deferred',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.charset-broken': {
    detail: {
      address: 'sales@example.co.jp',
      damaged: [
        {
          part: '8bit',
          change: {
            kind: 'relabelled',
            charset: 'iso-8859-1',
          },
        },
        {
          part: 'subject',
          change: {
            kind: 'double-encoded',
            as: 'windows-1252',
          },
        },
      ],
      lastHop: 'gate.example.co.jp',
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.body-altered',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.deferred': {
    detail: {
      kind: 'report',
      address: 'sales@example.co.jp',
      by: 'mail.example.co.jp',
      remote: 'mx.example.co.jp',
      status: '4.4.1',
      says: '451 4.4.1 connect to mx.example.co.jp[192.0.2.1]:25: Connection refused',
      until: '2026-11-29T01:00:00.000Z',
    },
    confidence: 0.97,
    seenBy: ['mail.logs', 'mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.bounced',
        by: 'mail.round-trip',
      },
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.delayed': {
    detail: {
      address: 'sales@example.co.jp',
      seconds: 45,
      held: {
        from: 'scan.example.co.jp',
        to: 'mx.example.co.jp',
        seconds: 40,
      },
    },
    confidence: 0.93,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.duplicate': {
    detail: {
      kind: 'log',
      log: {
        cause: 'deliver.duplicate',
        count: 12,
        first: '2026-11-24T09:00:00.000Z',
        last: '2026-11-24T11:30:00.000Z',
        place: '/var/log/mail.log:7',
        line: 'the line itself',
        hosts: [],
        mailboxes: [],
        recipients: [],
      },
    },
    confidence: 0.96,
    seenBy: ['mail.logs', 'mail.round-trip'],
    lookAlikes: [
      {
        cause: 'imap.uidvalidity-changed',
        by: 'mail.imap-auth',
      },
    ],
  },
  'deliver.not-received': {
    detail: {
      address: 'sales@example.co.jp',
      seconds: 60,
      messageId: '<probe@crm.example.co.jp>',
      says: '250 2.0.0 Ok: queued as 4XyZ',
      host: 'smtp.example.co.jp',
    },
    confidence: 0.75,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.spam-folder',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.other-mailbox': {
    detail: {
      address: 'sales@example.co.jp',
      smtpHost: 'smtp.example.co.jp',
      fetchHost: 'imap.example.org',
      fetchUser: 'other@example.org',
      seconds: 60,
    },
    confidence: 0.75,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.sent-copy': {
    detail: {
      address: 'sales@example.co.jp',
      host: 'smtp.example.co.jp',
      copies: 2,
      by: 'unknown',
    },
    confidence: 0.9,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'imap.special-use-missing',
        by: 'mail.round-trip',
      },
    ],
  },
  'deliver.spam-folder': {
    detail: {
      address: 'sales@example.co.jp',
      sender: 'sales@example.co.jp',
      folder: 'Junk',
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
    ],
  },
  'dns.caa-blocks-renewal': {
    detail: {
      hosts: ['smtp.example.co.jp', 'imap.example.co.jp', 'pop.example.co.jp'],
      domain: 'example.co.jp',
      issuers: ['digicert.com'],
      issuer: "C=US, O=Let's Encrypt, CN=R11",
      wanted: 'letsencrypt.org',
    },
    confidence: 0.85,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'dns.cname-broken': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      target: 'old.example.net',
      why: 'no-such-host',
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.dnssec-bogus': {
    detail: {
      zone: 'example.co.jp',
      hosts: ['mail.example.co.jp'],
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      servers: ['192.0.2.53'],
      answer: 'SERVFAIL',
      everything: false,
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [
      {
        cause: 'dns.server-failure',
        by: 'mail.dns',
      },
    ],
  },
  'dns.fcrdns-mismatch': {
    detail: {
      host: 'smtp.example.co.jp',
      port: 587,
      says: '450 4.7.1 Client host rejected: cannot find your hostname, [203.0.113.9]',
      seen: {
        address: '203.0.113.9',
        names: ['crm.example.co.jp'],
        confirmed: false,
      },
    },
    confidence: 0.96,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'dns.ptr-missing',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'dns.hosts-override': {
    detail: {
      host: 'mail.example.co.jp',
      file: '/etc/hosts',
      line: 7,
      address: '203.0.113.99',
      published: ['198.51.100.10'],
      opens: ['198.51.100.10'],
      fails: true,
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
    },
    confidence: 0.94,
    seenBy: ['mail.dns', 'mail.port', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'dns.split-horizon',
        by: 'mail.dns',
      },
    ],
  },
  'dns.mx-is-address': {
    detail: {
      domain: 'example.co.jp',
      bad: ['203.0.113.9'],
      good: [],
    },
    confidence: 0.97,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.mx-is-cname': {
    detail: {
      domain: 'example.co.jp',
      bad: ['mx.example.co.jp'],
      good: [],
    },
    confidence: 0.97,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.mx-stale': {
    detail: {
      domain: 'example.co.jp',
      address: 'sales@example.co.jp',
      mx: ['mail.example.co.jp'],
      polled: 'mail.example.co.jp',
      how: 'servers-differ',
      told: ['ns1 (7): mx.new.example.net', 'ns2 (6): mx.old.example.net'],
    },
    confidence: 0.88,
    seenBy: ['mail.round-trip', 'mail.dns'],
    lookAlikes: [
      {
        cause: 'dns.no-mx',
        by: 'mail.dns',
      },
    ],
  },
  'dns.mx-unresolvable': {
    detail: {
      domain: 'example.co.jp',
      bad: ['mx.example.co.jp'],
      good: [],
    },
    confidence: 0.97,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.no-address': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      mx: ['mx.example.net'],
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.no-mx': {
    detail: {
      domain: 'example.co.jp',
      exists: true,
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.no-such-host': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      domain: 'example.co.jp',
      domainGone: false,
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [
      {
        cause: 'dns.server-failure',
        by: 'mail.dns',
      },
    ],
  },
  'dns.null-mx': {
    detail: {
      domain: 'example.co.jp',
      bad: ['.'],
      good: [],
    },
    confidence: 0.97,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.private-address': {
    detail: {
      host: 'mail.example.co.jp',
      addresses: ['10.20.30.40'],
      kind: 'private',
      works: false,
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'dns.ptr-missing': {
    detail: {
      host: 'smtp.example.co.jp',
      port: 587,
      says: '450 4.7.1 Client host rejected: cannot find your reverse hostname, [203.0.113.9]',
      seen: {
        address: '203.0.113.9',
        names: [],
        confirmed: false,
      },
    },
    confidence: 0.96,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [],
  },
  'dns.resolver-unreachable': {
    detail: {
      zone: 'example.co.jp',
      hosts: ['mail.example.co.jp', 'imap.example.co.jp'],
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      servers: ['192.0.2.53'],
      answer: 'silent',
      everything: true,
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [
      {
        cause: 'dns.server-failure',
        by: 'mail.dns',
      },
    ],
  },
  'dns.server-failure': {
    detail: {
      zone: 'example.co.jp',
      hosts: ['mail.example.co.jp', 'imap.example.co.jp'],
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      servers: ['192.0.2.53'],
      answer: 'SERVFAIL',
      everything: false,
    },
    confidence: 0.95,
    seenBy: ['mail.dns'],
    lookAlikes: [
      {
        cause: 'dns.resolver-unreachable',
        by: 'mail.dns',
      },
    ],
  },
  'dns.split-horizon': {
    detail: {
      host: 'mail.example.co.jp',
      given: ['203.0.113.99'],
      server: 'ns.example.co.jp',
      right: ['198.51.100.10'],
      opens: ['198.51.100.10'],
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
    },
    confidence: 0.92,
    seenBy: ['mail.dns', 'mail.port'],
    lookAlikes: [
      {
        cause: 'dns.hosts-override',
        by: 'mail.dns',
      },
    ],
  },
  'dns.srv-autoconfig-wrong': {
    detail: {
      domain: 'example.co.jp',
      door: {
        protocol: 'imap',
        host: 'mail.example.co.jp',
        port: 143,
        security: 'tls',
        trouble: 'no-tls',
      },
      works: 'mail.example.co.jp:993',
    },
    confidence: 0.92,
    seenBy: ['mail.dns'],
    lookAlikes: [],
  },
  'imap.client-id-required': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'select',
      says: 'NO SELECT Unsafe Login. Please contact kefu@188.com for help',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'netease',
    },
    confidence: 0.95,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'imap.folder-missing': {
    detail: {
      host: 'imap.example.co.jp',
      username: 'sales@example.co.jp',
      folder: 'お問い合わせ',
      says: "NO Mailbox doesn't exist: お問い合わせ",
      likely: ['INBOX.お問い合わせ'],
      there: ['INBOX', 'INBOX.Sent', 'INBOX.お問い合わせ'],
      prefix: '',
    },
    confidence: 0.97,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
    change: [
      {
        path: 'mail.imap.folder',
        from: 'お問い合わせ',
        to: 'INBOX.お問い合わせ',
      },
    ],
  },
  'imap.folder-name-encoding': {
    detail: {
      host: 'imap.example.co.jp',
      folder: '受信',
      there: 'åä¿¡',
      encoded: 'server',
    },
    confidence: 0.97,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'imap.folder-missing',
        by: 'mail.imap-auth',
      },
    ],
    change: [
      {
        path: 'mail.imap.folder',
        from: '受信',
        to: 'åä¿¡',
      },
    ],
  },
  'imap.greeting-refused': {
    detail: {
      places: [
        {
          protocol: 'pop3',
          host: 'pop.example.co.jp',
          port: 110,
        },
      ],
      step: 'greeting',
      says: '-ERR not for you',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'imap.idle-not-supported': {
    detail: {
      host: 'imap.example.co.jp',
      port: 993,
    },
    confidence: 0.97,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.protocol-disabled',
        by: 'mail.imap-auth',
      },
    ],
  },
  'imap.read-only': {
    detail: {
      host: 'imap.example.co.jp',
      folder: 'INBOX',
      username: 'sales@example.co.jp',
    },
    confidence: 0.9,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'mailbox.access-denied',
        by: 'mail.imap-auth',
      },
    ],
  },
  'imap.search-unsupported': {
    detail: {
      host: 'imap.example.co.jp',
      says: 'NO [BADCHARSET (US-ASCII)] The specified charset is not supported.',
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'imap.folder-missing',
        by: 'mail.imap-auth',
      },
    ],
  },
  'imap.server-error': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'select',
      says: 'NO [SERVERBUG] Internal error occurred. Refer to server log for more information.',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'imap.special-use-missing': {
    detail: {
      host: 'imap.example.co.jp',
      username: 'sales@example.co.jp',
      marked: ['\\Junk'],
    },
    confidence: 0.93,
    seenBy: ['mail.round-trip'],
    lookAlikes: [],
  },
  'imap.throttled': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'select',
      says: 'BAD Request is throttled. Suggested Backoff Time: 9000 milliseconds',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'imap.too-many-connections': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'login',
      says: 'NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.pop3-auth', 'mail.imap-auth', 'mail.port'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.pop3-auth',
      },
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'imap.uidvalidity-changed': {
    detail: {
      host: 'imap.example.co.jp',
      folder: 'INBOX',
      before: '1600000000',
      now: '1700000200',
      since: '2026-11-23T00:00:00.000Z',
      messages: 3,
    },
    confidence: 0.97,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'imap.folder-missing',
        by: 'mail.imap-auth',
      },
    ],
  },
  'mailbox.access-denied': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'outlook.office365.com',
          port: 993,
        },
      ],
      step: 'select',
      says: 'BAD User is authenticated but not connected.',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
    },
    confidence: 0.85,
    seenBy: ['mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'mailbox.disabled': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '550 5.2.1 The email account that you tried to reach is disabled.',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'mailbox.forwarding-loop': {
    detail: {
      address: 'sales@example.co.jp',
      says: 'mail forwarding loop for sales@example.co.jp',
      by: 'mail.example.co.jp',
      again: '',
      times: 0,
      delivered: 0,
    },
    confidence: 0.97,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'smtp.mail-loop',
        by: 'mail.round-trip',
      },
    ],
  },
  'mailbox.not-provisioned': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      step: 'select',
      says: 'NO [NONEXISTENT] Mailbox does not exist',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.85,
    seenBy: ['mail.smtp-auth', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'mailbox.restricted-senders': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'mailbox.rule-moves-mail': {
    detail: {
      address: 'sales@example.co.jp',
      polled: 'INBOX',
      folder: '整理済み',
      trash: false,
      flags: ['\\Seen'],
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
      {
        cause: 'deliver.spam-folder',
        by: 'mail.round-trip',
      },
    ],
  },
  'net.banned': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      refusedAt: '2026-11-23T23:00:00.000Z',
    },
    confidence: 0.9,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.filtered',
        by: 'mail.port',
      },
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'net.closed-before-greeting': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 143,
        },
      ],
      seconds: 0,
    },
    confidence: 0.88,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.imap.port',
        from: 143,
        to: 993,
      },
      {
        path: 'mail.imap.security',
        from: 'starttls',
        to: 'tls',
      },
    ],
  },
  'net.dropped-mid-session': {
    detail: {
      place: {
        protocol: 'imap',
        host: 'mail.example.co.jp',
        port: 993,
      },
      at: 'select',
      how: 'closed',
    },
    confidence: 0.88,
    seenBy: ['mail.tls', 'mail.imap-auth'],
    lookAlikes: [
      {
        cause: 'net.reset',
        by: 'mail.tls',
      },
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.imap-auth',
      },
    ],
  },
  'net.egress-ip-changed': {
    detail: {
      host: 'mail.example.co.jp',
      now: '192.0.2.9',
      before: '192.0.2.8',
      at: '2026-11-23T23:00:00.000Z',
      says: '535 5.7.1 192.0.2.9 is not on the allow list',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [],
  },
  'net.filtered': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      addresses: ['198.51.100.10'],
      code: '',
      answering: [],
    },
    confidence: 0.9,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'net.happy-eyeballs-too-short': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      slow: ['198.51.100.10'],
      slowFamily: 4,
      dead: ['2001:db8::10'],
      ms: 300,
    },
    confidence: 0.88,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.filtered',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.family',
        from: null,
        to: 4,
      },
    ],
  },
  'net.idle-nat-timeout': {
    detail: {
      cause: 'net.idle-nat-timeout',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
  'net.ip-not-allowlisted': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
      ],
      step: 'login',
      says: '535 5.7.1 192.0.2.9 is not on the allow list',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
      {
        cause: 'net.filtered',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'net.ipv4-broken': {
    detail: {
      hosts: ['mail.example.co.jp'],
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      dead: ['198.51.100.10'],
      good: ['2001:db8::10'],
      deadFirst: true,
      missingHere: false,
    },
    confidence: 0.93,
    seenBy: ['mail.port'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.family',
        from: null,
        to: 6,
      },
    ],
  },
  'net.ipv6-broken': {
    detail: {
      hosts: ['mail.example.co.jp'],
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      dead: ['2001:db8::10'],
      good: ['198.51.100.10'],
      deadFirst: true,
      missingHere: true,
    },
    confidence: 0.93,
    seenBy: ['mail.port'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.family',
        from: null,
        to: 4,
      },
    ],
  },
  'net.local-policy-denied': {
    detail: {
      host: '',
      places: [],
      addresses: [],
      code: '',
      log: {
        cause: 'net.local-policy-denied',
        count: 12,
        first: '2026-11-24T09:00:00.000Z',
        last: '2026-11-24T11:30:00.000Z',
        place: '/var/log/mail.log:7',
        line: 'the line itself',
        hosts: [],
        mailboxes: [],
        recipients: [],
      },
    },
    confidence: 0.93,
    seenBy: ['mail.logs', 'mail.port'],
    lookAlikes: [
      {
        cause: 'net.rejected',
        by: 'mail.port',
      },
      {
        cause: 'net.filtered',
        by: 'mail.port',
      },
    ],
  },
  'net.mail-ports-blocked': {
    detail: {
      host: 'mail.example.co.jp',
      others: ['mx2.example.co.jp'],
    },
    confidence: 0.85,
    seenBy: ['mail.port'],
    lookAlikes: [],
  },
  'net.mtu-blackhole': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      seconds: 10,
    },
    confidence: 0.88,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'net.no-greeting',
        by: 'mail.tls',
      },
      {
        cause: 'tls.sni-rejected',
        by: 'mail.tls',
      },
    ],
  },
  'net.no-greeting': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 143,
        },
      ],
      seconds: 15,
    },
    confidence: 0.88,
    seenBy: ['mail.port', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
      {
        cause: 'config.security-mismatch',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.imap.port',
        from: 143,
        to: 993,
      },
      {
        path: 'mail.imap.security',
        from: 'starttls',
        to: 'tls',
      },
    ],
  },
  'net.no-route': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'imap.example.co.jp',
          port: 993,
        },
      ],
      addresses: ['198.51.100.10'],
      code: 'ENETUNREACH',
      hosts: ['mail.example.co.jp', 'imap.example.co.jp'],
    },
    confidence: 0.9,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.rejected',
        by: 'mail.port',
      },
    ],
  },
  'net.one-address-dead': {
    detail: {
      host: 'mail.example.co.jp',
      address: '198.51.100.10',
      good: ['198.51.100.11', '2001:db8::10'],
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      aliveFamily: 6,
    },
    confidence: 0.93,
    seenBy: ['mail.port'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.family',
        from: null,
        to: 6,
      },
    ],
  },
  'net.proxy-required': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      addresses: ['198.51.100.10'],
      code: '',
      proxy: 'proxy.example.co.jp:3128',
      says: 'HTTP/1.1 200 OK',
    },
    confidence: 0.92,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.filtered',
        by: 'mail.port',
      },
    ],
  },
  'net.refused': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      addresses: ['198.51.100.10'],
      code: '',
    },
    confidence: 0.93,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.filtered',
        by: 'mail.port',
      },
    ],
  },
  'net.rejected': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
        },
      ],
      addresses: ['198.51.100.10'],
      code: 'EHOSTUNREACH',
    },
    confidence: 0.9,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.no-route',
        by: 'mail.port',
      },
    ],
  },
  'net.reset': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 143,
        },
      ],
      seconds: 0,
    },
    confidence: 0.88,
    seenBy: ['mail.port', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.imap.port',
        from: 143,
        to: 993,
      },
      {
        path: 'mail.imap.security',
        from: 'starttls',
        to: 'tls',
      },
    ],
  },
  'net.slow-greeting': {
    detail: {
      place: {
        protocol: 'smtp',
        host: 'mail.example.co.jp',
        port: 587,
      },
      seconds: 7,
    },
    confidence: 0.95,
    seenBy: ['mail.port', 'mail.tls'],
    lookAlikes: [],
  },
  'net.submission-blocked': {
    detail: {
      host: 'mail.example.co.jp',
      others: ['mx2.example.co.jp'],
    },
    confidence: 0.92,
    seenBy: ['mail.port'],
    lookAlikes: [
      {
        cause: 'net.filtered',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.smtp.port',
        from: 25,
        to: 587,
      },
    ],
  },
  'policy.bulk-sender-rules': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '550 5.7.515 Access denied, sending domain example.co.jp does not meet the required authentication level. Spf= Pass , Dkim= Fail , DMARC= None',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      missing: ['dkim', 'dmarc'],
    },
    confidence: 0.93,
    seenBy: ['mail.round-trip', 'mail.smtp-auth', 'mail.sender-policy'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'policy.connector-mismatch': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '550 5.7.64 TenantAttribution; Relay Access Denied',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'policy.dkim-key-invalid': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      selector: 's9',
      signer: 'example.co.jp',
      why: 'too-short',
    },
    confidence: 0.97,
    seenBy: ['mail.sender-policy', 'mail.round-trip'],
    lookAlikes: [],
  },
  'policy.dkim-missing': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      selector: 's9',
      signer: 'example.co.jp',
      from: 'message',
    },
    confidence: 0.97,
    seenBy: ['mail.sender-policy', 'mail.round-trip'],
    lookAlikes: [],
  },
  'policy.dkim-not-signed': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      refused: {
        host: 'smtp.example.co.jp',
        port: 587,
        says: '550 5.7.30 unsigned mail',
      },
      selectors: [],
    },
    confidence: 0.9,
    seenBy: ['mail.round-trip', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'policy.dkim-missing',
        by: 'mail.sender-policy',
      },
    ],
  },
  'policy.dkim-signature-invalid': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      selector: 's9',
      signer: 'example.co.jp',
      why: 'signature',
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'policy.dkim-missing',
        by: 'mail.round-trip',
      },
    ],
  },
  'policy.dmarc-missing': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      refused: {
        host: 'smtp.example.co.jp',
        port: 587,
        says: '550 5.7.40 no DMARC',
      },
    },
    confidence: 0.97,
    seenBy: ['mail.sender-policy', 'mail.smtp-auth'],
    lookAlikes: [],
  },
  'policy.dmarc-syntax': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      at: 'example.co.jp',
      record: 'v=DMARC1; p=none; rua=dmarc@example.co.jp',
      piece: 'rua=dmarc@example.co.jp',
      why: 'bad-address',
    },
    confidence: 0.96,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'policy.dmarc-unaligned': {
    detail: {
      domain: 'gmail.com',
      sender: 'aozora@gmail.com',
      refused: {
        host: 'smtp.example.co.jp',
        port: 587,
        says: "550 5.7.26 Unauthenticated email from gmail.com is not accepted due to domain's DMARC policy",
      },
      policy: 'none',
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip', 'mail.sender-policy', 'mail.smtp-auth'],
    lookAlikes: [],
  },
  'policy.freemail-from': {
    detail: {
      domain: 'gmail.com',
      sender: 'aozora@gmail.com',
      refused: {
        host: 'smtp.example.co.jp',
        port: 587,
        says: "550 5.7.26 Unauthenticated email from gmail.com is not accepted due to domain's DMARC policy",
      },
      host: 'smtp.example.co.jp',
      policy: 'none',
    },
    confidence: 0.93,
    seenBy: ['mail.sender-policy', 'mail.smtp-auth'],
    lookAlikes: [],
  },
  'policy.ip-reputation': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'data',
      says: '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.85,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'policy.mta-sts-mismatch': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      state: 'mx-not-covered',
      mode: 'enforce',
      uncovered: ['smtp.example.co.jp'],
      patterns: ['old.example.co.jp'],
      says: '',
    },
    confidence: 0.95,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'policy.one-click-missing': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'data',
      says: '550 5.7.1 Bulk mail must carry List-Unsubscribe-Post (RFC 8058)',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'policy.sender-restricted': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'data',
      says: '550 5.1.8 Access denied, bad outbound sender',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'policy.spf-missing': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      refused: {
        host: 'smtp.example.co.jp',
        port: 587,
        says: '550 5.7.27 this sender has no SPF',
      },
      record: 'v=spf1 mx ~all',
    },
    confidence: 0.97,
    seenBy: ['mail.sender-policy', 'mail.smtp-auth'],
    lookAlikes: [],
  },
  'policy.spf-multiple': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      records: ['v=spf1 mx -all', 'v=spf1 include:spf.protection.outlook.com ~all'],
      merged: 'v=spf1 mx include:spf.protection.outlook.com ~all',
    },
    confidence: 0.98,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'policy.spf-not-listed': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      refused: {
        host: 'smtp.example.co.jp',
        port: 587,
        says: '550 5.7.23 The message was rejected because of Sender Policy Framework violation',
      },
      sentBy: 'smtp.example.co.jp',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth', 'mail.sender-policy', 'mail.round-trip'],
    lookAlikes: [
      {
        cause: 'policy.spf-missing',
        by: 'mail.sender-policy',
      },
    ],
  },
  'policy.spf-syntax': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      at: 'example.co.jp',
      how: 'syntax',
      term: 'ip4:smtp.example.co.jp',
      why: 'bad-address',
      meant: 'a:smtp.example.co.jp',
    },
    confidence: 0.97,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'policy.spf-too-many-lookups': {
    detail: {
      domain: 'example.co.jp',
      sender: 'sales@example.co.jp',
      what: 'lookups',
      count: 11,
      terms: [
        'a:h0.example',
        'a:h1.example',
        'a:h2.example',
        'a:h3.example',
        'a:h4.example',
        'a:h5.example',
        'a:h6.example',
        'a:h7.example',
        'a:h8.example',
        'a:h9.example',
        'a:h10.example',
      ],
    },
    confidence: 0.95,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'policy.tenant-restricted': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'data',
      says: '550 5.7.705 Access denied, tenant has exceeded threshold',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'policy.tlsa-mismatch': {
    detail: {
      host: 'smtp.example.co.jp',
      port: 587,
      records: ['3 1 1 2aa50b47c92342ddda1dccb774e50e497d759632db2c3a8b86b31a9d737f8151'],
      served: '3 1 1 abababababababababababababababababababababababababababababababab',
    },
    confidence: 0.95,
    seenBy: ['mail.sender-policy'],
    lookAlikes: [],
  },
  'pop3.login-delay': {
    detail: {
      places: [
        {
          protocol: 'pop3',
          host: 'pop.example.co.jp',
          port: 995,
        },
      ],
      step: 'login',
      says: '-ERR [LOGIN-DELAY] minimum time between mail checks violation',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.pop3-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.pop3-auth',
      },
    ],
  },
  'pop3.mailbox-locked': {
    detail: {
      places: [
        {
          protocol: 'pop3',
          host: 'pop.example.co.jp',
          port: 995,
        },
      ],
      step: 'login',
      says: '-ERR [IN-USE] Do you have another POP session running?',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.pop3-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.pop3-auth',
      },
    ],
  },
  'pop3.message-consumed': {
    detail: {
      address: 'sales@example.co.jp',
      through: 'POP3',
      folder: 'INBOX',
      vanished: false,
      taken: 3,
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'deliver.not-received',
        by: 'mail.round-trip',
      },
    ],
  },
  'pop3.no-uidl': {
    detail: {
      host: 'pop.example.co.jp',
      port: 995,
      messages: 3,
    },
    confidence: 0.95,
    seenBy: ['mail.pop3-auth'],
    lookAlikes: [],
  },
  'quota.append-limit': {
    detail: {
      host: 'imap.example.co.jp',
      smtpHost: 'smtp.example.co.jp',
      limit: 1048576,
      size: 20971520,
    },
    confidence: 0.93,
    seenBy: ['mail.imap-auth', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'quota.exceeded',
        by: 'mail.quota',
      },
    ],
  },
  'quota.exceeded': {
    detail: {
      mailbox: 'sales@example.co.jp',
      host: 'imap.example.co.jp',
      storage: {
        used: 1073741824,
        limit: 1073741824,
      },
      says: '552 5.2.2 <sales@example.co.jp>: over quota',
    },
    confidence: 0.98,
    seenBy: ['mail.smtp-auth', 'mail.quota'],
    lookAlikes: [
      {
        cause: 'smtp.disk-full',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'quota.message-count': {
    detail: {
      mailbox: 'sales@example.co.jp',
      messages: {
        used: 1000,
        limit: 1000,
      },
    },
    confidence: 0.97,
    seenBy: ['mail.quota'],
    lookAlikes: [
      {
        cause: 'quota.exceeded',
        by: 'mail.quota',
      },
    ],
  },
  'quota.nearly-full': {
    detail: {
      mailbox: 'sales@example.co.jp',
      host: 'imap.example.co.jp',
      percent: 95,
      storage: {
        used: 100000000,
        limit: 1073741824,
      },
      messages: {
        used: 950,
        limit: 1000,
      },
    },
    confidence: 0.97,
    seenBy: ['mail.quota'],
    lookAlikes: [],
  },
  'quota.plan-full': {
    detail: {
      mailbox: 'sales@example.co.jp',
      host: 'imap.example.co.jp',
      root: {
        name: 'example.co.jp',
        used: 21474836480,
        limit: 21474836480,
      },
      own: {
        used: 536870912,
        limit: 1073741824,
      },
    },
    confidence: 0.97,
    seenBy: ['mail.quota', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'quota.exceeded',
        by: 'mail.quota',
      },
    ],
  },
  'smtp.bare-lf': {
    detail: {
      kind: 'reply',
      refused: {
        places: [
          {
            protocol: 'smtp',
            host: 'smtp.example.co.jp',
            port: 587,
          },
        ],
        step: 'data',
        says: '521 5.5.2 smtp.example.co.jp Error: bare <LF> received',
        username: 'sales@example.co.jp',
        loggedIn: true,
        sender: 'sales@example.co.jp',
        recipient: 'sales@example.co.jp',
        ehlo: 'crm.example.co.jp',
        folder: 'INBOX',
      },
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip', 'mail.logs'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.blocklisted': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.port', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.client-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.content-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'data',
      says: '550 5.7.1 message content rejected',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.disk-full': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'mail',
      says: '452 4.3.1 Insufficient system storage',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.greeting-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'greeting',
      says: '554 smtp.example.co.jp ESMTP not accepting connections',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: '',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.port', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'smtp.greylisted': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '450 4.2.0 <sales@example.co.jp>: Recipient address rejected: Greylisted',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.helo-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'hello',
      says: '504 5.5.2 <crm>: Helo command rejected: need fully-qualified hostname',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm',
      folder: 'INBOX',
      names: ['crm.example.jp', '[192.0.2.1]', '[192.0.2.2]'],
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth', 'mail.tls'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
    change: [
      {
        path: 'mail.ehlo',
        from: 'crm',
        to: 'crm.example.jp',
      },
    ],
  },
  'smtp.line-too-long': {
    detail: {
      kind: 'reply',
      refused: {
        places: [
          {
            protocol: 'smtp',
            host: 'smtp.example.co.jp',
            port: 587,
          },
        ],
        step: 'data',
        says: '550 5.5.2 maximum allowed line length is 998 octets, got 2054',
        username: 'sales@example.co.jp',
        loggedIn: true,
        sender: 'sales@example.co.jp',
        recipient: 'sales@example.co.jp',
        ehlo: 'crm.example.co.jp',
        folder: 'INBOX',
      },
    },
    confidence: 0.9,
    seenBy: ['mail.round-trip', 'mail.logs'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.mail-loop': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'data',
      says: '554 5.4.6 Hop count exceeded - possible mail loop',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.message-too-large': {
    detail: {
      place: {
        protocol: 'smtp',
        host: 'smtp.example.co.jp',
        port: 587,
      },
      limit: 20000000,
      bytes: 1200,
      says: '552 5.3.4 Message size exceeds fixed limit',
    },
    confidence: 0.95,
    seenBy: ['mail.round-trip', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.pipelining-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
        },
      ],
      step: 'hello',
      says: '503 5.5.0 <EHLO>: Improper use of SMTP command pipelining',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.port', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'smtp.rate-limited': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'greeting',
      says: '421 4.7.0 smtp.example.co.jp Error: too many connections from 192.0.2.1',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: '',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.port', 'mail.smtp-auth', 'mail.round-trip'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.recipient-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '550 5.1.1 <sales@example.co.jp>: Recipient address rejected: User unknown in virtual mailbox table',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.relay-denied': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 25,
        },
      ],
      step: 'rcpt',
      says: "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.sender-not-owned': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.office365.com',
          port: 587,
        },
      ],
      step: 'data',
      says: '554 5.2.252 SendAsDenied; sales@example.co.jp not allowed to send as crm@example.co.jp; STOREDRV.Submission.Exception:SendAsDeniedException',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'crm@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
      provider: 'microsoft',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth', 'mail.round-trip'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.sender-refused': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'mail',
      says: '450 4.1.8 <sales@example.co.jp>: Sender address rejected: Domain not found',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.server-error': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'mail',
      says: '451 4.3.5 Server configuration error',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.service-unavailable': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'greeting',
      says: '421 4.3.2 Service not available, closing transmission channel',
      username: 'sales@example.co.jp',
      loggedIn: false,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: '',
      folder: 'INBOX',
    },
    confidence: 0.9,
    seenBy: ['mail.port', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'net.refused',
        by: 'mail.port',
      },
    ],
  },
  'smtp.smtputf8-required': {
    detail: {
      place: {
        protocol: 'smtp',
        host: 'smtp.example.co.jp',
        port: 587,
      },
      address: '営業@example.co.jp',
      says: '553 5.6.7 Must declare SMTPUTF8 to send unicode address',
    },
    confidence: 0.95,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'smtp.too-many-recipients': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
        },
      ],
      step: 'rcpt',
      says: '452 4.5.3 Error: too many recipients',
      username: 'sales@example.co.jp',
      loggedIn: true,
      sender: 'sales@example.co.jp',
      recipient: 'sales@example.co.jp',
      ehlo: 'crm.example.co.jp',
      folder: 'INBOX',
    },
    confidence: 0.93,
    seenBy: ['mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'auth.wrong-credentials',
        by: 'mail.smtp-auth',
      },
    ],
  },
  'tls.certificate-expired': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
      ],
      subject: 'mail.example.co.jp',
      issuer: 'Lab Root CA',
      notAfter: '2026-11-21T00:00:00.000Z',
      daysAgo: 3,
      leaf: true,
      fingerprint: 'ex',
      newer: {
        protocol: 'imap',
        host: 'mail.example.co.jp',
        port: 993,
        notAfter: '2027-08-01T00:00:00.000Z',
      },
    },
    confidence: 0.98,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.hostname-mismatch',
        by: 'mail.tls',
      },
      {
        cause: 'clock.skewed',
        by: 'mail.tls',
      },
    ],
  },
  'tls.certificate-expires-soon': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      notAfter: '2026-12-03T00:00:00.000Z',
      daysLeft: 9,
      fingerprint: 'aa11',
    },
    confidence: 0.98,
    seenBy: ['mail.tls'],
    lookAlikes: [],
  },
  'tls.certificate-not-yet-valid': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'smtp.example.co.jp',
          port: 587,
          security: 'starttls',
        },
      ],
      notBefore: '2026-11-27T00:00:00.000Z',
      at: '2026-11-25T09:00:00.000Z',
      daysAhead: 2,
      fingerprint: 'smtp',
    },
    confidence: 0.97,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'clock.skewed',
        by: 'mail.tls',
      },
    ],
  },
  'tls.client-certificate-purpose': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      cert: '/srv/crm/client.pem',
      subject: 'CN=crm.example.co.jp',
      refused: true,
    },
    confidence: 0.93,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'config.client-certificate-file',
        by: 'mail.tls',
      },
    ],
  },
  'tls.client-certificate-required': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      shown: false,
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.no-common-cipher',
        by: 'mail.tls',
      },
    ],
    change: [
      {
        path: 'mail.imap.port',
        from: 993,
        to: 143,
      },
      {
        path: 'mail.imap.security',
        from: 'tls',
        to: 'starttls',
      },
    ],
  },
  'tls.dh-too-small': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      bits: 1024,
      as: {
        as: 'php',
      },
      refused: true,
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [],
  },
  'tls.handshake-dropped': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      seen: {
        en: 'the server closes the connection during the handshake',
        ja: 'ハンドシェイクの途中でサーバーが接続を切断します',
      },
      versions: [],
    },
    confidence: 0.87,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.protocol-too-old',
        by: 'mail.tls',
      },
    ],
    change: [
      {
        path: 'mail.imap.port',
        from: 993,
        to: 143,
      },
      {
        path: 'mail.imap.security',
        from: 'tls',
        to: 'starttls',
      },
    ],
  },
  'tls.hostname-mismatch': {
    detail: {
      host: 'mail.example.co.jp',
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      names: ['sv1.example.co.jp'],
      others: [
        {
          host: 'sv1.example.co.jp',
          sameAddress: true,
        },
        {
          host: 'elsewhere.example.net',
          sameAddress: false,
        },
      ],
      fingerprint: 'aa11',
    },
    confidence: 0.97,
    seenBy: ['mail.tls'],
    lookAlikes: [],
    change: [
      {
        path: 'mail.imap.host',
        from: 'mail.example.co.jp',
        to: 'sv1.example.co.jp',
      },
    ],
  },
  'tls.incomplete-chain': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      issuer: 'Lab Issuing CA 1',
      sent: 1,
      by: 'http://web.example.co.jp/i.der',
      worksHere: false,
      fingerprint: 'aa11',
    },
    confidence: 0.98,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.unknown-issuer',
        by: 'mail.tls',
      },
    ],
  },
  'tls.intercepted': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      product: 'FortiGate',
      issuer: 'C=US, ST=California, O=Fortinet, OU=Certificate Authority, CN=FGT60FTK20012345',
      trusted: false,
    },
    confidence: 0.93,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.unknown-issuer',
        by: 'mail.tls',
      },
    ],
  },
  'tls.legacy-renegotiation': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      version: 'TLSv1.2',
      as: {
        as: 'node',
      },
    },
    confidence: 0.97,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.handshake-dropped',
        by: 'mail.tls',
      },
    ],
  },
  'tls.no-common-cipher': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      cipher: 'AES128-SHA',
      as: {
        as: 'python',
      },
    },
    confidence: 0.96,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.client-certificate-required',
        by: 'mail.tls',
      },
    ],
  },
  'tls.protocol-too-old': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      version: 'TLSv1.1',
      as: {
        as: 'node',
      },
    },
    confidence: 0.96,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.no-common-cipher',
        by: 'mail.tls',
      },
    ],
  },
  'tls.self-signed': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      subject: 'mail.example.co.jp',
      fingerprint: 'se',
    },
    confidence: 0.97,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.intercepted',
        by: 'mail.tls',
      },
    ],
  },
  'tls.sni-missing': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      shown: ['sv1.hosting.example.net'],
      right: 'mail.example.co.jp',
      as: {
        as: 'php',
      },
      known: true,
    },
    confidence: 0.96,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.hostname-mismatch',
        by: 'mail.tls',
      },
    ],
  },
  'tls.sni-rejected': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      names: ['sv1.hosting.example.net'],
      named: true,
      paths: [
        {
          path: 'mail.imap.host',
          host: 'mail.example.co.jp',
        },
      ],
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.handshake-dropped',
        by: 'mail.tls',
      },
    ],
    change: [
      {
        path: 'mail.imap.host',
        from: 'mail.example.co.jp',
        to: 'sv1.hosting.example.net',
      },
    ],
  },
  'tls.starttls-failed': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
      ],
      seen: {
        en: 'the server closes the connection during the handshake',
        ja: 'ハンドシェイクの途中でサーバーが接続を切断します',
      },
    },
    confidence: 0.96,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.starttls-not-offered',
        by: 'mail.tls',
      },
    ],
    change: [
      {
        path: 'mail.smtp.port',
        from: 587,
        to: 465,
      },
      {
        path: 'mail.smtp.security',
        from: 'starttls',
        to: 'tls',
      },
    ],
  },
  'tls.starttls-not-offered': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 143,
          security: 'starttls',
        },
      ],
      listed: ['IMAP4REV1', 'IDLE'],
    },
    confidence: 0.93,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.starttls-stripped',
        by: 'mail.tls',
      },
    ],
    change: [
      {
        path: 'mail.imap.port',
        from: 143,
        to: 993,
      },
      {
        path: 'mail.imap.security',
        from: 'starttls',
        to: 'tls',
      },
    ],
  },
  'tls.starttls-stripped': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
      ],
      altered: '220 ****************',
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.starttls-not-offered',
        by: 'mail.tls',
      },
    ],
    change: [
      {
        path: 'mail.smtp.port',
        from: 587,
        to: 465,
      },
      {
        path: 'mail.smtp.security',
        from: 'starttls',
        to: 'tls',
      },
    ],
  },
  'tls.trust-store-missing': {
    detail: {
      places: [
        {
          protocol: 'smtp',
          host: 'mail.example.co.jp',
          port: 587,
          security: 'starttls',
        },
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      source: 'none',
      as: {
        as: 'node',
      },
    },
    confidence: 0.97,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.unknown-issuer',
        by: 'mail.tls',
      },
    ],
  },
  'tls.trust-store-outdated': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      source: '/srv/crm/cacert.pem',
      certificates: 100,
      root: 'Lab Root CA',
      expired: false,
      as: {
        as: 'node',
      },
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.unknown-issuer',
        by: 'mail.tls',
      },
    ],
  },
  'tls.unknown-issuer': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      issuer: 'Aozora Internal CA',
    },
    confidence: 0.92,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.self-signed',
        by: 'mail.tls',
      },
      {
        cause: 'tls.incomplete-chain',
        by: 'mail.tls',
      },
    ],
  },
  'tls.weak-key': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      as: {
        as: 'node',
      },
      signature: 'sha1WithRSAEncryption',
      refused: true,
      fingerprint: 'aa11',
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [],
  },
  'tls.wrong-eku': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      subject: 'mail.example.co.jp',
      fingerprint: 'aa11',
    },
    confidence: 0.95,
    seenBy: ['mail.tls'],
    lookAlikes: [],
  },
  'version.default-changed': {
    detail: {
      name: 'Postfix',
      setting: 'smtpd_forbid_unauth_pipelining',
      before: 'smtpd_forbid_unauth_pipelining = no',
      cause: 'smtp.pipelining-refused',
      from: '3.7.11',
      to: '3.9.6',
      since: '2026-11-20T00:00:00Z',
      source: 'https://www.postfix.org/announcements/postfix-3.9.0.html',
      now: {
        en: 'clients that do not wait for an answer are refused',
        ja: '応答を待たずに命令を送るクライアントを拒否します',
      },
    },
    confidence: 0.9,
    seenBy: ['mail.logs', 'mail.versions', 'mail.smtp-auth'],
    lookAlikes: [
      {
        cause: 'smtp.bare-lf',
        by: 'mail.logs',
      },
      {
        cause: 'smtp.pipelining-refused',
        by: 'mail.versions',
      },
    ],
  },
  'version.end-of-life': {
    detail: {
      software: 'Exim 4.92',
      cycle: '4.92',
      end: '2024-06-30',
      source: 'https://endoflife.date/exim',
      table: '2025-12-31',
    },
    confidence: 0.9,
    seenBy: ['mail.versions'],
    lookAlikes: [
      {
        cause: 'version.outdated',
        by: 'mail.versions',
      },
    ],
  },
  'version.incompatible': {
    detail: {
      places: [
        {
          protocol: 'imap',
          host: 'mail.example.co.jp',
          port: 993,
          security: 'tls',
        },
      ],
      as: {
        as: 'php',
        asVersion: '7.0',
      },
      server: 'TLSv1.3',
    },
    confidence: 0.96,
    seenBy: ['mail.tls'],
    lookAlikes: [
      {
        cause: 'tls.protocol-too-old',
        by: 'mail.tls',
      },
    ],
  },
  'version.outdated': {
    detail: {
      software: 'Postfix 3.9.1',
      latest: '3.9.6',
      source: 'https://www.postfix.org/announcements.html',
      table: '2025-12-31',
    },
    confidence: 0.85,
    seenBy: ['mail.versions'],
    lookAlikes: [
      {
        cause: 'version.end-of-life',
        by: 'mail.versions',
      },
    ],
  },
  'version.php-imap-removed': {
    detail: {
      cause: 'version.php-imap-removed',
      count: 12,
      first: '2026-11-24T09:00:00.000Z',
      last: '2026-11-24T11:30:00.000Z',
      place: '/var/log/mail.log:7',
      line: 'the line itself',
      hosts: [],
      mailboxes: [],
      recipients: [],
    },
    confidence: 0.85,
    seenBy: ['mail.logs'],
    lookAlikes: [],
  },
};
