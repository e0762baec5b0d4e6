/** As the API takes it, but a member that may be absent may also be `undefined`: `{ ip: request.ip }`. */
export type Given<Body> = Body extends readonly unknown[] | string
  ? Body
  : {
      [Name in keyof Body]:
        Given<Body[Name]> | (Partial<Pick<Body, Name>> extends Pick<Body, Name> ? undefined : never);
    };
