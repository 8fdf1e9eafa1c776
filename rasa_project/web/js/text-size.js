// The large-text switch, kept on the device until the quick exit. The sheets hang every size on the root's.

const KEY = 'steady.text';
const LARGE = 'large';

/** Whether the person chose large text on this device. */
export function isLarge() {
  try {
    return localStorage.getItem(KEY) === LARGE;
  } catch {
    return false;
  }
}

/** Show it on `elements` (each gets the attribute `large-text`). */
export const showSize = (elements, large = isLarge()) => elements.forEach((element) => element.toggleAttribute('large-text', large));

/** Switch and remember; returns whether text is large now. It also works for this visit where nothing can be kept. */
export function switchSize(elements) {
  const large = !elements[0].hasAttribute('large-text');
  showSize(elements, large);
  try {
    if (large) localStorage.setItem(KEY, LARGE);
    else localStorage.removeItem(KEY);
  } catch {
    // It holds for this visit.
  }
  return large;
}
