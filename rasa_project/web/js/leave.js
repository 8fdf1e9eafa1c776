// Quick exit: everything of this visit goes from the device, and every tab of Steady leaves for a neutral page.

import { forgetDevice } from './device.js';

const CHANNEL = 'steady';
const TWICE_WITHIN = 800;

/**
 * What this tab and the other tabs of this site tell each other. `leaving()` is called when another tab leaves,
 * `changed()` when another went on with the conversation that `conversation()` names. Both senders do nothing
 * where the browser has no BroadcastChannel.
 */
export function createTabs({ leaving, changed = () => {}, conversation = () => null }) {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;
  channel?.addEventListener('message', ({ data }) => {
    if (data?.leave) leaving();
    else if (data?.changed && data.changed === conversation()) changed();
  });
  return {
    tellChanged: (name) => channel?.postMessage({ changed: name }),
    tellLeaving: () => channel?.postMessage({ leave: true }),
  };
}

/** Wipe the device and put `address` in this page's place: Back does not return to it. */
export function leaveFor(address) {
  forgetDevice();
  document.documentElement.hidden = true;
  location.replace(address);
}

/**
 * Escape pressed twice within a moment calls `leave()`; the first press calls `hint()`. A press that closed something
 * (`closes()` says whether it will) does not count, nor one inside an input method.
 */
export function escapeTwice(target, { leave, hint = () => {}, closes = () => false }) {
  let first = -Infinity;
  target.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat || event.isComposing) return;
    if (event.defaultPrevented) return;
    if (closes()) {
      // What lies around it, such as another page's panel, stays open.
      event.stopPropagation();
      return;
    }
    if (event.timeStamp - first < TWICE_WITHIN) {
      leave(event);
      return;
    }
    first = event.timeStamp;
    hint();
  });
}
