// What the plan page and the papers page share: the token behind "#", the language, loading, and saying what failed.

import { createApi } from './api.js';
import { h } from './dom.js';
import { langTag, languageOf, languagesFrom, nextLanguage, words } from './words.js';

const HERE = new URL('../..', import.meta.url);

/** The token of the link. It is taken out of the address bar, and kept for this tab so that a reload works. */
function readToken() {
  const key = 'steady.link';
  const given = decodeURIComponent(location.hash.slice(1));
  try {
    if (given) sessionStorage.setItem(key, given);
    return given || sessionStorage.getItem(key) || '';
  } catch {
    return given;
  }
}

/**
 * Load the document and show it: `show(data, context)` returns the elements. `context`: `w`, `language`, `token`,
 * `reload(language)`. The emergency help stays below while loading, and when the link does not open.
 */
export async function openDocument(show) {
  const place = document.getElementById('document');
  const languages = languagesFrom(place.dataset.languages);
  const own = languageOf(document.documentElement.lang, languages) || [...languages.keys()][0];
  const help = document.getElementById('help');
  const token = readToken();
  const api = createApi(HERE, { get: () => token, set() {}, clear() {} });

  async function load(language) {
    let w = words(language || own);
    place.replaceChildren(h('p', { class: 'loading', role: 'status' }, w('opening_document')));
    try {
      if (!token) throw Object.assign(new Error(), { kind: 'gone' });
      const data = await api.shared(language);
      w = words(data.language);
      document.documentElement.lang = langTag(data.language);
      help.hidden = true;
      place.lang = langTag(data.language);
      place.replaceChildren(...show(data, { w, language: data.language, languages, token, reload: load }));
    } catch (error) {
      help.hidden = false;
      const again = h('button', { type: 'button', class: 'plain-button', onclick: () => load(language) }, w('try_now'));
      place.replaceChildren(h('div', { class: 'notice', role: 'alert' }, h('p', null, w(error.kind === 'gone' ? 'link_gone' : 'document_failed')), error.kind === 'gone' ? null : again));
      if (!error.kind) console.error(error);
    }
  }

  for (const section of help.querySelectorAll('[data-emergency]')) section.hidden = section.dataset.emergency !== own;
  await load(languageOf(new URLSearchParams(location.search).get('lang'), languages));
}

/** The row of controls above a document; it is not printed. */
export function toolbar(context, ...controls) {
  const other = nextLanguage(context.language, context.languages);
  const switcher = h('button', { type: 'button', class: 'plain-button', lang: langTag(other), onclick: () => context.reload(other) }, context.languages.get(other));
  const print = h('button', { type: 'button', class: 'strong-button', onclick: () => window.print() }, context.w('print'));
  return h('div', { class: 'toolbar' }, print, ...controls, switcher);
}
