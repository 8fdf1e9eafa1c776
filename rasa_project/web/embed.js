// One tag puts Steady on any page:
//   <script src="https://HOST/chat/embed.js" data-language="zh" data-position="right" async></script>
// data-language (zh, en), data-region, data-position (right, left), data-colour (#rrggbb), data-server (where the
// API is, default: where this script is), data-exit (where "leave" goes). The site's origin must be in the server's
// setting allowed_origins. Everything is in a shadow root; the emergency help below works when the server does not.
(() => {
  'use strict';
  const HELP = /*help*/{};
  const script = document.currentScript;
  const given = script ? script.dataset : {};
  const base = new URL(given.server || '.', script ? script.src : location.href);
  const WORDS = {
    zh: { open: '被骗了？现在怎么办', close: '收起', loading: '正在打开对话……', failed: '对话暂时打不开。下面的步骤和电话照样能用。', again: '再试一次', name: '稳住：被骗后的自助指引' },
    en: { open: 'Been defrauded? What to do now', close: 'Close', loading: 'Opening the conversation …', failed: 'The conversation cannot open right now. The steps and numbers below still work.', again: 'Try again', name: 'Steady: what to do after a fraud' },
  };
  const TAGS = { zh: 'zh-CN' };
  const languages = Object.keys(HELP);
  const wanted = [given.language, document.documentElement.lang, ...(navigator.languages || [])]
    .map((tag) => String(tag || '').toLowerCase().split(/[-_]/)[0]);
  const language = wanted.find((code) => languages.includes(code)) || languages[0];
  const w = WORDS[language] || WORDS.en;

  // Important rules inside a shadow root win over the page's own important ones.
  const FRAME = `
    :host { all: initial !important; --rem: 16px !important; position: static !important; display: block !important; height: auto !important; min-height: 0 !important; }
    .launch, .panel, .launch *, .panel > .top * { box-sizing: border-box; font: 600 16px/1.4 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; letter-spacing: normal; }
    .launch, .panel { position: fixed; inset: auto; margin: 0; overflow: visible; }
    .launch { z-index: 2147483646; bottom: max(16px, env(safe-area-inset-bottom)); display: flex; align-items: center; gap: 10px; min-height: 52px; max-width: calc(100vw - 32px); padding: 10px 20px 10px 16px; border: 0; border-radius: 26px; background: var(--colour); color: var(--on-colour); box-shadow: 0 4px 18px rgb(0 0 0 / 28%); cursor: pointer; text-align: start; }
    .right .launch, .right .panel { right: 16px; } .left .launch, .left .panel { left: 16px; }
    .launch svg { width: 24px; height: 24px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    .launch:focus-visible, .top button:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; }
    .panel { z-index: 2147483647; bottom: 16px; padding: 0; border: 0; display: flex; flex-direction: column; width: min(420px, calc(100vw - 32px)); height: min(720px, calc(100vh - 32px)); height: min(720px, calc(100dvh - 32px)); overflow: hidden; border-radius: 16px; background: Canvas; color: CanvasText; font: 400 16px/1.55 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; box-shadow: 0 12px 48px rgb(0 0 0 / 34%); color-scheme: light dark; }
    .top { display: flex; justify-content: flex-end; flex: none; background: var(--colour); }
    .top button { min-width: 44px; min-height: 44px; padding: 0 16px; border: 0; background: none; color: var(--on-colour); cursor: pointer; }
    .inside { flex: 1 1 0; min-height: 0; overflow: auto; }
    .inside.plain { padding: 16px; }
    steady-chat { display: block; height: 100%; container-type: size; }
    [hidden] { display: none !important; }
    @media (max-width: 480px), (max-height: 560px) { .panel { inset: 0 !important; width: auto; height: auto; border-radius: 0; } }`;

  const h = (tag, props, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== null) element.setAttribute(name, value);
    }
    element.append(...children.filter(Boolean));
    return element;
  };
  const sheetOf = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  };

  /** The emergency help as the page itself would carry it: one section a language. */
  function helpBlock() {
    const ways = (contact) => {
      const name = h('span', { class: 'contact-name' }, contact.name);
      const reach = h('span', { class: 'contact-reach' }, contact.phone || contact.where || contact.url || '');
      const way = contact.phone ? h('a', { href: `tel:${contact.phone.replace(/[^\d+*#]/g, '')}` }, name, reach)
        : h('div', { class: 'contact-where' }, name, reach);
      const notes = [contact.hours, contact.note].filter(Boolean).map((note) => h('p', { class: 'contact-note' }, note));
      return h('li', { class: 'contact', 'data-contact': contact.id }, way, ...notes);
    };
    const sections = languages.map((code) => h('section', { class: 'emergency', lang: TAGS[code] || code, 'data-emergency': code },
      h('h2', null, HELP[code].title), h('p', { class: 'emergency-intro' }, HELP[code].intro),
      h('ol', { class: 'first-aid' }, ...HELP[code].steps.map((step) => h('li', null, step))),
      h('p', { class: 'recovery-warning' }, HELP[code].warning),
      h('ul', { class: 'contacts' }, ...HELP[code].contacts.map(ways))));
    for (const section of sections) section.hidden = section.dataset.emergency !== language;
    return h('div', { class: 'emergency-set', slot: 'emergency' }, ...sections);
  }

  function shield() {
    const NS = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(NS, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(NS, 'path');
    path.setAttribute('d', 'M12 3l7.5 2.7v5.8c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V5.7zM8 10.5h8M8 14h8');
    svg.append(path);
    return svg;
  }

  /** The colour asked for, and black or white on it, whichever can be read better (WCAG relative luminance). */
  function colours() {
    const colour = /^#[0-9a-f]{6}$/i.test(given.colour || given.color || '') ? given.colour || given.color : '#14545a';
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    const light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    return { colour, on: (light + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#ffffff' };
  }

  class SteadyHelp extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const { colour, on } = colours();
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheetOf(FRAME)];
      this.launch = h('button', { type: 'button', class: 'launch', 'aria-expanded': 'false', onclick: () => this.open() }, shield(), h('span', null, w.open));
      this.inside = h('div', { class: 'inside plain' });
      const close = h('button', { type: 'button', class: 'close', onclick: () => this.close() }, w.close);
      this.panel = h('div', { class: 'panel', role: 'dialog', 'aria-label': w.name, tabindex: '-1', hidden: '' }, h('div', { class: 'top' }, close), this.inside);
      this.frame = h('div', { class: given.position === 'left' ? 'left' : 'right', lang: TAGS[language] || language }, this.launch, this.panel);
      this.frame.style.setProperty('--colour', colour);
      this.frame.style.setProperty('--on-colour', on);
      this.launch.addEventListener('keydown', (event) => {
        // The first Escape closed the panel; the second, at once, leaves the page.
        if (event.key === 'Escape' && !event.repeat && event.timeStamp - this.escaped < 800) this.chat?.leave(event);
      });
      this.panel.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) {
          this.escaped = event.timeStamp;
          this.close();
        }
        // What is typed here is nobody else's: the page's own short cuts must not see it.
        event.stopPropagation();
      });
      for (const kind of ['keyup', 'keypress', 'input', 'paste']) this.panel.addEventListener(kind, (event) => event.stopPropagation());
      root.append(this.frame);
      this.show(this.launch, true);
    }

    /** In the browser's top layer nothing of the page can cover, move or clip it; older browsers use position. */
    show(element, on) {
      element.hidden = !on;
      if (!element.showPopover) return;
      element.popover = 'manual';
      if (on) element.showPopover();
      else element.hidePopover();
    }

    open() {
      this.show(this.launch, false);
      this.show(this.panel, true);
      this.launch.setAttribute('aria-expanded', 'true');
      this.panel.focus({ preventScroll: true });
      if (!this.loaded) this.load();
    }

    close() {
      this.show(this.panel, false);
      this.show(this.launch, true);
      this.launch.setAttribute('aria-expanded', 'false');
      this.launch.focus({ preventScroll: true });
    }

    async load() {
      this.loaded = true;
      const block = helpBlock();
      const note = h('p', { role: 'status' }, w.loading);
      this.inside.classList.add('plain');
      this.inside.replaceChildren(note, block);
      try {
        const [sheet] = await Promise.all([
          fetch(new URL('static/embed.css', base), { credentials: 'omit' }).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status))),
          import(new URL('static/joined/widget.js', base).href),
        ]);
        const chat = document.createElement('steady-chat');
        chat.sheet = sheetOf(sheet);
        this.shadowRoot.adoptedStyleSheets = [...this.shadowRoot.adoptedStyleSheets, chat.sheet];
        for (const [name, value] of [['lang', language], ['languages', languages.map((code) => `${code}=${HELP[code].name}`).join(',')], ['server', base.href], ['region', given.region], ['exit', given.exit]]) {
          if (value) chat.setAttribute(name, value);
        }
        chat.append(block);
        this.inside.classList.remove('plain');
        this.inside.replaceChildren(chat);
        this.chat = chat;
      } catch {
        this.loaded = false;
        note.textContent = w.failed;
        this.inside.replaceChildren(note, h('button', { type: 'button', onclick: () => this.load() }, w.again), block);
      }
    }
  }

  if (!customElements.get('steady-help')) customElements.define('steady-help', SteadyHelp);
  const put = () => document.body.append(document.createElement('steady-help'));
  if (document.querySelector('steady-help')) return;
  if (document.body) put();
  else document.addEventListener('DOMContentLoaded', put);
})();
