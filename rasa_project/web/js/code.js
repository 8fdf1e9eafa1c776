// The box for the code that the hotline reads out: it opens the plan of that call on the caller's own phone.

import { h } from './dom.js';
import { words } from './words.js';

const WORDS = {
  label: ['热线给您的码', 'The code from the hotline'],
  open: ['打开我的计划', 'Open my plan'],
  wrong: ['没有这个码，或已过期。请再看一遍，或请热线再给一个。', 'There is no such code, or it has expired. Check it again, or ask the hotline for a new one.'],
  later: ['试的次数太多，请过几分钟再试。', 'Too many tries. Please wait a few minutes.'],
  failed: ['现在打不开，请再试一次。', 'It cannot be opened right now. Please try again.'],
};

/** The form; `open(code)` → Promise of `{path}`, whose part behind "#" is the link's token. */
export function codeForm({ open, language }) {
  const w = words(language, WORDS);
  const field = h('input', { class: 'link-field', id: 'plan-code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', required: true });
  const trouble = h('p', { role: 'alert' });
  const form = h('form', { class: 'code-form' }, h('label', { for: 'plan-code' }, w('label')), field, trouble, h('button', { type: 'submit', class: 'strong-button' }, w('open')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    trouble.textContent = '';
    try {
      location.hash = (await open(field.value.trim())).path.split('#')[1];
    } catch (error) {
      trouble.textContent = w({ gone: 'wrong', refused: 'wrong', busy: 'later' }[error.kind] || 'failed');
      field.select();
    }
  });
  return form;
}
