import { nameOf, widthOf, type Breaker, type Detector } from './breaker.js';
import type { DetectorSettings, SpraySettings } from './detector-settings.js';

/** Who guesses. */
export interface CheckPlaces {
  network?: string | null | undefined;
  /** Id of the API key. */
  apiKey?: string | undefined;
}

/** The breakers that a guess counts in. That of a key refuses nothing, whatever it is set to. */
export function breakersOfCheck({ spray }: DetectorSettings, { network, apiKey }: CheckPlaces): Breaker[] {
  return [
    ...(network ? spraying('spray-network', network, spray.network) : []),
    ...(apiKey !== undefined ? spraying('spray-key', apiKey, spray.key) : []),
  ];
}

function spraying(detector: Detector, place: string, settings: SpraySettings): Breaker[] {
  if (settings.mode === 'off') return [];
  const windowMs = settings.windowSeconds * 1_000;
  return [
    {
      name: nameOf(detector, place),
      refuses: settings.mode === 'enforce' && detector === 'spray-network',
      windowMs,
      widthMs: widthOf(windowMs),
      least: settings.verifications,
      share: settings.failedPercent / 100,
      blockMs: settings.blockSeconds * 1_000,
      wide: false,
      places: [],
    },
  ];
}
