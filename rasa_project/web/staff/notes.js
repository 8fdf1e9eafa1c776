// Free notes: saved by themselves; when a colleague has changed them too, both versions are shown and nothing is lost.

import { h } from '../js/dom.js';
import { button, cap } from './parts.js';
import { keyOf } from './keys.js';

const AFTER = 800;
const AGAIN = 5_000;

/** `save(notes, version)` → `{notes, version}`; rejects with kind "changed" and the other version in `data`. */
export function createNotes({ save, context }) {
  const title = h('h3', { id: 'notes-title' });
  const field = h('textarea', { class: 'notes-field', rows: '5', 'aria-labelledby': 'notes-title', 'aria-keyshortcuts': keyOf('notes'), maxlength: '8000' });
  const state = h('span', { class: 'progress', role: 'status' });
  const conflict = h('div', { class: 'conflict' });
  const root = h('section', { class: 'block block-notes' }, title, field, conflict);
  let kept = { notes: '', version: 0 };
  let timer = null;
  let saving = null;

  const differs = () => field.value !== kept.notes;
  const tell = (name) => {
    state.textContent = name ? context().w(name) : '';
  };

  function later(after = AFTER) {
    clearTimeout(timer);
    timer = setTimeout(store, after);
  }

  async function store() {
    clearTimeout(timer);
    if (saving || conflict.childElementCount || !differs()) return saving;
    const text = field.value;
    tell('notes_saving');
    saving = save(text, kept.version).then((now) => {
      kept = { notes: text, version: now.version };
      tell('notes_saved');
    }, (error) => {
      if (error.kind === 'changed') disagree(error.data);
      else {
        tell('notes_unsaved');
        later(AGAIN);
      }
    }).finally(() => {
      saving = null;
      if (differs() && !conflict.childElementCount) later();
    });
    return saving;
  }

  function disagree(theirs) {
    const { w } = context();
    tell('');
    const settle = (text) => () => {
      kept = { notes: theirs.notes, version: theirs.version };
      field.value = text;
      conflict.replaceChildren();
      field.focus();
      store();
    };
    const mine = field.value;
    conflict.replaceChildren(
      h('p', { role: 'alert' }, w('notes_changed')),
      h('p', { class: 'label' }, w('notes_theirs')),
      h('blockquote', null, theirs.notes),
      h('div', { class: 'row' },
        button(w('notes_both'), settle(`${theirs.notes}\n${mine}`.trim()), { class: 'strong-button' }),
        button(w('notes_take'), settle(theirs.notes)),
        button(w('notes_mine'), settle(mine))));
  }

  field.addEventListener('input', () => {
    tell('');
    later();
  });
  field.addEventListener('blur', store);

  return {
    root,
    field,
    /** What the server holds. Words that are being written stay; a version made elsewhere is met when they are saved. */
    show({ notes = '', version = 0 }) {
      const { w } = context();
      title.replaceChildren(w('notes'), state, cap(keyOf('notes')));
      if (differs() || conflict.childElementCount || saving) return;
      kept = { notes, version };
      if (field.value !== notes) field.value = notes;
    },
    /** Begin with another call. */
    clear() {
      clearTimeout(timer);
      kept = { notes: '', version: 0 };
      field.value = '';
      conflict.replaceChildren();
      tell('');
    },
    /** Save now what is still unsaved. */
    store,
    focus: () => field.focus(),
  };
}
