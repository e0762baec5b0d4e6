/** Addresses at which providers report, each good for one send attempt of one provider and for nothing else. */
export abstract class Callbacks {
  /** The address of a path as the outside sees it, which is what providers sign. */
  abstract publicUrl(path: string): string;
  /** `{publicUrl}/v1/reports/{providerId}/{attemptId}/{mac}`, and the MAC alone. */
  abstract of(providerId: string, attemptId: string): { reportUrl: string; reportMac: string };
  /** Whether we made the address. Constant time. */
  abstract isOurs(providerId: string, attemptId: string, mac: string): boolean;
}
