// What the plan page and the papers page share: whose document it is, the language, loading, leaving, what failed.
// With a link's token behind "#" it is read, and nothing more; without one it is the conversation's own of this tab.

import { createApi } from './api.js';
import { codeForm } from './code.js';
import { DOCUMENT_WORDS } from './document-words.js';
import { h, icon } from './dom.js';
import { createTabs, escapeTwice, leaveFor } from './leave.js';
import { createStore } from './store.js';
import { langTag, languageOf, languagesFrom, nextLanguage, words } from './words.js';

const BASE = new URL(`${import.meta.url.split('/static/')[0]}/`);

/**
 * Load the document and show it: `show(data, context)` returns the elements. `context`: `w`, `language`,
 * `languages`, `link` (the link's token, or ''), `api`, `reload(language)`. The emergency help stays below while
 * loading, and when the document does not open.
 */
export async function openDocument(show) {
  const place = document.getElementById('document');
  const languages = languagesFrom(place.dataset.languages);
  const own = languageOf(document.documentElement.lang, languages) || [...languages.keys()][0];
  const help = document.getElementById('help');
  const link = decodeURIComponent(location.hash.slice(1));
  const token = link || createStore().get() || '';
  const api = createApi(BASE, { get: () => token, set() {}, clear() {} });

  async function load(language) {
    let w = words(language || own, DOCUMENT_WORDS);
    const again = place.childElementCount > 0;
    place.setAttribute('aria-busy', 'true');
    if (!again) place.replaceChildren(h('p', { class: 'loading', role: 'status' }, w('opening_document')));
    try {
      if (!token) throw Object.assign(new Error(), { kind: 'gone' });
      const data = await api.shared(language);
      w = words(data.language, DOCUMENT_WORDS);
      document.documentElement.lang = place.lang = langTag(data.language);
      help.hidden = true;
      place.replaceChildren(...show(data, { w, language: data.language, languages, link, api, reload: load }));
      const title = place.querySelector('h1');
      document.title = `${title.textContent} · ${w('brand')}`;
      if (again) title.focus();
    } catch (error) {
      help.hidden = false;
      place.replaceChildren(...failure(error.kind === 'gone', w, () => load(language)));
      if (!error.kind) console.error(error);
    } finally {
      place.removeAttribute('aria-busy');
    }
  }

  const failure = (gone, w, retry) => [
    h('div', { class: 'notice', role: 'alert' },
      h('p', null, w(!gone ? 'document_failed' : link ? 'link_gone' : 'no_conversation')),
      gone && link ? null : gone ? backLink(w) : h('button', { type: 'button', class: 'plain-button', onclick: retry }, w('try_now'))),
    gone ? codeForm({ open: (code) => api.openCode(code), language: w.language }) : null,
  ].filter(Boolean);

  leaveTogether(document.querySelector('.exit-link'), () => link || createStore().kept());
  for (const section of help.querySelectorAll('[data-emergency]')) section.hidden = section.dataset.emergency !== own;
  // Another link opened in this tab is another document.
  window.addEventListener('hashchange', () => location.reload());
  await load(languageOf(new URLSearchParams(location.search).get('lang'), languages));
}

/** Quick exit by the link, by Escape twice, or with another tab; a page that Back brings after it is not shown again. */
function leaveTogether(exit, stillThere) {
  const tabs = createTabs({ leaving: () => leaveFor(exit.href) });
  const leave = (event) => {
    event.preventDefault();
    tabs.tellLeaving();
    leaveFor(exit.href);
  };
  exit.addEventListener('click', leave);
  escapeTwice(document, { leave });
  window.addEventListener('pageshow', (event) => event.persisted && !stillThere() && location.reload());
}

const backLink = (w) => h('a', { class: 'plain-button', href: './' }, icon('back'), w('back_to_chat'));

/** The address of the other document, read in the same way as this one. */
export const pageAddress = (name, { language, link }) => `${name}?lang=${language}${link ? `#${link}` : ''}`;

/** The row of controls above a document; it is not printed. */
export function toolbar(context, ...controls) {
  const { w, link, language, languages } = context;
  const other = nextLanguage(language, languages);
  const switcher = languages.size > 1
    ? h('button', { type: 'button', class: 'plain-button', lang: langTag(other), onclick: () => context.reload(other) }, languages.get(other))
    : null;
  const print = h('button', { type: 'button', class: 'strong-button', onclick: () => window.print() }, icon('print'), w('print'));
  return h('nav', { class: 'toolbar', 'aria-label': w('tools') }, link ? null : backLink(w), print, ...controls, switcher);
}

/** The document's own heading; the focus goes there when it is shown in another language. */
export const heading = (text) => h('h1', { tabindex: '-1' }, text);
