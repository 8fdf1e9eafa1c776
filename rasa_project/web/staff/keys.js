// The keys of the console: one table that the listener, the labels on the buttons and the help overlay read.

// Function keys write nothing, so they cannot clash with typing or with an input method; F5, F11 and F12 stay the browser's.
export const KEYS = [
  { does: 'keys', key: 'F1' },
  { does: 'crisis', key: 'F2' },
  { does: 'search', key: 'F3' },
  { does: 'check', key: 'F4' },
  { does: 'script', key: 'F6' },
  { does: 'back', key: 'F7' },
  { does: 'skip', key: 'F8' },
  { does: 'finish', key: 'F9' },
  { does: 'finish_call', key: 'F10' },
  { does: 'new_call', alt: 'A' },
  { does: 'calls', alt: 'L' },
  { does: 'counts', alt: 'S' },
  { does: 'trail', alt: 'U' },
  { does: 'notes', alt: 'N' },
  { does: 'plan', alt: 'P' },
  { does: 'time_moved', alt: 'M' },
  { does: 'phone_code', alt: 'K' },
  { does: 'take_code', alt: 'C' },
  { does: 'take', alt: 'T' },
  { does: 'put_line', alt: 'I' },
];

/** What the help overlay adds: keys of the text box and of the lists. */
export const MORE_KEYS = [
  { key: '1–9, 0', does: 'key_digits' },
  { key: 'Enter', does: 'key_enter' },
  { key: 'Shift + Enter', does: 'key_newline' },
  { key: 'Esc', does: 'key_escape' },
  { key: 'PageUp, PageDown', does: 'key_scroll' },
];

/** The key that does something, as it is written on a button. */
export function keyOf(does) {
  const found = KEYS.find((each) => each.does === does);
  return found ? found.key || `Alt+${found.alt}` : '';
}

/** Whether an input method is at work on this key event (229: it took the key before saying so). */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** The answer's place that a typed digit means: 1 to 9, and 0 for the tenth; full-width digits too. Null: none. */
export function placeOf(text) {
  const digit = String(text).normalize('NFKC');
  return /^[0-9]$/.test(digit) ? (Number(digit) + 9) % 10 : null;
}

/** Listen for the keys of the table; `run(does)` says whether it did something. Letters go by their place on the board. */
export function listen(run) {
  document.addEventListener('keydown', (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey) return;
    const found = KEYS.find(({ key, alt }) => (alt ? event.altKey && event.code === `Key${alt}` : !event.altKey && !event.shiftKey && event.key === key));
    if (found ? run(found.does) : event.key === 'Escape' && run('escape')) event.preventDefault();
    // A browser's own help or menu must not open over a call.
    else if (found?.key) event.preventDefault();
  });
}
