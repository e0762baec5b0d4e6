import { z } from 'zod';
import type { ProviderPage, ProviderType } from '../../../application/provider-type.js';
import { commonOptions, senderOption } from '../options/common-options.js';
import { errorsOption, type ErrorMap } from '../outcomes/error-map.js';
import { statusesOption, type StatusMap } from '../outcomes/status-map.js';
import { checkDescription, type Problem } from './check-description.js';
import { httpShape, type HttpConfig } from './http-config.js';
import { HttpProvider } from './http-provider.js';

/** What every profile's entry may say. */
const options = {
  ...commonOptions,
  channel: z.literal('sms'),
  statuses: statusesOption,
  errors: errorsOption,
};
export const senderOf = { from: senderOption };

/** A gateway's description as an operator would write it; what is only known to its customers is in `values`. */
type Description = Omit<z.input<typeof httpShape>, 'type' | 'channel' | 'statuses' | 'errors' | 'maxPerSecond'>;

/** Parts that an operator may describe anew, because the vendor's documents do not say them. */
type Corrections = Partial<Pick<HttpConfig, 'accepted' | 'refused' | 'reports' | 'poll'>>;

interface Profile<Shape extends z.ZodRawShape> {
  type: string;
  page: ProviderPage;
  /** Besides what every profile has. */
  options: Shape;
  describe: (config: z.output<z.ZodObject<Shape>>) => Description;
  /** What is wrong with options that only mean something together. */
  check?: (config: z.output<z.ZodObject<Shape>>) => Problem[];
  correct?: (config: z.output<z.ZodObject<Shape>>) => Corrections;
  statuses?: StatusMap;
  errors?: ErrorMap;
}

/**
 * A type of provider that is nothing but a description of its gateway for `http`, with the few options left to fill in.
 */
export function profile<Shape extends z.ZodRawShape>(of: Profile<Shape>): ProviderType {
  const schema = z.strictObject({ ...options, type: z.literal(of.type), ...of.options });
  const compile = (given: unknown): HttpConfig => {
    const config = given as z.output<z.ZodObject<Shape>> & z.output<z.ZodObject<typeof options>>;
    const { maxPerSecond, statuses, errors } = config;
    const described = httpShape.parse({ ...of.describe(config), type: 'http', channel: 'sms' });
    return {
      ...{ ...described, ...(maxPerSecond !== undefined && { maxPerSecond }), ...of.correct?.(config) },
      ...{ statuses: { ...of.statuses, ...statuses }, errors: { ...of.errors, ...errors } },
    };
  };
  return {
    type: of.type,
    schema: schema.superRefine((config, context) => {
      const problems = of.check?.(config as z.output<z.ZodObject<Shape>>) ?? [];
      for (const [path, message] of problems) context.addIssue({ code: 'custom', path, message });
      if (problems.length === 0) checkDescription(compile(config), context);
    }),
    page: of.page,
    create: (id, config, context) => new HttpProvider(id, compile(config), context),
  };
}
