import { z } from 'zod';
import { BESIDE_OTHERS } from '../options/beside-others.js';
import { commonOptions, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';

/** A C-octet string of SMPP 3.4: printable ASCII, its final zero not counted. */
const ascii = (most: number) =>
  z.string().regex(new RegExp(`^[\\x20-\\x7e]{0,${String(most)}}$`), {
    error: `must be at most ${String(most)} printable ASCII characters`,
  });

const numbering = (description: string) =>
  z
    .strictObject({
      ton: z.int().min(0).max(255).meta({ description: 'Type of number (SMPP 3.4, 5.2.5)' }),
      npi: z.int().min(0).max(255).meta({ description: 'Numbering plan (SMPP 3.4, 5.2.6)' }),
    })
    .optional()
    .meta({ description });

export const smppOptions = z
  .strictObject({
    ...commonOptions,
    type: z.literal('smpp'),
    channel: z.literal('sms'),
    host: z.string().min(1).meta({ description: 'Where the SMSC listens' }),
    port: z.int().min(1).max(65_535).default(2775).meta({ description: 'Its port; 3550 is usual with TLS' }),
    tls: z.boolean().default(false).meta({ description: 'Whether it is spoken to over TLS' }),
    ca: z
      .string()
      .includes('BEGIN CERTIFICATE', { error: 'must be a certificate in PEM' })
      .optional()
      .meta({ description: 'Who vouches for its certificate, in PEM, where it is none of the usual authorities' }),
    systemId: ascii(15).min(1).meta({ description: 'system_id, up to 15 characters' }),
    password: ascii(8).meta({ description: 'Its password, up to 8 characters' }),
    systemType: ascii(12).default('').meta({ description: 'system_type, where the SMSC wants one' }),
    addressRange: ascii(40).default('').meta({ description: 'address_range, where the SMSC wants one' }),
    serviceType: ascii(5).default('').meta({ description: 'service_type of each message' }),
    from: senderOption,
    bind: z
      .enum(['transceiver', 'separate'])
      .default('transceiver')
      .meta({ description: 'One link both ways, or a transmitter and a receiver' }),
    binds: z.int().min(1).max(10).default(1).meta({ description: 'How many of them each process opens' }),
    window: z
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .meta({ description: 'Messages that may wait for their answers on one link' }),
    enquireLinkSeconds: z
      .int()
      .min(1)
      .max(600)
      .default(30)
      .meta({ description: 'After so long without a word the SMSC is asked whether it is there' }),
    defaultAlphabet: z
      .enum(['gsm7', 'latin1', 'ascii'])
      .default('gsm7')
      .meta({ description: 'What the SMSC takes data_coding 0 for; what it lacks goes out as UCS-2' }),
    longMessages: z
      .enum(['udh', 'sar', 'payload'])
      .default('udh')
      .meta({ description: 'How parts of a long text are marked; payload leaves the cutting to the SMSC' }),
    validity: z
      .enum(['relative', 'absolute', 'none'])
      .default('relative')
      .meta({ description: 'How validity_period is written' }),
    messageIds: z
      .enum(['auto', 'same', 'hex-in-receipt', 'decimal-in-receipt'])
      .default('auto')
      .meta({ description: 'How ids in receipts differ from those that submits are answered with' }),
    unmarkedReceipts: z.boolean().default(false).meta({
      description:
        'Whether what looks like a receipt is one without the mark in esm_class. Never where phones can write to this account',
    }),
    addresses: z
      .strictObject({
        alphanumeric: numbering('Of a sender in letters; TON 5, NPI 0 where nothing else is said'),
        international: numbering('Of a sender that is a number with its country; 1 and 1 where nothing else is said'),
        shortCode: numbering('Of a sender of up to 8 digits; 0 and 0 where nothing else is said'),
        destination: numbering('Of the recipient; 1 and 1 where nothing else is said'),
      })
      .optional()
      .meta({ description: 'TON and NPI of each kind of address' }),
    statuses: statusesOption,
    errors: errorsOption,
  })
  .refine(({ tls, ca }) => tls || ca === undefined, { error: 'is only for TLS', path: ['ca'], ...BESIDE_OTHERS });
export type SmppConfig = z.output<typeof smppOptions>;
