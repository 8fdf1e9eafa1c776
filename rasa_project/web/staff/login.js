// Logging in: as the first page, and as a question in place when a session ends in the middle of a call.

import { h } from '../js/dom.js';
import { StaffError } from './api.js';

/** `logIn(name, password)` → Promise of who is logged in. `context()` gives `{w}`. */
export function createLogin({ logIn, context }) {
  function form({ name = '', done, intro = null }) {
    const { w } = context();
    const user = h('input', { id: 'login-name', autocomplete: 'username', autocapitalize: 'off', spellcheck: 'false', required: true, value: name });
    const secret = h('input', { id: 'login-password', type: 'password', autocomplete: 'current-password', required: true });
    const trouble = h('p', { class: 'trouble', role: 'alert' });
    const send = h('button', { type: 'submit', class: 'strong-button' }, w('login'));
    const root = h('form', { class: 'login-form' }, intro,
      h('label', { for: 'login-name' }, w('name')), user, h('label', { for: 'login-password' }, w('password')), secret, trouble, send);
    root.addEventListener('submit', async (event) => {
      event.preventDefault();
      send.disabled = true;
      trouble.textContent = '';
      try {
        done(await logIn(user.value, secret.value));
      } catch (error) {
        if (!(error instanceof StaffError)) throw error;
        trouble.textContent = say(error, w);
        secret.select();
        secret.focus();
      } finally {
        send.disabled = false;
      }
    });
    return { root, focus: () => (name ? secret : user).focus() };
  }

  const say = (error, w) => {
    if (error.kind === 'busy') return w('locked_out', { minutes: Math.max(1, Math.ceil(error.wait / 60)) });
    return w(error.kind === 'login' || error.kind === 'refused' ? 'wrong_login' : 'login_failed');
  };

  return {
    /** The first page's form, put into `place`. */
    page(place, done) {
      const { w } = context();
      const made = form({ done, intro: h('h1', null, w('title')) });
      place.replaceChildren(h('main', null, made.root));
      made.focus();
    },
    /** Over whatever is on the screen; resolves when logged in. */
    again: (name) => new Promise((resolve) => {
      const { w } = context();
      const before = document.activeElement;
      const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'again-title' });
      const made = form({
        name,
        intro: h('div', null, h('h2', { id: 'again-title' }, w('again_title')), h('p', null, w('again'))),
        done(account) {
          dialog.close();
          dialog.remove();
          before?.focus?.();
          resolve(account);
        },
      });
      dialog.append(made.root);
      // Without logging in nothing can go on; closing would only lose the question.
      dialog.addEventListener('cancel', (event) => event.preventDefault());
      document.body.append(dialog);
      dialog.showModal();
      made.focus();
    }),
  };
}
