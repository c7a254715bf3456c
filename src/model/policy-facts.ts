/** What SPF says of an address (RFC 7208 section 2.6). */
export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'permerror' | 'temperror';

/** What stands in a record that no receiver can read, and why. */
export interface SpfFault {
  /** The term as it stands. */
  readonly at: string;
  readonly why:
    | 'version'
    | 'unknown-mechanism'
    | 'bad-address'
    | 'bad-length'
    | 'bad-domain'
    | 'bad-macro'
    | 'missing-domain'
    | 'needless-value'
    | 'twice'
    | 'not-ascii';
}

/** The record of one domain, with everything that it leads to. */
export interface SpfNode {
  readonly domain: string;
  readonly state:
    | 'record'
    /** The name has no SPF record; `exists` says whether there is such a name. */
    | 'none'
    | 'several'
    | 'syntax'
    /** The DNS did not tell. */
    | 'unreachable'
    /** It leads back to itself. */
    | 'loop'
    /** Not asked: too deep in a tree that is too large. */
    | 'not-followed';
  readonly exists?: boolean;
  /** Every record that begins with v=spf1. */
  readonly records: readonly string[];
  /** A TXT record that is meant as SPF and is none. */
  readonly nearMiss?: string;
  readonly fault?: SpfFault;
  readonly terms: readonly SpfTerm[];
}

/** One term of a record, in the order in which receivers read it; `redirect` stands last. */
export interface SpfTerm {
  readonly text: string;
  readonly qualifier: '+' | '-' | '~' | '?';
  readonly name: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists' | 'redirect' | 'exp' | 'other';
  /** Counts for the limit of ten (section 4.6.4). */
  readonly lookup: boolean;
  /** The domain that it names, macros filled in. */
  readonly domain?: string;
  /** What it allows, `ADDRESS/LENGTH`. */
  readonly networks?: readonly string[];
  /** The question was answered with nothing; three of these are an error. */
  readonly void?: true;
  /** Nobody can say what it allows, and why. */
  readonly open?: 'needs-address' | 'dns' | 'too-many-mx' | 'not-followed' | 'bad-domain';
  readonly node?: SpfNode;
}

/** What an evaluation of the tree for one address brought. */
export interface SpfVerdict {
  /** `undecided`: it depends on what was not known when the tree was read. */
  readonly result: SpfResult | 'undecided';
  readonly why?: 'lookups' | 'voids' | 'syntax' | 'several' | 'include' | 'redirect' | 'too-many-mx' | 'loop' | 'dns';
  /** Domain and term that decided, the outermost first. */
  readonly by: readonly { readonly domain: string; readonly term: string }[];
  readonly lookups: number;
  readonly voids: number;
}

/** The DMARC record that holds for a domain (RFC 9989). */
export interface DmarcFact {
  readonly state: 'record' | 'none' | 'syntax' | 'several' | 'unreachable';
  /** Where it stands: the domain itself, or one above it. */
  readonly domain: string;
  readonly record?: string;
  readonly policy?: DmarcPolicy;
  /** What is wrong with it. */
  readonly fault?: { readonly at: string; readonly why: DmarcFault };
  /** A TXT record at the domain itself that belongs under _dmarc. */
  readonly misplaced?: string;
}

export type DmarcFault =
  | 'version'
  | 'version-not-first'
  | 'no-equals'
  | 'bad-name'
  | 'twice'
  | 'bad-value'
  | 'bad-address';

export type DmarcRequest = 'none' | 'quarantine' | 'reject';

export interface DmarcPolicy {
  readonly p: DmarcRequest;
  readonly sp?: DmarcRequest;
  readonly np?: DmarcRequest;
  readonly adkim: 'relaxed' | 'strict';
  readonly aspf: 'relaxed' | 'strict';
  readonly rua: readonly string[];
  readonly psd?: 'y' | 'n' | 'u';
  readonly testing: boolean;
  /** What holds for the sender's domain: p, or sp where the record stands above it. */
  readonly effective: DmarcRequest;
}

/** The key of one selector that the configuration names. */
export interface DkimKeyFact {
  readonly selector: string;
  readonly state: 'good' | 'missing' | 'revoked' | 'invalid' | 'unreachable';
  readonly why?: string;
  readonly at?: string;
  readonly bits?: number;
  readonly testing?: true;
}

/** MTA-STS of the domain (RFC 8461); absent where no `_mta-sts` record asks for it. */
export interface MtaStsFact {
  readonly record: string;
  readonly id?: string;
  readonly state: 'good' | 'record-invalid' | 'unreachable' | 'policy-invalid' | 'mx-not-covered';
  readonly mode?: 'enforce' | 'testing' | 'none';
  readonly maxAge?: number;
  readonly patterns: readonly string[];
  /** MX hosts that no pattern covers. */
  readonly uncovered: readonly string[];
  /** What the web server or the file says. */
  readonly says?: string;
}

/** TLSA records of one of our services' doors, or of port 25 of the domain's MX (RFC 6698, RFC 7672), only where the DNS vouches for them. */
export interface TlsaFact {
  readonly target: string;
  readonly host: string;
  readonly port: number;
  /** Only of an MX: the domain whose mail it takes. */
  readonly takesFor?: string;
  /** `3 1 1 DIGEST` */
  readonly records: readonly string[];
  /** Against the certificates that the service showed; `unknown`: none was seen, or a record that cannot be compared. */
  readonly compared: 'match' | 'mismatch' | 'unknown';
  /** What a record for the served key would be. */
  readonly served?: string;
}

/** Which authorities may issue for the host of one of our services (RFC 8659). */
export interface CaaFact {
  readonly target: string;
  readonly host: string;
  /** Where the records stand: the host, or a name above it. */
  readonly domain: string;
  /** The authorities that `issue` names; empty: nobody may. */
  readonly issuers: readonly string[];
  /** Who issued the certificate that is served, and what that authority calls itself in such records. */
  readonly issuer?: string;
  readonly names?: readonly string[];
}

/** The SMTP host belongs to a provider whose servers the SPF record has to list. */
export interface ProviderSpfFact {
  readonly name: string;
  readonly host: string;
  /** What the provider wants in the record. */
  readonly include: string;
  /** `not-listed`: what SPF says of addresses that the provider's own record lists is fail, softfail or neutral. */
  readonly state: 'listed' | 'not-listed' | 'unknown';
  /** An address of the provider that was tried, and what SPF says of it. */
  readonly example?: { readonly address: string; readonly result: SpfResult };
}

/** mail.sender-policy: what the DNS says about who may send for the sender's domain. */
export interface SenderPolicyFact {
  readonly domain: string;
  /** False where no host of this mailbox comes from the DNS: the domain's records then say nothing. */
  readonly relevant: boolean;
  /** MX hosts of the domain; absent where the DNS did not tell. */
  readonly mx?: readonly string[];
  readonly spf: SpfNode;
  /** Lookups of the whole tree, and questions in it that are answered with nothing. */
  readonly lookups: number;
  readonly voids: number;
  readonly dkim: readonly DkimKeyFact[];
  readonly dmarc: DmarcFact;
  readonly mtaSts?: MtaStsFact;
  /** The domain asks for reports on TLS (RFC 8460). */
  readonly tlsReports: boolean;
  readonly tlsa: readonly TlsaFact[];
  readonly caa: readonly CaaFact[];
  readonly provider?: ProviderSpfFact;
  /** The SMTP host is the domain's own MX: what SPF says of its addresses. */
  readonly ownServer?: {
    readonly host: string;
    readonly addresses: readonly { readonly address: string; readonly result: SpfVerdict['result'] }[];
  };
}
