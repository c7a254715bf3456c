/** One question over HTTP. No redirect is followed to another host, and nothing secret is ever part of it. */
export interface HttpQuestion {
  readonly url: string;
  /** Default: GET. */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How many redirects are followed, each to `https:` or within the same host; default 3. */
  readonly redirects?: number;
  /** The answer's body is cut here; default 64 KiB. */
  readonly mostBytes?: number;
  /** Absolute path of a PEM file that is trusted in addition. */
  readonly ca?: string;
}

/** What came of it. Every end of a connection is a fact, not an exception. */
export type HttpReply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Where the answer came from, after redirects. */
      readonly url: string;
      readonly contentType: string;
      /** The Date header as it was sent (RFC 9110 6.6.1). */
      readonly date?: string;
      readonly server?: string;
      /** Retry-After as it was sent, and when the limit of a service ends as it says it. */
      readonly retryAfter?: string;
      readonly limitReset?: string;
      /** WWW-Authenticate */
      readonly authenticate?: string;
      /** Of a redirect that was not followed. */
      readonly location?: string;
      /** UTF-8, else one character a byte; at most `mostBytes`. It is the server's: escape it wherever it is shown. */
      readonly body: string;
      /** True: there was more of it. */
      readonly cut: boolean;
      readonly ms: number;
    }
  | {
      readonly kind: 'failed';
      readonly at: 'url' | 'dns' | 'connect' | 'tls' | 'answer' | 'redirect' | 'limit';
      /** ENOTFOUND, ECONNREFUSED, CERT_HAS_EXPIRED, … */
      readonly code: string;
      readonly says: string;
      readonly ms: number;
    };
