import type { ZodType } from 'zod';
import type { Cause } from '../domain/cause.js';
import type { Report, SubmitFailure, ReportStatus } from '../domain/outcome.js';
import type { Provider } from './provider.js';

/** What a provider may ask of the process it runs in. */
export interface ProviderContext {
  /** Milliseconds since the epoch, for timestamps within signatures. */
  now(): number;
  /** Whether we made the MAC of a send attempt of this provider, for reports that do not come to its address. Constant time. */
  isOurs(attemptId: string, mac: string): boolean;
  /**
   * Takes reports that come by another way than HTTP, such as receipts over a link. They are stored when this is fulfilled.
   *
   * @throws 503 `unavailable`: keep them, or have the vendor send them again.
   */
  take(reports: Report[]): Promise<void>;
  /** The longest that connecting and a whole exchange may take. */
  limits: { connectMs: number; totalMs: number };
  /** Tells whoever runs this what happened to a link, in fields without anything personal. */
  log: { info(event: string, fields: object): void; warn(event: string, fields: object): void };
}

/** What a kind of provider is, for its page in the documentation; the rest of the page comes from its schema and its maps. */
export interface ProviderPage {
  /** The vendor's own name of the product. */
  title: string;
  about: string;
  /** Lines of `einmal.yaml` under `providers:`, complete. */
  example: string;
  /** What the vendor must be told, and where. */
  setUp: string;
  /** How its reports come, how they are proven genuine, and what they do not say. */
  reports: string;
  /** What was run against something real, and what was only read. */
  tried: string;
  /** Its cells in the table of all providers: how reports come, what proves them genuine, what it was tried against. */
  inShort: { reports: string; genuine: string; tried: string };
  /** The addresses its reports come to: one that each message is given, or one of the account, set at the vendor. */
  reportsTo?: readonly ('message' | 'account')[];
  /** The maps it reads reports and refusals with, for the tables. */
  statuses?: Readonly<Record<string, { status: ReportStatus; cause?: Cause; transient?: boolean }>>;
  errors?: Readonly<Record<string, { failure: SubmitFailure; cause: Cause; scope?: 'message' }>>;
}

/** A kind of provider as the configuration file knows it. */
export interface ProviderKind {
  type: string;
  /** Strict zod object with the literal `type` and `channel`. */
  schema: ZodType;
}

/** A kind of provider: what its configuration looks like and how to make one. */
export interface ProviderType<Config = unknown> extends ProviderKind {
  schema: ZodType<Config>;
  /** Absent: not for production, and without a page. */
  page?: ProviderPage;
  create(id: string, config: Config, context: ProviderContext): Provider;
}
