/** `shadow`: it counts, trips and tells, and refuses nothing. */
export type Mode = 'off' | 'shadow' | 'enforce';

/** Trips when, of at least `sends` whose codes are over, fewer than `approvedPercent` were approved. */
export interface ConversionSettings {
  mode: Mode;
  sends: number;
  approvedPercent: number;
  windowSeconds: number;
  blockSeconds: number;
}

/** Trips when `neighbours` of the ten numbers around one were written to within ten minutes, and none typed its code. */
export interface SequenceSettings {
  mode: Mode;
  neighbours: number;
  blockSeconds: number;
}

/** Trips when `numbers` of a block were written to, their codes are over, and not one number of the block was approved. */
export interface BlockSettings {
  mode: Mode;
  numbers: number;
  blockSeconds: number;
}

/** Trips when, of at least `verifications` that were guessed at, `failedPercent` were not approved. */
export interface SpraySettings<SomeMode extends Mode = Mode> {
  mode: SomeMode;
  verifications: number;
  failedPercent: number;
  windowSeconds: number;
  blockSeconds: number;
}

/** How an application's detectors are set, every gap filled. */
export interface DetectorSettings {
  conversion: Record<'block' | 'network' | 'country' | 'application', ConversionSettings>;
  pumping: { sequence: SequenceSettings; block: BlockSettings };
  /** A whole API key is never refused: that would lock everybody out, which is an attack of its own. */
  spray: { network: SpraySettings; key: SpraySettings<'off' | 'shadow'> };
  /** New codes while a spray lasts. A page may have room for six digits only, so it is off until somebody says otherwise. */
  longerCodes: { mode: 'off' | 'enforce'; length: number };
}

const HOUR = 3_600;

/** 20 sends and 25 % in an hour, tripped for an hour: requirements.md section 4, conversion breaker. */
const CONVERSION: ConversionSettings = {
  mode: 'enforce',
  sends: 20,
  approvedPercent: 25,
  windowSeconds: HOUR,
  blockSeconds: HOUR,
};

/** What could stop a whole application only tells; what stops a part that nobody types codes in refuses. */
export const DEFAULT_DETECTORS: DetectorSettings = {
  conversion: {
    block: CONVERSION,
    network: CONVERSION,
    country: CONVERSION,
    application: { ...CONVERSION, mode: 'shadow' },
  },
  pumping: {
    sequence: { mode: 'enforce', neighbours: 4, blockSeconds: HOUR },
    block: { mode: 'enforce', numbers: 8, blockSeconds: HOUR },
  },
  spray: {
    network: { mode: 'enforce', verifications: 20, failedPercent: 80, windowSeconds: HOUR, blockSeconds: HOUR },
    key: { mode: 'shadow', verifications: 100, failedPercent: 50, windowSeconds: HOUR, blockSeconds: HOUR },
  },
  longerCodes: { mode: 'off', length: 8 },
};
