import { z } from 'zod';

/** How an application's calls go. */
export const voiceSettingsSchema = z.strictObject({
  keyPress: z
    .boolean()
    .optional()
    .meta({
      description:
        'A call says who calls and asks for a key first. Its code is made when that was pressed, so that no answering machine has it; ' +
        'a call without it counts as not answered.',
    }),
});

export type VoiceSettings = z.output<typeof voiceSettingsSchema>;

/** The first that says so. */
export const effectiveVoice = (...settings: (VoiceSettings | undefined)[]): { keyPress: boolean } => ({
  keyPress: settings.find((voice) => voice?.keyPress !== undefined)?.keyPress ?? false,
});
