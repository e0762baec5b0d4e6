/** At most `max` requests within a window. */
export interface Ceiling {
  max: number;
  windowSeconds: number;
}

export interface Ceilings {
  /** From one address, whatever it asks for. */
  perAddress: Ceiling;
  /** With one API key, from wherever. */
  perKey: Ceiling;
  /** With keys that are not valid, from one address. */
  perFailedLogin: Ceiling;
}

/**
 * Against floods, not quotas: far above what a busy application's own servers send, and low enough that one address or one key can
 * not keep all nodes busy. What an application or a person may do is decided by limits/. Nobody mistypes a key once a second.
 */
export const DEFAULT_CEILINGS: Ceilings = {
  perAddress: { max: 10_000, windowSeconds: 10 },
  perKey: { max: 10_000, windowSeconds: 10 },
  perFailedLogin: { max: 60, windowSeconds: 60 },
};

/** Admin routes are counted apart, and never with less than this: who turns a ceiling down must be able to turn it up again. */
export const ADMIN_FLOOR: Ceiling = { max: 100, windowSeconds: 10 };

/** The ceilings that hold now. An operator changes them while the service runs (edge/). */
export class EdgeCeilings {
  private current = (): Ceilings => DEFAULT_CEILINGS;

  get now(): Ceilings {
    return this.current();
  }

  /** From now on they are what this says, each time they are asked for. */
  follow(current: () => Ceilings): void {
    this.current = current;
  }
}
