// The console: who is logged in, which page is shown, and which keys do what.

import { h, icon } from '../js/dom.js';
import { langTag, languagesFrom } from '../js/words.js';
import { createStaffApi } from './api.js';
import { askForCall, askForCode, confirmed, showKeys } from './begin.js';
import { createCallView } from './call.js';
import { createCounts } from './counts.js';
import { composing, KEYS, keyOf, listen, MORE_KEYS } from './keys.js';
import { createList } from './list.js';
import { createLogin } from './login.js';
import { cap, fill, keyed } from './parts.js';
import { inLanguage } from './text.js';
import { createTrail } from './trail.js';
import { words } from './words.js';

const place = document.getElementById('console');
const help = document.getElementById('help');
const languages = languagesFrom(place.dataset.languages);
let own = document.documentElement.lang.split('-')[0];
let who = null;
let view = null;
let again = null;

const me = () => who;
const context = () => ({ w: words(own), own, me: who });
const api = createStaffApi(new URL('api/', location.href), renew);
const login = createLogin({ logIn: api.logIn, context });
const call = createCallView({ api, me, context, go });
const list = createList({ api, context, act: { open: (id) => go(`call/${id}`), remove } });
const counts = createCounts({ api, context });
const trail = createTrail({ api, context });
const pages = { calls: list, counts, trail };
const header = h('header', { class: 'top' });
const shell = h('div', { class: 'shell' }, header, call.root, list.root, counts.root, trail.root);

/** One question for however many requests have met the end of the session. */
function renew() {
  again ??= login.again(who?.account.name).then((now) => {
    who = now;
  }).finally(() => {
    again = null;
  });
  return again;
}

// Pages

function speak(language) {
  own = languages.has(language) ? language : own;
  document.documentElement.lang = langTag(own);
  for (const section of help.querySelectorAll('[data-emergency]')) section.hidden = section.dataset.emergency !== own;
}

async function start() {
  speak(own);
  pinned(true);
  try {
    enter(await api.me());
  } catch {
    document.title = words(own)('title');
    login.page(place, enter);
  }
}

function enter(account) {
  who = account;
  speak(who.account.language || own);
  pinned(false);
  place.replaceChildren(shell);
  draw();
  route();
}

function draw() {
  const { w } = context();
  const current = call.current();
  const link = (name, target, does) => h('a', { href: `#${target}`, class: 'nav-link', 'aria-current': view === target.split('/')[0] ? 'page' : false, 'aria-keyshortcuts': does ? keyOf(does) : false }, w(name), does ? cap(keyOf(does)) : null);
  document.title = `${w(view === 'call' ? 'this_call' : view || 'calls')} · ${inLanguage(who.hotline.name, own) || w('title')}`;
  fill(header,
    h('p', { class: 'hotline' }, icon('shield'), h('b', null, inLanguage(who.hotline.name, own) || w('brand'))),
    h('nav', { 'aria-label': w('views') }, current ? link('this_call', `call/${current.id}`) : null, link('calls', 'calls', 'calls'), link('counts', 'counts', 'counts'), supervises() ? link('trail', 'trail', 'trail') : null),
    keyed('new_call', w('new_call'), newCall, { class: view === 'call' ? 'tool' : 'strong-button tool' }),
    view === 'call' ? null : keyed('take_code', w('take_code'), takeCode),
    h('span', { class: 'spacer' }),
    keyed('crisis', w('crisis'), () => run('crisis'), { class: 'tool crisis-button' }),
    keyed('keys', w('keys'), () => run('keys')),
    h('span', { class: 'account', title: who.account.name }, who.account.name),
    ...[...languages].filter(([code]) => code !== own).map(([code, name]) => h('button', { type: 'button', class: 'tool', lang: langTag(code), onclick: () => change(code) }, name)),
    h('button', { type: 'button', class: 'tool', onclick: leave }, w('logout')));
}

async function change(language) {
  try {
    await api.speak(language);
  } catch {
    // The page changes all the same; the account follows the next time.
  }
  who.account.language = language;
  speak(language);
  draw();
  for (const page of Object.values(pages)) page.relabel();
  await call.relabel();
}

async function leave() {
  call.leave();
  await api.logOut().catch(() => {});
  location.replace(location.pathname);
}

/** The emergency help below everything: shown while there is no console, or when it is asked for. */
function pinned(on) {
  help.hidden = !on;
  help.classList.toggle('over', Boolean(who) && on);
  if (who && on) help.focus();
}
help.tabIndex = -1;

function go(where) {
  if (where === 'new') newCall();
  else if (where === 'emergency') pinned(help.hidden);
  else if (location.hash === `#${where}`) route();
  else location.hash = where;
}

const supervises = () => who.account.role === 'supervisor';

function hidePages(but) {
  for (const [name, page] of Object.entries(pages)) if (name !== but) page.hide();
}

async function route() {
  const [name, id] = location.hash.slice(1).split('/');
  view = name === 'call' && id ? 'call' : pages[name] && (name !== 'trail' || supervises()) ? name : 'calls';
  hidePages(view);
  if (view === 'call') {
    if (call.current()?.id === id) {
      call.root.hidden = false;
      call.focus();
    } else await call.open(id);
  } else {
    // The call stays as it is, with what was typed: going to the list is no leaving.
    call.root.hidden = true;
    pages[view].show();
  }
  draw();
}

// Beginning

function newCall() {
  askForCall({ languages: who.hotline.languages || Object.fromEntries(languages), begin, w: words(own), own });
}

async function begin(body) {
  try {
    const data = await api.begin(body);
    call.leave();
    await opened(data);
  } catch {
    const { w } = context();
    if (await confirmed(w('no_answer'), w, w('try_again'))) begin(body);
  }
}

async function opened(data) {
  hidePages();
  view = 'call';
  history.pushState(null, '', `#call/${data.call.id}`);
  await call.take(data);
  draw();
}

function takeCode() {
  askForCode({
    w: words(own),
    async open(code) {
      const data = await api.handover(code);
      call.leave();
      await opened(data);
    },
  });
}

async function remove(one) {
  const { w } = context();
  if (await confirmed(w('remove_sure', { number: one.number }), w, w('remove'))) await api.remove(one.id).catch(() => {});
}

// Keys

function run(does) {
  if (!who || (document.querySelector('dialog[open]') && does !== 'keys')) return false;
  if (!help.hidden && does === 'escape') {
    pinned(false);
    call.focus();
    return true;
  }
  const { w } = context();
  const mine = {
    keys() {
      const open = document.querySelector('dialog[open]');
      if (open) open.close();
      else showKeys({ w, more: MORE_KEYS, keys: KEYS.filter(({ does: each }) => each !== 'trail' || supervises()).map((each) => [keyOf(each.does), w(each.does)]) });
    },
    new_call: newCall,
    calls: () => go('calls'),
    counts: () => go('counts'),
    trail: () => supervises() && go('trail'),
    take_code: takeCode,
  };
  if (mine[does]) mine[does]();
  else if (call.press(does)) return true;
  else if (does === 'crisis') pinned(help.hidden);
  else return false;
  return true;
}

listen(run);
// Whatever is typed while nothing has the cursor belongs in the box.
document.addEventListener('keydown', (event) => {
  if (document.activeElement === document.body && event.key.length === 1 && !composing(event) && !event.ctrlKey && !event.metaKey && !event.altKey && view === 'call') call.focus();
});
window.addEventListener('hashchange', () => who && route());
start();
