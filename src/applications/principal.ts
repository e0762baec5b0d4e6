/** What a key may do. `operator` keys belong to no application and alone touch applications, global rules and providers. */
export const SCOPES = ['verify', 'read', 'admin', 'operator'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is calling, as the API key says. */
export interface Principal {
  keyId: string;
  /** The tenant all of the call's data belongs to; null for an operator. */
  applicationId: string | null;
  scopes: Scope[];
}
