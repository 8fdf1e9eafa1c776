// Small pieces that every view of the console is made of.

import { h, telOf, webAddress } from '../js/dom.js';
import { langTag } from '../js/words.js';
import { keyOf } from './keys.js';

/** A key as it is drawn on a control; screen readers hear it through `aria-keyshortcuts`. */
export const cap = (key) => h('kbd', { 'aria-hidden': 'true' }, key);

/** A button with its key on it. `does` is an id of keys.js; `name` the words. */
export function keyed(does, name, act, props = {}) {
  const key = keyOf(does);
  return h('button', { type: 'button', class: 'tool', 'aria-keyshortcuts': key, dataset: { does }, onclick: act, ...props }, h('span', null, name), cap(key));
}

export const button = (name, act, props = {}) => h('button', { type: 'button', class: 'plain-button', onclick: act, ...props }, name);

/** A titled block of the sheet or the rail. */
export const section = (title, name, ...children) => h('section', { class: `block block-${name}`, 'aria-label': title }, h('h3', null, title), ...children);

/** Lines of text as paragraphs. */
export const lines = (text) => String(text || '').split(/\n+/).filter((line) => line.trim()).map((line) => h('p', null, line));

/** Contacts to read aloud: the name, then the number or the place, large and on one line each. */
export function contactLines(contacts) {
  if (!contacts?.length) return null;
  return h('ul', { class: 'reach' }, ...contacts.map((contact) => {
    const tel = telOf(contact.phone);
    const url = contact.url ? webAddress(contact.url) : null;
    const way = tel ? h('a', { href: tel, class: 'reach-number' }, contact.phone)
      : url ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, new URL(url).host)
        : h('span', null, contact.where || '');
    return h('li', { dataset: { contact: contact.id } }, h('span', { class: 'reach-name' }, contact.name), way);
  }));
}

/** An element whose words are in another language than the page. */
export function inTongue(element, language) {
  element.lang = langTag(language);
  return element;
}

/**
 * A page beside the call: drawn and loaded whenever it is shown, the cursor on what `first()` gives. `leave()` stops what
 * goes on by itself while the page is there.
 */
export function view({ root, draw, load, first, leave = () => {} }) {
  function show() {
    root.hidden = false;
    draw();
    load();
    first().focus();
  }
  return {
    root,
    show,
    hide() {
      root.hidden = true;
      leave();
    },
    relabel: () => root.hidden || show(),
  };
}

/** The controls inside `root` that a key can reach. */
export const reachable = (root) => [...root.querySelectorAll('button, input, select, textarea, a[href], summary')].filter((each) => !each.disabled && each.offsetParent !== null);

/** Fields in which the arrow keys change the value. */
const OWN_ARROWS = 'select, input[type="date"]';

/** Arrow keys walk through the controls that `items()` gives, and stop at both ends. */
export function walk(root, items) {
  root.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.target.matches(OWN_ARROWS)) return;
    const all = items();
    const at = all.indexOf(document.activeElement);
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** Put `children` into `element` in place of what it held; what is null or false is left out. */
export const fill = (element, ...children) => element.replaceChildren(...children.filter(Boolean));

/** Copy `text`; resolves to whether it is in the clipboard. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h('textarea', { class: 'spoken' });
    field.value = text;
    (document.querySelector('dialog[open]') || document.body).append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

/** A few days alone must not look like a wall. */
const FEWEST_DAYS = 21;

/**
 * A chart in SVG, with one bar for each `[name, count]`: a row, or `upright` columns. `most` fills it. It is decoration:
 * the table beside it says the same.
 */
export function bars(rows, { upright = false, most = Math.max(1, ...rows.map(([, count]) => count)) } = {}) {
  const [width, height] = upright ? [Math.max(rows.length, FEWEST_DAYS) * 14, 96] : [240, rows.length * 16];
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, class: upright ? 'chart upright' : 'chart', 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  rows.forEach(([, count], index) => {
    const long = Math.max((count / most) * (upright ? 94 : 240), count ? 2 : 0);
    svg.append(draw('rect', upright ? { x: index * 14 + 2, y: height - long, width: 10, height: long } : { x: 0, y: index * 16 + 2, width: long, height: 12 }));
  });
  return svg;
}

function draw(tag, values) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  return element;
}
