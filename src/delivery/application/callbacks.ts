/** Addresses that providers call back, each good for one send attempt of one provider and for nothing else. */
export abstract class Callbacks {
  /** The address of a path as the outside sees it, which is what providers sign. */
  abstract publicUrl(path: string): string;
  /**
   * `{publicUrl}/v1/reports/{providerId}/{attemptId}/{mac}`, its MAC alone, and `{publicUrl}/v1/calls/{providerId}/{attemptId}/{mac}`
   * with one of its own: whoever learns where reports go can not ask what a call says.
   */
  abstract of(providerId: string, attemptId: string): { reportUrl: string; reportMac: string; callUrl: string };
  /** Whether we made the address for reports. Constant time. */
  abstract isOurs(providerId: string, attemptId: string, mac: string): boolean;
  /** Whether we made the address for a call. Constant time. */
  abstract isOurCall(providerId: string, attemptId: string, mac: string): boolean;
}
