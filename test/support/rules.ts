/** A rule as the admin API answers it. */
export interface RuleBody {
  id: string;
  owner: 'installation' | 'application';
  savedBy: 'operator' | 'application';
  rail: boolean;
  holds: boolean;
  replaces: string | null;
  name: string;
  on: string;
  by: string[];
  scope: string;
  max: number;
  windowSeconds: number;
  rate: string;
  mode: string;
  enabled: boolean;
  note: string;
  version: number;
  createdAt: string | null;
  updatedAt: string | null;
}

/** What a caller may say about a rule, for a change of the one that was read. */
export const orderFrom = ({ name, on, by, scope, max, windowSeconds, mode, enabled, note }: RuleBody) => ({
  ...{ name, on, by, scope, max, windowSeconds, mode, enabled, note },
});
