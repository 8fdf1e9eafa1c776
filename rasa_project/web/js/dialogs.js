// What few visits need, loaded when it is: "are you sure?", a link to copy, a file to save.

import { h } from './dom.js';

/** Shows a link to copy. Resolves when the dialog is closed. */
export function showLink(container, { title, text, link, copy, copied, close }) {
  return new Promise((resolve) => {
    const field = h('input', { class: 'link-field', readonly: true, 'aria-label': title, onfocus: () => field.select() });
    field.value = link;
    const state = h('span', { role: 'status' });
    const copyButton = h('button', { type: 'button', class: 'strong-button', onclick: async () => {
      field.select();
      // Without permission the text is selected all the same, ready to be copied by hand.
      await navigator.clipboard?.writeText(link).then(() => state.replaceChildren(copied), () => {});
    } }, copy);
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'steady-link-title' },
      h('h2', { id: 'steady-link-title' }, title), h('p', null, text), field,
      h('form', { method: 'dialog', class: 'dialog-buttons' }, state, copyButton, h('button', { class: 'plain-button' }, close)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    container.append(dialog);
    dialog.showModal();
  });
}

/** Ask before something is lost. Resolves true when the person agrees; Escape and "cancel" are no. */
export function confirm(container, { title, text, yes, no }) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'steady-dialog-title', 'aria-describedby': 'steady-dialog-text' },
      h('form', { method: 'dialog' },
        h('h2', { id: 'steady-dialog-title' }, title),
        h('p', { id: 'steady-dialog-text' }, text),
        h('div', { class: 'dialog-buttons' },
          h('button', { value: 'no', class: 'plain-button' }, no),
          h('button', { value: 'yes', class: 'strong-button' }, yes))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    container.append(dialog);
    dialog.showModal();
  });
}

/** Gives `value` to the browser as a JSON file of this name. */
export function saveFile(name, value) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: 'application/json' }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
