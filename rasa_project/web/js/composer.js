// The box a person writes in: grows with the text, sends on Enter, leaves input methods alone.

import { h, icon } from './dom.js';

export const MAX_CHARACTERS = 2000;
const COUNT_FROM = 1800;

/** `send(text)` returns true when the text was taken; `words()` gives `w`. */
export function createComposer({ send, words }) {
  const label = h('label', { class: 'spoken', for: 'steady-text' });
  const field = h('textarea', {
    id: 'steady-text', rows: '1', enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'steady-count steady-fine',
  });
  const count = h('p', { class: 'count', id: 'steady-count', 'aria-live': 'polite' });
  const button = h('button', { type: 'submit', class: 'send' }, icon('send'));
  const fine = h('p', { class: 'fine', id: 'steady-fine' });
  const root = h('form', { class: 'composer', novalidate: true }, count, h('div', { class: 'write' }, label, field, button), fine);

  // The server counts characters, not UTF-16 units.
  const length = () => Array.from(field.value.trim()).length;

  function fit() {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
    const over = length() - MAX_CHARACTERS;
    root.classList.toggle('over', over > 0);
    field.setAttribute('aria-invalid', String(over > 0));
    if (over > 0) count.textContent = words()('too_long', { max: MAX_CHARACTERS, over });
    else if (length() >= COUNT_FROM) count.textContent = words()('left', { left: -over });
    else count.textContent = '';
  }

  function submit() {
    const text = field.value.trim();
    if (!text || length() > MAX_CHARACTERS || !send(text)) return;
    field.value = '';
    fit();
  }

  root.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener('input', fit);
  field.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter chooses a candidate (229: Safari ends composition first).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  return {
    root,
    field,
    focus: () => field.focus(),
    set(text) {
      field.value = text;
      fit();
    },
    empty: () => !field.value.trim(),
    relabel() {
      const w = words();
      label.textContent = w('write');
      field.placeholder = w('write');
      button.setAttribute('aria-label', w('send'));
      fine.textContent = w('fine_print');
      fit();
    },
  };
}

/**
 * Pictures and other files pasted or dropped anywhere in `target` are not taken: `decline()` says what to do instead.
 * A copy from a text program carries its words besides a picture of them; those are taken.
 */
export function declineFiles(target, decline) {
  const check = (event) => {
    const data = event.clipboardData || event.dataTransfer;
    if (!data?.files.length || (event.type === 'paste' && data.types.includes('text/plain'))) return;
    event.preventDefault();
    decline();
  };
  target.addEventListener('paste', check);
  target.addEventListener('drop', check);
  // Without this the browser would leave the page and open the file.
  target.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
}
