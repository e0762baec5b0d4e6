/** Why a delivery did not go over a provider, for the timeline. */
export const SWITCHED_OFF = 'provider switched off by operator';

/** What an operator says about a provider. */
export interface ProviderSwitch {
  enabled: boolean;
  /** When a provider that is off is on again by itself; null: not before somebody says so. */
  until: Date | null;
  /** For the next person who looks. */
  reason: string | null;
}

/** Which providers are switched on. Answers from memory, since it is asked for every message. */
export abstract class ProviderSwitches {
  abstract isOn(providerId: string): boolean;
}

/** What operators have said so far. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class SwitchLedger {
  /** As it stands now, by provider; one that nobody has ever touched has none. */
  abstract all(): Promise<Map<string, KeptSwitch>>;

  /**
   * Saves a switch over the version it was made from (1: the one that nobody has touched), with its line in the audit log. Holds
   * on this process when it returns, and on every other within 5 s (R79).
   *
   * @throws 412 `version-mismatch` when somebody saved since; 400 `invalid-request` when `until` has passed.
   */
  abstract save(providerId: string, change: SwitchChange): Promise<void>;
}

/** A switch as it is kept: what was said, whether it still holds, and the version a change is made from. */
export interface KeptSwitch extends ProviderSwitch {
  version: number;
}

export interface SwitchChange {
  to: ProviderSwitch;
  version: number;
  /** Id of the operator's key. */
  actor: string;
}
