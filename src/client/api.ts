/** The part of the API that the client speaks. Written from openapi.json by `npm run client:write`. */

export interface components {
  schemas: {
    ActivatedFactor: {
      /** @example fac_W1Yp8vXyS0mUu3d2Zb6qkw */
      id: string;
      subject: string;
      /** @enum {string} */
      channel: 'totp' | 'backup-code';
      /**
       * @description `pending`: no code of it was typed yet, so it is no factor.
       * @enum {string}
       */
      status: 'pending' | 'active';
      label: string | null;
      /** @description Null for backup codes */
      totp: components['schemas']['TotpParameters'] | null;
      /** @description Backup codes that are unused; null for an authenticator */
      codesLeft: number | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      activatedAt: string | null;
      /**
       * Format: date-time
       * @description When a code of it was last taken in for a verification
       */
      lastUsedAt: string | null;
      /**
       * @description Shown this once; null where none were made
       * @example [
       *       "K7QF-2MZA-XW3PD"
       *     ]
       */
      backupCodes: string[] | null;
    };
    Approval: {
      id: string;
      /** @enum {string} */
      status: 'approved';
      /**
       * @description The one whose code was typed
       * @enum {string}
       */
      channel: 'sms' | 'voice' | 'email' | 'totp' | 'backup-code';
      /** Format: date-time */
      approvedAt: string;
      /** @description Proof for other services: a JWT (EdDSA or ES256, `typ` einmal-approval+jwt, `aud` the application), valid 120 s. POST /v1/tokens/consume takes it in once; keys to verify it are at /.well-known/jwks.json */
      token: string;
      /** Format: date-time */
      tokenExpiresAt: string;
    };
    BackupCodes: {
      /** @example fac_W1Yp8vXyS0mUu3d2Zb6qkw */
      id: string;
      subject: string;
      /** @enum {string} */
      channel: 'totp' | 'backup-code';
      /**
       * @description `pending`: no code of it was typed yet, so it is no factor.
       * @enum {string}
       */
      status: 'pending' | 'active';
      label: string | null;
      /** @description Null for backup codes */
      totp: components['schemas']['TotpParameters'] | null;
      /** @description Backup codes that are unused; null for an authenticator */
      codesLeft: number | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      activatedAt: string | null;
      /**
       * Format: date-time
       * @description When a code of it was last taken in for a verification
       */
      lastUsedAt: string | null;
      /**
       * @description For the person to print or to write down. Shown this once
       * @example [
       *       "K7QF-2MZA-XW3PD"
       *     ]
       */
      backupCodes: string[];
    };
    BegunEnrolment: {
      /** @example fac_W1Yp8vXyS0mUu3d2Zb6qkw */
      id: string;
      subject: string;
      /** @enum {string} */
      channel: 'totp' | 'backup-code';
      /**
       * @description `pending`: no code of it was typed yet, so it is no factor.
       * @enum {string}
       */
      status: 'pending' | 'active';
      label: string | null;
      /** @description Null for backup codes */
      totp: components['schemas']['TotpParameters'] | null;
      /** @description Backup codes that are unused; null for an authenticator */
      codesLeft: number | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      activatedAt: string | null;
      /**
       * Format: date-time
       * @description When a code of it was last taken in for a verification
       */
      lastUsedAt: string | null;
      /** @description Base32, for whoever can not scan. Shown this once */
      secret: string;
      /** @description `otpauth://totp/…`, for a link on the phone itself. Shown this once */
      uri: string;
      /** @description The same as a QR code: an SVG to put into your page. Shown this once */
      qr: string;
      /**
       * Format: date-time
       * @description Until then it can be activated
       */
      expiresAt: string;
    };
    CancelVerification: Record<string, never>;
    CheckCode: {
      /** @description What the person typed, a string: leading zeros count. 6 to 10 digits; of `totp` 6 to 8, with or without groups; a backup code in any case, with or without its groups */
      code: string;
      /**
       * @description `totp` or `backup-code` for a code of a factor; absent, or any other: any code that was sent
       * @enum {string}
       */
      channel?: 'sms' | 'voice' | 'email' | 'totp' | 'backup-code';
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
    CheckFactor: {
      /** @description What the person typed, a string: leading zeros count. 6 to 10 digits; of `totp` 6 to 8, with or without groups; a backup code in any case, with or without its groups */
      code: string;
      /** @description What the code is for; the check must name it too */
      purpose?: string;
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
      channel: 'sms' | 'voice' | 'email' | 'totp' | 'backup-code';
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
    ErasedFactors: {
      /** @description So many there were */
      factors: number;
    };
    Factor: {
      /** @example fac_W1Yp8vXyS0mUu3d2Zb6qkw */
      id: string;
      subject: string;
      /** @enum {string} */
      channel: 'totp' | 'backup-code';
      /**
       * @description `pending`: no code of it was typed yet, so it is no factor.
       * @enum {string}
       */
      status: 'pending' | 'active';
      label: string | null;
      /** @description Null for backup codes */
      totp: components['schemas']['TotpParameters'] | null;
      /** @description Backup codes that are unused; null for an authenticator */
      codesLeft: number | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      activatedAt: string | null;
      /**
       * Format: date-time
       * @description When a code of it was last taken in for a verification
       */
      lastUsedAt: string | null;
    };
    FactorActivation: {
      /** @description What the app shows, with or without its groups; a string: leading zeros count */
      code: string;
      /**
       * @description Whether to make ten backup codes, where the subject has none that are unused
       * @default true
       */
      backupCodes?: boolean;
    };
    FactorImport: {
      factors: components['schemas']['ForeignFactor'][];
    };
    FactorLabel: {
      /**
       * @description Null: none
       * @example Work phone
       */
      label: string | null;
    };
    FactorList: {
      /** @description Oldest first */
      factors: components['schemas']['Factor'][];
    };
    FactorSubject: {
      /**
       * @description Your name for the person
       * @example user-4711
       */
      subject: string;
    };
    ForeignFactor: {
      /**
       * @description Your name for the person
       * @example user-4711
       */
      subject: string;
      /** @description `otpauth://totp/…`: says all but `subject` */
      uri?: string;
      /** @description Base32; case, spaces, hyphens and padding do not matter */
      secret?: string;
      /** @description Absent: the account that the `uri` names, cut to 64 characters */
      label?: string;
      /** @description What the app calls you. It is not kept, and may be anything */
      issuer?: string;
      /** @description `SHA1` when absent, `SHA256` or `SHA512` */
      algorithm?: string;
      /** @description 6 when absent, 7 or 8 */
      digits?: number;
      /** @description Seconds: 30 when absent, 15 to 60 */
      period?: number;
    };
    ImportedFactors: {
      /** @description In the order in which they were given */
      results: (
        | {
            /** @enum {string} */
            kind: 'imported';
            /** @description Of the factor */
            id: string;
          }
        | {
            /** @enum {string} */
            kind: 'there-already';
            /** @description Of the factor */
            id: string;
          }
        | {
            /** @enum {string} */
            kind: 'refused';
            /** @description Why */
            detail: string;
          }
      )[];
    };
    NewFactor: {
      /**
       * @description Your name for the person
       * @example user-4711
       */
      subject: string;
      /**
       * @description What the person knows it by
       * @example Work phone
       */
      label?: string;
      /**
       * @description Which account it is, as the app shows it: a user name or an address. It is not kept. Absent: `label`, or else `subject`
       * @example anna@example.org
       */
      account?: string;
      /**
       * @description What the app calls you. Absent: what your settings say
       * @example Shop
       */
      issuer?: string;
      /**
       * @description `SHA1` when absent. Many apps know that one only, and some take another without a word and count wrong
       * @enum {string}
       */
      algorithm?: 'SHA1' | 'SHA256' | 'SHA512';
      /**
       * @default 6
       * @enum {number}
       */
      digits?: 6 | 7 | 8;
      /**
       * @description Seconds a code is shown for
       * @default 30
       */
      period?: number;
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
      /** @description Where messages go. May be empty or absent where there is a `subject` that has a factor */
      to?: {
        /** @description Any usual spelling; best E.164 */
        phone?: string;
        email?: string;
      };
      /** @description In order of preference; absent: the application's plan, and every factor of the subject. Where the first is a factor, nothing is sent before a message is asked for. One of a factor that the subject has not, or with a `binding`, is left out */
      channels?: ('sms' | 'voice' | 'email' | 'totp' | 'backup-code')[];
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
    StartedVerification: {
      id: string;
      /** @enum {string} */
      status: 'pending' | 'approved' | 'failed' | 'expired' | 'canceled';
      /** @description The plan: messages in this order, each only if the one before fails; and the factors whose codes are accepted. A check of a channel that is not among them is `no-channel` */
      channels: ('sms' | 'voice' | 'email' | 'totp' | 'backup-code')[];
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
      /** @description What the subject has enrolled, oldest first; there where the start names a `subject`. This verification accepts those whose `channel` is among `channels`, and no others */
      factors?: components['schemas']['SubjectFactor'][];
    };
    SubjectErasure: {
      /**
       * @description Your name for the person
       * @example user-4711
       */
      subject: string;
    };
    SubjectFactor: {
      id: string;
      /** @enum {string} */
      channel: 'totp' | 'backup-code';
      /** @description The person’s name for it */
      label: string | null;
      /** @description Backup codes that are unused; null for an authenticator */
      codesLeft: number | null;
      /**
       * Format: date-time
       * @description Too many codes were wrong: none is looked at before then. Null: it can be tried
       */
      lockedUntil: string | null;
    };
    TimelineEntry: {
      /** Format: date-time */
      at: string;
      /** @description `queued`, `submit accepted`, `report failed`, `approved` …; for people */
      event: string;
      deliveryId?: string;
      /** @enum {string} */
      channel?: 'sms' | 'voice' | 'email' | 'totp' | 'backup-code';
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
    TotpParameters: {
      /** @enum {string} */
      algorithm: 'SHA1' | 'SHA256' | 'SHA512';
      /** @enum {number} */
      digits: 6 | 7 | 8;
      /** @description Seconds a code is shown for */
      period: number;
    };
    Verification: {
      id: string;
      /** @enum {string} */
      status: 'pending' | 'approved' | 'failed' | 'expired' | 'canceled';
      /** @description The plan: messages in this order, each only if the one before fails; and the factors whose codes are accepted. A check of a channel that is not among them is `no-channel` */
      channels: ('sms' | 'voice' | 'email' | 'totp' | 'backup-code')[];
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
      /** @description The plan: messages in this order, each only if the one before fails; and the factors whose codes are accepted. A check of a channel that is not among them is `no-channel` */
      channels: ('sms' | 'voice' | 'email' | 'totp' | 'backup-code')[];
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
      approvedChannel: 'sms' | 'voice' | 'email' | 'totp' | 'backup-code' | null;
      /** @description Whose code approved it, where that was not sent */
      factorId: string | null;
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
export type ActivatedFactor = components['schemas']['ActivatedFactor'];
export type Approval = components['schemas']['Approval'];
export type BackupCodes = components['schemas']['BackupCodes'];
export type BegunEnrolment = components['schemas']['BegunEnrolment'];
export type CancelVerification = components['schemas']['CancelVerification'];
export type CheckCode = components['schemas']['CheckCode'];
export type CheckFactor = components['schemas']['CheckFactor'];
export type ConsumeToken = components['schemas']['ConsumeToken'];
export type ConsumedToken = components['schemas']['ConsumedToken'];
export type Delivery = components['schemas']['Delivery'];
export type ErasedFactors = components['schemas']['ErasedFactors'];
export type Factor = components['schemas']['Factor'];
export type FactorActivation = components['schemas']['FactorActivation'];
export type FactorImport = components['schemas']['FactorImport'];
export type FactorLabel = components['schemas']['FactorLabel'];
export type FactorList = components['schemas']['FactorList'];
export type FactorSubject = components['schemas']['FactorSubject'];
export type ForeignFactor = components['schemas']['ForeignFactor'];
export type ImportedFactors = components['schemas']['ImportedFactors'];
export type NewFactor = components['schemas']['NewFactor'];
export type Problem = components['schemas']['Problem'];
export type ResendCode = components['schemas']['ResendCode'];
export type StartVerification = components['schemas']['StartVerification'];
export type StartedVerification = components['schemas']['StartedVerification'];
export type SubjectErasure = components['schemas']['SubjectErasure'];
export type SubjectFactor = components['schemas']['SubjectFactor'];
export type TimelineEntry = components['schemas']['TimelineEntry'];
export type TotpParameters = components['schemas']['TotpParameters'];
export type Verification = components['schemas']['Verification'];
export type VerificationHistory = components['schemas']['VerificationHistory'];
/** What each call takes and answers. */
export interface Calls {
  consumeToken: { body: ConsumeToken; answer: ConsumedToken };
  createFactor: { body: NewFactor; answer: BegunEnrolment };
  activateFactor: { body: FactorActivation; answer: ActivatedFactor };
  searchFactors: { body: FactorSubject; answer: FactorList };
  readFactor: { body: undefined; answer: Factor };
  renameFactor: { body: FactorLabel; answer: Factor };
  removeFactor: { body: undefined; answer: undefined };
  createBackupCodes: { body: FactorSubject; answer: BackupCodes };
  importFactors: { body: FactorImport; answer: ImportedFactors };
  startVerification: { body: StartVerification; answer: StartedVerification };
  checkCode: { body: CheckCode; answer: Approval };
  resendCode: { body: ResendCode; answer: Verification };
  cancelVerification: { body: CancelVerification; answer: Verification };
  readVerification: { body: undefined; answer: VerificationHistory };
  checkFactor: { body: CheckFactor; answer: Approval };
  unlockFactor: { body: undefined; answer: undefined };
  eraseFactors: { body: SubjectErasure; answer: ErasedFactors };
}

/** How each call is made, and the codes with which it may be refused. */
export const CALLS = {
  consumeToken: {
    method: 'POST',
    path: '/v1/tokens/consume',
    takesKey: true,
    takesProof: false,
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
  createFactor: {
    method: 'POST',
    path: '/v1/factors',
    takesKey: true,
    takesProof: true,
    codes: [
      'application-disabled',
      'factor-proof-needed',
      'forbidden',
      'idempotency-mismatch',
      'invalid-request',
      'invalid-token',
      'token-expired',
      'token-mismatch',
      'token-used',
      'too-many-factors',
      'unauthorized',
      'unavailable',
    ],
  },
  activateFactor: {
    method: 'POST',
    path: '/v1/factors/{id}/activate',
    takesKey: false,
    takesProof: false,
    codes: [
      'already-active',
      'application-disabled',
      'enrolment-ended',
      'factor-proof-needed',
      'forbidden',
      'invalid-request',
      'not-found',
      'too-many-factors',
      'unauthorized',
      'unavailable',
      'wrong-code',
    ],
  },
  searchFactors: {
    method: 'POST',
    path: '/v1/factors/search',
    takesKey: false,
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'invalid-request', 'unauthorized', 'unavailable'],
  },
  readFactor: {
    method: 'GET',
    path: '/v1/factors/{id}',
    takesKey: false,
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'not-found', 'unauthorized', 'unavailable'],
  },
  renameFactor: {
    method: 'PATCH',
    path: '/v1/factors/{id}',
    takesKey: false,
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'invalid-request', 'not-found', 'unauthorized', 'unavailable'],
  },
  removeFactor: {
    method: 'DELETE',
    path: '/v1/factors/{id}',
    takesKey: true,
    takesProof: true,
    codes: [
      'application-disabled',
      'factor-proof-needed',
      'forbidden',
      'idempotency-mismatch',
      'invalid-request',
      'invalid-token',
      'not-found',
      'token-expired',
      'token-mismatch',
      'token-used',
      'unauthorized',
      'unavailable',
    ],
  },
  createBackupCodes: {
    method: 'POST',
    path: '/v1/factors/backup-codes',
    takesKey: true,
    takesProof: true,
    codes: [
      'application-disabled',
      'factor-proof-needed',
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
  importFactors: {
    method: 'POST',
    path: '/v1/factors/import',
    takesKey: false,
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'invalid-request', 'unauthorized', 'unavailable'],
  },
  startVerification: {
    method: 'POST',
    path: '/v1/verifications',
    takesKey: true,
    takesProof: false,
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
    takesProof: false,
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
      'no-channel',
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
    takesProof: false,
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
    takesProof: false,
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
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'not-found', 'unauthorized', 'unavailable'],
  },
  checkFactor: {
    method: 'POST',
    path: '/v1/factors/{id}/checks',
    takesKey: true,
    takesProof: false,
    codes: [
      'already-approved',
      'application-disabled',
      'attempts-used-up',
      'blocked-address',
      'expired',
      'forbidden',
      'idempotency-in-flight',
      'idempotency-mismatch',
      'invalid-request',
      'no-channel',
      'not-found',
      'overloaded',
      'rate-limited',
      'unauthorized',
      'unavailable',
      'wrong-code',
    ],
  },
  unlockFactor: {
    method: 'POST',
    path: '/v1/factors/{id}/unlock',
    takesKey: false,
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'not-found', 'unauthorized', 'unavailable'],
  },
  eraseFactors: {
    method: 'POST',
    path: '/v1/factors/erase',
    takesKey: false,
    takesProof: false,
    codes: ['application-disabled', 'forbidden', 'invalid-request', 'unauthorized', 'unavailable'],
  },
} as const;
