// The box for what the caller says. While it is empty a digit chooses an answer; everything else is typing.

import { h } from '../js/dom.js';
import { composing, placeOf } from './keys.js';
import { cap } from './parts.js';

export const LONGEST = 2000;
/** A digit that is followed by more within this time (milliseconds) was the beginning of a text. */
const MORE = 280;

/**
 * `send(text)` takes what was typed and `choose(place)` a digit; both say whether it was taken. `mark(place)` shows
 * which answer is about to be chosen: true, false where there is none, null while another answer is on its way.
 */
export function createEntry({ send, choose, mark }) {
  const label = h('label', { for: 'entry-text', class: 'entry-label' });
  const field = h('textarea', { id: 'entry-text', rows: '1', maxlength: String(LONGEST), autocomplete: 'off', enterkeyhint: 'send', 'aria-describedby': 'entry-hint' });
  const hint = h('p', { id: 'entry-hint', class: 'hint' });
  const button = h('button', { type: 'submit', class: 'strong-button' });
  const root = h('form', { class: 'entry', novalidate: true }, label, h('div', { class: 'entry-row' }, field, button), hint);
  let waiting = null;
  let before = '';

  function settle() {
    clearTimeout(waiting);
    waiting = null;
    mark(null);
  }

  function fit() {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  /** A lone digit becomes an answer. It may be typed by an input method, so the box is read, not the key. */
  function decide(place) {
    settle();
    if (field.value.trim() === '' || placeOf(field.value) !== place) return;
    if (choose(place)) set('');
  }

  function set(text) {
    field.value = text;
    before = text;
    fit();
  }

  function submit() {
    const place = placeOf(field.value);
    if (waiting !== null && place !== null) {
      decide(place);
      return;
    }
    settle();
    const text = field.value.trim();
    if (text && send(text)) set('');
  }

  field.addEventListener('input', (event) => {
    settle();
    fit();
    const place = event.isComposing || event.inputType !== 'insertText' || before !== '' ? null : placeOf(field.value);
    before = field.value;
    if (place === null) return;
    const there = mark(place);
    if (there) waiting = setTimeout(decide, MORE, place);
    // Pressed before the next question is on the screen: it cannot be meant for that one.
    else if (there === null) set('');
  });
  field.addEventListener('compositionend', () => {
    before = field.value;
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || composing(event)) return;
    event.preventDefault();
    submit();
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  return {
    root,
    field,
    set,
    focus: () => field.focus({ preventScroll: true }),
    submit,
    empty: () => !field.value.trim(),
    /** `texts`: label, hint, send. */
    relabel(texts) {
      label.textContent = texts.label;
      hint.textContent = texts.hint;
      button.replaceChildren(texts.send, ' ', cap('↵'));
      button.setAttribute('aria-label', texts.send);
    },
    busy(on) {
      root.classList.toggle('busy', on);
      button.disabled = on;
    },
  };
}
