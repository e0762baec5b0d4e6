import { nameOf, placeOf, widthOf, type Breaker, type Detector } from './breaker.js';
import type { ConversionSettings, DetectorSettings, Mode } from './detector-settings.js';

/** Where a message goes, and who asks. */
export interface SendPlaces {
  block: string;
  country: string;
  /** Absent where the application does not tell the end user's address. */
  network?: string | null | undefined;
}

/**
 * The breakers that a message to a number has to pass, the narrowest first: whatever a narrow one refuses is not counted in the
 * wide ones, so that an attack on a few blocks or from a few networks does not trip a country.
 */
export function breakersOfSend(settings: DetectorSettings, { block, country, network }: SendPlaces): Breaker[] {
  const { conversion, pumping } = settings;
  const places = network ? [block, network] : [block];
  return [
    ...tripped('pumping-sequence', block, pumping.sequence),
    ...tripped('pumping-block', block, pumping.block),
    ...(network ? tripped('pumping-sequence', placeOf(block, network), pumping.sequence) : []),
    ...(network ? tripped('pumping-block', placeOf(block, network), pumping.block) : []),
    ...converting('conversion-block', block, conversion.block),
    ...(network ? converting('conversion-network', network, conversion.network) : []),
    ...wide(converting('conversion-country', country, conversion.country), places),
    ...wide(converting('conversion-application', '', conversion.application), places),
  ];
}

function converting(detector: Detector, place: string, settings: ConversionSettings): Breaker[] {
  if (settings.mode === 'off') return [];
  const windowMs = settings.windowSeconds * 1_000;
  return [
    {
      ...shared(detector, place, settings),
      windowMs,
      widthMs: widthOf(windowMs),
      least: settings.sends,
      share: settings.approvedPercent / 100,
      wide: false,
      places: [],
    },
  ];
}

const wide = (breakers: Breaker[], places: string[]): Breaker[] =>
  breakers.map((breaker) => ({ ...breaker, wide: true, places }));

/** It is the numbers written to that trip it. */
function tripped(detector: Detector, place: string, settings: { mode: Mode; blockSeconds: number }): Breaker[] {
  if (settings.mode === 'off') return [];
  const never = { windowMs: 0, widthMs: 1_000, least: 0, share: 0, wide: false, places: [] };
  return [{ ...shared(detector, place, settings), ...never }];
}

const shared = (detector: Detector, place: string, { mode, blockSeconds }: { mode: Mode; blockSeconds: number }) => ({
  name: nameOf(detector, place),
  refuses: mode === 'enforce',
  blockMs: blockSeconds * 1_000,
});
