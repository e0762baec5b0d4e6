import { z } from 'zod';
import { DEFAULT_DETECTORS, type DetectorSettings } from '../fraud/domain/detector-settings.js';

const mode = z.enum(['off', 'shadow', 'enforce']);
/** Shorter would not outlast the codes it judges by, and longer would need a memory of days. */
const windowSeconds = z.int().min(600).max(86_400);
const blockSeconds = z.int().min(60).max(86_400);

const conversion = z
  .strictObject({
    mode,
    sends: z.int().min(10).max(100_000),
    approvedPercent: z.int().min(1).max(90),
    windowSeconds,
    blockSeconds,
  })
  .partial();

const sequence = z.strictObject({ mode, neighbours: z.int().min(2).max(10), blockSeconds }).partial();
const block = z.strictObject({ mode, numbers: z.int().min(5).max(60), blockSeconds }).partial();

const spray = {
  verifications: z.int().min(10).max(100_000),
  failedPercent: z.int().min(30).max(100),
  windowSeconds,
  blockSeconds,
};

/**
 * The detectors of an application; what is absent has the built-in value. The section is absent until somebody saves one, so
 * that the version before, which knows none, reads every application that did not ask for it.
 */
export const fraudSettingsSchema = z
  .strictObject({
    conversion: z
      .strictObject({ block: conversion, network: conversion, country: conversion, application: conversion })
      .partial(),
    pumping: z.strictObject({ sequence, block }).partial(),
    spray: z
      .strictObject({
        network: z.strictObject({ mode, ...spray }).partial(),
        key: z
          .strictObject({
            mode: z.enum(['off', 'shadow'], {
              error: 'is off or shadow: to refuse a whole key would lock everybody out',
            }),
            ...spray,
          })
          .partial(),
      })
      .partial(),
    longerCodes: z.strictObject({ mode: z.enum(['off', 'enforce']), length: z.int().min(7).max(10) }).partial(),
  })
  .partial()
  .meta({ id: 'FraudSettings' });

export type FraudSettings = z.output<typeof fraudSettingsSchema>;

/** An application's detectors over the built-in ones. */
export function effectiveDetectors({ conversion, pumping, spray, longerCodes }: FraudSettings = {}): DetectorSettings {
  const built = DEFAULT_DETECTORS;
  return {
    conversion: {
      block: over(built.conversion.block, conversion?.block),
      network: over(built.conversion.network, conversion?.network),
      country: over(built.conversion.country, conversion?.country),
      application: over(built.conversion.application, conversion?.application),
    },
    pumping: {
      sequence: over(built.pumping.sequence, pumping?.sequence),
      block: over(built.pumping.block, pumping?.block),
    },
    spray: { network: over(built.spray.network, spray?.network), key: over(built.spray.key, spray?.key) },
    longerCodes: over(built.longerCodes, longerCodes),
  };
}

/** What is given over what is built in; an explicit `undefined` gives nothing. */
function over<Section extends object>(
  built: Section,
  given: { [Name in keyof Section]?: Section[Name] | undefined } = {},
): Section {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...built, ...(Object.fromEntries(known) as Partial<Section>) };
}
