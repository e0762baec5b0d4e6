import { z } from 'zod';
import { FACTOR_CHANNELS } from '../../shared/channel.js';
import type { FactorEvent } from '../event-types.js';
import { ofApplication } from './members.js';

/** What every event of a factor has. */
const ofFactor = {
  ...ofApplication,
  factorId: z.string(),
  sequence: z.int().meta({ description: 'Its place among the factor’s events' }),
  channel: z.enum(FACTOR_CHANNELS),
  subject: z.string().nullable().meta({ description: 'Your name for the person; null once erased' }),
  label: z.string().nullable().meta({ description: 'The person’s name for the factor; null once erased' }),
};

/** Who did it: the person, or one of your administrators. */
const byWhom = {
  by: z.enum(['subject', 'administrator']).meta({ description: '`administrator`: with a key of scope `admin`' }),
};

const ofCodes = { ...ofFactor, codesLeft: z.int().meta({ description: 'Backup codes that are unused' }) };

const happened = (description: string) => z.strictObject({ ...ofFactor, ...byWhom }).meta({ description });

/** What is told of factors: enough to write to the person it belongs to, and never a code or a secret. */
export const FACTOR_DATA = {
  'factor.created': happened('An enrolment was begun; it is no factor before a code of it was typed'),
  'factor.activated': happened('A code of the new authenticator was typed: it can be used'),
  'factor.imported': happened('An authenticator that was enrolled elsewhere can be used'),
  'factor.renamed': happened('It has another label'),
  'factor.removed': happened('It can not be used any more'),
  'factor.codes-created': z
    .strictObject({ ...ofCodes, ...byWhom })
    .meta({ description: 'There are new backup codes; those there were are void' }),
  'factor.code-used': z.strictObject(ofCodes).meta({ description: 'A backup code was used' }),
  'factor.codes-low': z.strictObject(ofCodes).meta({ description: 'Three backup codes or fewer are left' }),
  'factor.codes-voided': z.strictObject(ofCodes).meta({
    description: 'The ledger was restored from a backup: which codes were used since is not known, so none is good',
  }),
} satisfies Record<FactorEvent, z.ZodType>;
