// Beginning: a new call in the caller's language, a call entered afterwards, or a conversation handed over by its code.

import { h } from '../js/dom.js';
import { langTag } from '../js/words.js';
import { composing, placeOf } from './keys.js';
import { cap } from './parts.js';

/** A dialog that closes with Escape. `fill(close)` gives its elements; the first `[autofocus]` gets the cursor. */
function ask(title, fill) {
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'ask-title' });
  const before = document.activeElement;
  const close = () => dialog.close();
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (document.activeElement === document.body) before?.focus?.();
  });
  dialog.append(h('h2', { id: 'ask-title' }, title), ...fill(close, dialog));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** The caller's language on a number key begins the call: `begin({language, afterwards?, began_at?})`. */
export function askForCall({ languages, begin, w, own }) {
  const entries = Object.entries(languages).sort(([one], [other]) => Number(other === own) - Number(one === own));
  return ask(w('caller_language'), (close, dialog) => {
    const past = h('input', { type: 'checkbox', id: 'afterwards' });
    const time = h('input', { type: 'datetime-local', id: 'began', 'aria-label': w('began_at'), disabled: true });
    const began = h('label', { for: 'began', class: 'began', hidden: true }, w('began_at'), time);
    past.addEventListener('change', () => {
      began.hidden = !past.checked;
      time.disabled = !past.checked;
    });
    const start = (language) => {
      close();
      const at = past.checked && time.value ? new Date(time.value).toISOString() : undefined;
      begin({ language, ...(past.checked ? { afterwards: true } : {}), ...(at ? { began_at: at } : {}) });
    };
    dialog.addEventListener('keydown', (event) => {
      const place = composing(event) || event.target === time ? null : placeOf(event.key);
      if (place === null || !entries[place]) return;
      event.preventDefault();
      start(entries[place][0]);
    });
    return [
      h('ol', { class: 'answers-list' }, ...entries.map(([code, name], index) => h('li', null,
        h('button', { type: 'button', class: 'answer', autofocus: index === 0, 'aria-keyshortcuts': String(index + 1), lang: langTag(code), onclick: () => start(code) }, cap(String(index + 1)), h('span', null, name))))),
      h('label', { class: 'check' }, past, w('afterwards')), began,
    ];
  });
}

/** `open(code)` → Promise; what it rejects with keeps the dialog open. */
export function askForCode({ open, w }) {
  return ask(w('take_code'), (close) => {
    const field = h('input', { id: 'code', class: 'code-field', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', autofocus: true, required: true });
    const trouble = h('p', { class: 'trouble', role: 'alert' });
    const form = h('form', { class: 'login-form' }, h('label', { for: 'code' }, w('code')), field, trouble, h('button', { type: 'submit', class: 'strong-button' }, w('open_code')));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await open(field.value.trim().toUpperCase());
        close();
      } catch (error) {
        trouble.textContent = w(['gone', 'refused'].includes(error.kind) ? 'no_such_code' : error.kind === 'busy' ? 'failed' : 'no_answer');
        field.select();
      }
    });
    return [form];
  });
}

/** "Are you sure?": resolves to the answer. */
export const confirmed = (text, w, yes) => new Promise((resolve) => {
  let sure = false;
  const dialog = ask(text, (close) => [h('div', { class: 'row' },
    h('button', { type: 'button', class: 'plain-button', autofocus: true, onclick: close }, w('cancel')),
    h('button', { type: 'button', class: 'strong-button', onclick: () => { sure = true; close(); } }, yes))]);
  dialog.addEventListener('close', () => resolve(sure));
});

/** The overlay that lists every key. */
export const showKeys = ({ w, keys, more }) => ask(w('keys'), (close) => [
  h('dl', { class: 'key-list' }, ...[...more.map(({ key, does }) => [key, w(does)]), ...keys].map(([key, text]) => h('div', null, h('dt', null, h('kbd', null, key)), h('dd', null, text)))),
  h('p', { class: 'hint' }, w('key_read'), ' ', w('ime')),
  h('div', { class: 'row' }, h('button', { type: 'button', class: 'plain-button', autofocus: true, onclick: close }, w('close'))),
]);
