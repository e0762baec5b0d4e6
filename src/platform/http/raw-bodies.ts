/** Paths whose bodies come as bytes of any type, because whoever sends them signs bytes, and how long those may be. */
export interface RawBodies {
  /** How their paths begin. */
  below: readonly string[];
  /** Bytes, by the route as it is written; the others take what every route takes. */
  most: Readonly<Record<string, number>>;
}

export const NO_RAW_BODIES: RawBodies = { below: [], most: {} };
