/** The part of the API that the client speaks. Written from openapi.json by `npm run client:write`. */

export interface components {
  schemas: {
    Approval: {
      id: string;
      /** @enum {string} */
      status: 'approved';
      /**
       * @description The one whose code was typed
       * @enum {string}
       */
      channel: 'sms' | 'voice' | 'email';
      /** Format: date-time */
      approvedAt: string;
      /** @description Proof for other services: a JWT (EdDSA or ES256, `typ` einmal-approval+jwt, `aud` the application), valid 120 s. POST /v1/tokens/consume takes it in once; keys to verify it are at /.well-known/jwks.json */
      token: string;
      /** Format: date-time */
      tokenExpiresAt: string;
    };
    CancelVerification: Record<string, never>;
    CheckCode: {
      /** @description What the person typed, a string: leading zeros count */
      code: string;
      /** @description Who is asking you. Limits per address work only where `ip` is given */
      endUser?: {
        ip?: string;
        userAgent?: string;
        deviceId?: string;
      };
      /** @description Things of your own that rules count by: `custom:session` counts by `limitKeys.session` */
      limitKeys?: {
        [key: string]: string;
      };
      /** @description Your name for the person; the check must name it too */
      subject?: string;
      /** @description What the code is for; the check must name it too */
      purpose?: string;
      /** @description The payment that is confirmed (PSD2 dynamic linking); the check must name it too */
      binding?: {
        amount: string;
        payee: string;
      };
    };
    ConsumeToken: {
      /** @description As the check gave it */
      token: string;
      /** @description Who must have been approved */
      subject?: string;
      /** @description What for */
      purpose?: string;
      /** @description The payment that must have been confirmed */
      binding?: {
        amount: string;
        payee: string;
      };
    };
    ConsumedToken: {
      /** @description The token’s `jti` */
      tokenId: string;
      verificationId: string;
      subject: string | null;
      purpose: string | null;
      /** @description Authentication methods (RFC 8176): `otp` and the channel */
      amr: string[];
      /**
       * @description The one whose code was typed
       * @enum {string}
       */
      channel: 'sms' | 'voice' | 'email';
      /** Format: date-time */
      approvedAt: string;
      /** Format: date-time */
      expiresAt: string;
    };
    Delivery: {
      id: string;
      /** @enum {string} */
      channel: 'sms' | 'voice' | 'email';
      /** @enum {string} */
      status: 'queued' | 'submitting' | 'sent' | 'delivered' | 'failed' | 'unconfirmed' | 'canceled';
      /** @description Masked; null once erased */
      to: string | null;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      /** @description Stable; what programs decide by. */
      code: string;
      /** @description For people: what is wrong and what to do. */
      detail: string;
      /** @description When coming back helps; the same as `Retry-After`. */
      retryAfterSeconds?: number;
      /** @description Guesses that are left, with `wrong-code` and `attempts-used-up`. */
      attemptsLeft?: number;
      /** @description Limits that refused. Not for end users. */
      violatedPolicies?: string[];
      /** @description The same, as draft-ietf-httpapi-ratelimit-headers names it. */
      'violated-policies'?: string[];
      /** @description What your user may be shown as it stands, in the language of `locale`, else of Accept-Language: en, de, fr or es. With 429, 503, `recipient-refused` and `no-channel`. */
      endUser?: {
        title: string;
        detail: string;
      };
      /** @description What is wrong with which part of the request, with `invalid-request`. */
      errors?: {
        path: string;
        message: string;
      }[];
    } & {
      [key: string]: unknown;
    };
    Recipient: {
      /** @description Any usual spelling; best E.164 */
      phone?: string;
      email?: string;
    };
    ResendCode: {
      /**
       * @description Absent: the same as last time
       * @enum {string}
       */
      channel?: 'sms' | 'voice' | 'email';
      /** @description Who is asking you. Limits per address work only where `ip` is given */
      endUser?: {
        ip?: string;
        userAgent?: string;
        deviceId?: string;
      };
      /** @description Things of your own that rules count by: `custom:session` counts by `limitKeys.session` */
      limitKeys?: {
        [key: string]: string;
      };
    };
    StartVerification: {
      to: components['schemas']['Recipient'];
      /** @description In order of preference; absent: the application's plan */
      channels?: ('sms' | 'voice' | 'email')[];
      /** @description What the code is for; the check must name it too */
      purpose?: string;
      /** @description Of the message; absent: the application’s */
      locale?: string;
      /** @description Your name for the person; the check must name it too */
      subject?: string;
      codeLength?: number;
      ttlSeconds?: number;
      /** @description One of the application's; absent: `default`, of its own or built in */
      template?: string;
      /** @description Who is asking you. Limits per address work only where `ip` is given */
      endUser?: {
        ip?: string;
        userAgent?: string;
        deviceId?: string;
      };
      /** @description Things of your own that rules count by: `custom:session` counts by `limitKeys.session` */
      limitKeys?: {
        [key: string]: string;
      };
      /** @description The payment that is confirmed (PSD2 dynamic linking); the check must name it too */
      binding?: {
        amount: string;
        payee: string;
      };
      /**
       * Format: hostname
       * @description Domain of the page that may fill the code in by itself (WebOTP)
       */
      webOtpOrigin?: string;
      /** @description Lets the Android app with this hash read the SMS (SMS Retriever) */
      androidAppHash?: string;
      /** @description Up to 20 texts of yours, given back on reading */
      metadata?: {
        [key: string]: string;
      };
    };
    TimelineEntry: {
      /** Format: date-time */
      at: string;
      /** @description `queued`, `submit accepted`, `report failed`, `approved` …; for people */
      event: string;
      deliveryId?: string;
      /** @enum {string} */
      channel?: 'sms' | 'voice' | 'email';
      provider?: string;
      /** @description Why */
      detail?: string;
      /**
       * @description Of a text message that was handed over: 7 or 16 bits a character
       * @enum {string}
       */
      encoding?: 'gsm7' | 'ucs2';
      /** @description Of how many messages it consists, each of which is charged */
      segments?: number;
    };
    Verification: {
      id: string;
      /** @enum {string} */
      status: 'pending' | 'approved' | 'failed' | 'expired' | 'canceled';
      /** @description The plan: in this order, each only if the one before fails */
      channels: ('sms' | 'voice' | 'email')[];
      /** @description Guesses, over all codes together */
      attemptsLeft: number;
      /** Format: date-time */
      expiresAt: string;
      /**
       * Format: date-time
       * @description From when on another code may be asked for
       */
      resendAt: string;
      deliveries: components['schemas']['Delivery'][];
    };
    VerificationHistory: {
      id: string;
      /** @enum {string} */
      status: 'pending' | 'approved' | 'failed' | 'expired' | 'canceled';
      /** @description The plan: in this order, each only if the one before fails */
      channels: ('sms' | 'voice' | 'email')[];
      /** @description Guesses, over all codes together */
      attemptsLeft: number;
      /** Format: date-time */
      expiresAt: string;
      /**
       * Format: date-time
       * @description From when on another code may be asked for
       */
      resendAt: string;
      deliveries: components['schemas']['Delivery'][];
      purpose: string | null;
      subject: string | null;
      metadata: {
        [key: string]: string;
      };
      /** @enum {string|null} */
      approvedChannel: 'sms' | 'voice' | 'email' | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      endedAt: string | null;
      timeline: components['schemas']['TimelineEntry'][];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type Approval = components['schemas']['Approval'];
export type CancelVerification = components['schemas']['CancelVerification'];
export type CheckCode = components['schemas']['CheckCode'];
export type ConsumeToken = components['schemas']['ConsumeToken'];
export type ConsumedToken = components['schemas']['ConsumedToken'];
export type Delivery = components['schemas']['Delivery'];
export type Problem = components['schemas']['Problem'];
export type Recipient = components['schemas']['Recipient'];
export type ResendCode = components['schemas']['ResendCode'];
export type StartVerification = components['schemas']['StartVerification'];
export type TimelineEntry = components['schemas']['TimelineEntry'];
export type Verification = components['schemas']['Verification'];
export type VerificationHistory = components['schemas']['VerificationHistory'];
/** What each call takes and answers. */
export interface Calls {
  consumeToken: { body: ConsumeToken; answer: ConsumedToken };
  startVerification: { body: StartVerification; answer: Verification };
  checkCode: { body: CheckCode; answer: Approval };
  resendCode: { body: ResendCode; answer: Verification };
  cancelVerification: { body: CancelVerification; answer: Verification };
  readVerification: { body: undefined; answer: VerificationHistory };
}

/** How each call is made, and the codes with which it may be refused. */
export const CALLS = {
  consumeToken: {
    method: 'POST',
    path: '/v1/tokens/consume',
    takesKey: true,
    codes: [
      'application-disabled',
      'forbidden',
      'idempotency-mismatch',
      'invalid-request',
      'invalid-token',
      'token-expired',
      'token-mismatch',
      'token-used',
      'unauthorized',
      'unavailable',
    ],
  },
  startVerification: {
    method: 'POST',
    path: '/v1/verifications',
    takesKey: true,
    codes: [
      'application-disabled',
      'cooldown',
      'forbidden',
      'idempotency-in-flight',
      'idempotency-mismatch',
      'invalid-request',
      'link-in-text',
      'no-channel',
      'no-price',
      'rate-limited',
      'recipient-refused',
      'template-lacks-channel',
      'template-needs-binding',
      'template-needs-purpose',
      'text-too-long',
      'unauthorized',
      'unavailable',
      'unknown-template',
    ],
  },
  checkCode: {
    method: 'POST',
    path: '/v1/verifications/{id}/checks',
    takesKey: true,
    codes: [
      'already-approved',
      'application-disabled',
      'attempts-used-up',
      'blocked-address',
      'canceled',
      'expired',
      'forbidden',
      'idempotency-in-flight',
      'idempotency-mismatch',
      'invalid-request',
      'not-found',
      'overloaded',
      'rate-limited',
      'unauthorized',
      'unavailable',
      'wrong-code',
    ],
  },
  resendCode: {
    method: 'POST',
    path: '/v1/verifications/{id}/resend',
    takesKey: false,
    codes: [
      'already-approved',
      'application-disabled',
      'attempts-used-up',
      'canceled',
      'cooldown',
      'expired',
      'forbidden',
      'invalid-request',
      'no-channel',
      'no-price',
      'not-found',
      'rate-limited',
      'recipient-refused',
      'unauthorized',
      'unavailable',
    ],
  },
  cancelVerification: {
    method: 'POST',
    path: '/v1/verifications/{id}/cancel',
    takesKey: false,
    codes: [
      'already-approved',
      'application-disabled',
      'attempts-used-up',
      'expired',
      'forbidden',
      'invalid-request',
      'not-found',
      'unauthorized',
      'unavailable',
    ],
  },
  readVerification: {
    method: 'GET',
    path: '/v1/verifications/{id}',
    takesKey: false,
    codes: ['application-disabled', 'forbidden', 'not-found', 'unauthorized', 'unavailable'],
  },
} as const;
