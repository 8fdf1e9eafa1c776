// Building elements and text safely: everything becomes text nodes, never markup.

const SVG = 'http://www.w3.org/2000/svg';

// 24 × 24 outlines, drawn with the text's colour.
const ICONS = {
  phone: 'M6.5 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2C11.5 18.8 5.2 12.5 4.5 5.7a2 2 0 0 1 2-2.2z',
  leave: 'M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M10 8l-4 4 4 4M6 12h9',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  send: 'M5 12h13M12 6l6 6-6 6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  down: 'M6 9.5l6 6 6-6',
  back: 'M19 12H6M12 6l-6 6 6 6',
  print: 'M7 8V3.5h10V8M7 17H4.5V8.5h15V17H17M7 14h10v6.5H7z',
  paper: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4M9.5 12h6M9.5 15.5h6',
  share: 'M12 14.5V4M8 7.5L12 3.5l4 4M5 12v8h14v-8',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01',
  shield: 'M12 3l7.5 2.7v5.8c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V5.7z',
  alert: 'M12 8v5M12 16.5h.01M12 3l7.5 2.7v5.8c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V5.7z',
  stop: 'M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM12 8v4.5M12 16h.01',
  aloud: 'M4.5 9.5v5h3.5l4.5 4v-13l-4.5 4zM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a7.8 7.8 0 0 1 0 11',
  quiet: 'M8 7h8v10H8z',
  text: 'M3.5 18.5L8.5 6l5 12.5M5.2 14.5h6.6M14.5 18.5l3.2-8 3.2 8M15.6 16h4.2',
  again: 'M4.5 12a7.5 7.5 0 1 0 2.2-5.3L4.5 9M4.5 4.5V9H9',
  bin: 'M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.2 10.5v5.5M13.8 10.5v5.5',
  care: 'M12 20s-7.5-4.5-7.5-10A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 19.5 10c0 5.5-7.5 10-7.5 10z',
};

/** An element. `props`: `on*` are listeners, `class`, `dataset`; other values are attributes (false: left out). */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A decorative icon: the control that holds it carries the words. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: `icon icon-${name}` })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** Words for screen readers alone. */
export const spoken = (text) => h('span', { class: 'spoken' }, text);

/** `tel:` address of a phone as the pack writes it, e.g. "0755-12345 (24 h)" → "tel:075512345"; null when none. */
export function telOf(phone) {
  const number = /\+?\d[\d\s()*#-]*/.exec(String(phone || ''));
  return number ? `tel:${number[0].replace(/[^\d+*#]/g, '')}` : null;
}

/** The address if it is a web address, else null: a card can never carry a `javascript:` link. */
export function webAddress(url) {
  try {
    const address = new URL(String(url));
    return ['https:', 'http:'].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

// A number before one of these is an amount, a time or a share, not a phone.
const MEASURES = /^\s*(?:[元块万千角分年月日天时秒%％]|[.,]\d|yuan|cny|rmb|usd|day|hour|minute)/i;

/** `text` as paragraphs. Numbers that are known phones (a Set of digits) become links that dial. */
export function paragraphs(text, phones = new Set()) {
  return String(text || '').split(/\n+/).filter((line) => line.trim()).map((line) => h('p', null, ...dialable(line, phones)));
}

/** `line` as text and links; only numbers the pack gave us are linked, never one a person typed. */
function dialable(line, phones) {
  const parts = [];
  let from = 0;
  for (const match of line.matchAll(/\d[\d-]{1,14}\d/g)) {
    const digits = match[0].replace(/\D/g, '');
    const rest = line.slice(match.index + match[0].length);
    if (!phones.has(digits) || MEASURES.test(rest)) continue;
    parts.push(line.slice(from, match.index), h('a', { href: `tel:${digits}`, class: 'dial' }, match[0]));
    from = match.index + match[0].length;
  }
  parts.push(line.slice(from));
  return parts;
}
