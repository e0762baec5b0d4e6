import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';

/** Why a call was not connected, as SIP says it (RFC 3261, 21). What a network's fault is may work over another provider. */
export const SIP_STATUS: StatusMap = {
  403: permanent('blocked'),
  404: permanent('unknown-number'),
  408: permanent('no-answer'),
  410: permanent('unknown-number'),
  480: permanent('unreachable'),
  484: permanent('unknown-number'),
  486: permanent('busy'),
  487: permanent('no-answer'),
  500: transient('provider'),
  501: transient('provider'),
  502: transient('provider'),
  503: transient('provider'),
  504: transient('provider'),
  505: transient('provider'),
  513: transient('provider'),
  555: transient('provider'),
  580: transient('provider'),
  600: permanent('busy'),
  603: permanent('no-answer'),
  604: permanent('unknown-number'),
  606: transient('provider'), // what one network offers, another may offer otherwise
};
