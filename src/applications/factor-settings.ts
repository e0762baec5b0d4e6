import { z } from 'zod';
import { WIDEST_WINDOW } from '../shared/totp-window.js';

/** Authenticator apps split `issuer:account` at the first colon (Google's Key URI Format), so that no name may have one. */
const ISSUER = /^(?!\s)[^\p{C}:]{1,64}(?<!\s)$/u;

/** What an authenticator app calls an application. */
export const issuerSchema = z
  .string()
  .regex(ISSUER, { error: 'is 1 to 64 visible characters without a colon, and without spaces around them' })
  .meta({ example: 'Shop' });

/** How an application's authenticators are checked, and what they are called. */
export const factorSettingsSchema = z
  .strictObject({
    window: z
      .int()
      .min(0)
      .max(WIDEST_WINDOW)
      .optional()
      .meta({
        description:
          'How many codes before and after the present one of an authenticator are right too, for phones whose clock is off. ' +
          'Absent: 1, which with codes of 30 seconds is half a minute either way',
      }),
    issuer: issuerSchema.optional().meta({
      description: 'What authenticator apps call you. Absent: `senderName`, or else the application’s name',
    }),
  })
  .meta({ id: 'FactorSettings' });

export type FactorSettings = z.output<typeof factorSettingsSchema>;

export interface EffectiveFactors {
  /** Time steps before and after now's whose code counts: 0 to 2 (RFC 6238 section 5.2 recommends at most one). */
  window: number;
  issuer: string;
}

const WINDOW = 1;

/** The first that says so. @param name what the application is called, where nobody names an issuer; it may have colons */
export const effectiveFactors = (name: string, ...settings: (FactorSettings | undefined)[]): EffectiveFactors => ({
  window: settings.find((factors) => factors?.window !== undefined)?.window ?? WINDOW,
  issuer: settings.find((factors) => factors?.issuer !== undefined)?.issuer ?? withoutColons(name),
});

const withoutColons = (name: string) => name.replaceAll(':', ' ').trim() || 'Einmal';
