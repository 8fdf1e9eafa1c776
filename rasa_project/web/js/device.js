// What the pages may keep on the device, and how all of it is forgotten. Every name begins with "steady.".

const PREFIX = 'steady.';

/** A value in localStorage as JSON: `read()` gives an object or null, `write(value)` whether it is kept, `forget()`. */
export function kept(name) {
  const key = PREFIX + name;
  return {
    key,
    read() {
      try {
        const value = JSON.parse(localStorage.getItem(key));
        return value && typeof value === 'object' && !Array.isArray(value) ? value : null;
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    forget: () => clear('localStorage', (found) => found === key),
  };
}

/** Forget everything the pages keep on this device: papers, ticks, settings and the conversation's token. */
export function forgetDevice() {
  for (const area of ['localStorage', 'sessionStorage']) clear(area, (found) => found.startsWith(PREFIX));
}

function clear(area, matches) {
  try {
    const storage = window[area];
    for (const name of Object.keys(storage)) if (matches(name)) storage.removeItem(name);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}
