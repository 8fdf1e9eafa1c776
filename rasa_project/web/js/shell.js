// The frame around the conversation: name, language, leaving, the menu, the emergency bar.

import { h, icon, spoken } from './dom.js';
import { langTag } from './words.js';

/**
 * Header with brand, language switch, menu and quick exit, as an element `tag`. `on`: language(), leave(event). `items` of the menu:
 * `{name, act, pressed}`, `name(w)` its words, `pressed()` for one that is a switch.
 */
export function createHeader({ tag, exit, on, items }) {
  const name = h('span', { class: 'brand-name' });
  const tagline = h('span', { class: 'brand-tagline' });
  const language = h('button', { type: 'button', class: 'head-button language', onclick: on.language });
  const leaveText = h('span');
  const leaveRest = spoken('');
  const leave = h('a', { class: 'head-button exit-link', href: exit, rel: 'noopener noreferrer', onclick: on.leave },
    icon('leave'), leaveText, leaveRest, h('kbd', { class: 'short-cut' }, 'Esc Esc'));
  const menuButton = h('button', { type: 'button', class: 'head-button menu-button', 'aria-expanded': 'false', 'aria-controls': 'steady-menu', onclick: () => toggle() }, icon('more'));
  const menu = h('div', { class: 'menu', id: 'steady-menu', hidden: true });
  const holder = h('div', { class: 'menu-holder' }, menuButton, menu);
  const root = h(tag, { class: 'head' },
    h('div', { class: 'brand' }, h('span', { class: 'brand-mark' }, mark()), h('h1', null, name, tagline)),
    h('div', { class: 'head-tools' }, language, holder, leave));
  let w = null;

  const entry = (item) => h('button', {
    type: 'button', class: 'menu-item', 'aria-pressed': item.pressed ? String(item.pressed()) : false, onclick: () => pick(item.act),
  }, item.icon ? icon(item.icon) : null, h('span', null, item.name(w)), item.pressed?.() ? icon('check') : null);
  const drawMenu = () => menu.replaceChildren(...items.map(entry));

  function toggle(open = menu.hidden) {
    if (open) drawMenu();
    menu.hidden = !open;
    menuButton.setAttribute('aria-expanded', String(open));
  }
  function pick(action) {
    toggle(false);
    menuButton.focus();
    action();
  }
  holder.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.hidden) return;
    event.preventDefault();
    toggle(false);
    menuButton.focus();
  });
  holder.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !holder.contains(event.relatedTarget)) toggle(false);
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.composedPath().includes(holder)) toggle(false);
  });

  return {
    root,
    /** One more entry, before the last: what cannot be undone stays at the end. An open menu shows it at once. */
    addItem(item) {
      items.splice(-1, 0, item);
      if (!menu.hidden) menu.lastElementChild.before(entry(item));
    },
    /** `next` is the language that the switch changes to: its code, and what it calls itself; null: no switch. */
    relabel(words, next) {
      w = words;
      name.textContent = w('brand');
      tagline.textContent = w('tagline');
      language.hidden = !next;
      language.textContent = next?.name || '';
      language.lang = next ? langTag(next.code) : '';
      leaveText.textContent = w('leave');
      leaveRest.textContent = w('leave_rest');
      menuButton.setAttribute('aria-label', w('menu'));
      if (!menu.hidden) drawMenu();
    },
  };
}

function mark() {
  const svg = icon('shield');
  svg.firstChild.setAttribute('d', 'M12 1.8 21 5v7c0 5.4-3.6 9.3-9 11.2C6.6 21.3 3 17.4 3 12V5zM7.5 10h9M7.5 14.5h9');
  return svg;
}

/**
 * The bar that is always there: dial the police, the first steps (the page's emergency block in a slot), the plan.
 * `block` is the light-DOM element with one `[data-emergency]` section per language.
 */
export function createEmergency({ block, openPlan }) {
  const call = h('a', { class: 'bar-call', hidden: true });
  const fold = h('button', { type: 'button', class: 'bar-button', 'aria-expanded': 'false', 'aria-controls': 'steady-emergency', onclick: () => show(panel.hidden, true) });
  const plan = h('button', { type: 'button', class: 'bar-button', 'aria-expanded': 'false', onclick: openPlan });
  const panel = h('section', { class: 'emergency-panel', id: 'steady-emergency', hidden: true, tabindex: '-1' }, h('slot', { name: 'emergency' }));
  const bar = h('nav', { class: 'bar' }, call, fold, plan);
  let byPerson = false;

  /** Open or fold. What the person opened stays open until they fold it. */
  function show(open, person = false) {
    if (!person && byPerson) return;
    byPerson = person && open;
    panel.hidden = !open;
    panel.classList.toggle('by-person', byPerson);
    if (open) panel.scrollTop = 0;
    fold.setAttribute('aria-expanded', String(open));
  }

  const sections = () => (block ? [...block.querySelectorAll('[data-emergency]')] : []);
  const current = () => sections().find((section) => !section.hidden);

  return {
    bar,
    panel,
    show,
    planOpen: (open) => plan.setAttribute('aria-expanded', String(open)),
    /** The numbers the pack put on the page, as digits: the only ones that become links inside texts. */
    phones: () => new Set([...(block ? block.querySelectorAll('a[href^="tel:"]') : [])].map((link) => link.getAttribute('href').replace(/\D/g, ''))),
    warning: () => current()?.querySelector('.recovery-warning')?.textContent.trim() || '',
    relabel(w, language) {
      const all = sections();
      const known = all.some((section) => section.dataset.emergency === language);
      for (const section of all) section.hidden = known && section.dataset.emergency !== language;
      const first = current()?.querySelector('a[href^="tel:"]');
      call.hidden = !first;
      if (first) {
        const number = (first.querySelector('.contact-reach') || first).textContent.trim();
        call.href = first.getAttribute('href');
        call.replaceChildren(icon('phone'), h('span', null, `${w('call')} ${number}`));
      }
      fold.replaceChildren(h('span', null, w('first_steps')), icon('down'));
      plan.replaceChildren(icon('list'), h('span', null, w('plan')));
      bar.setAttribute('aria-label', w('shortcuts'));
      panel.setAttribute('aria-label', w('first_steps'));
    },
  };
}
