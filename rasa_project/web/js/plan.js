// The plan as a page of its own inside the widget: the warning, the steps by stage, the answers it came from.

import { caseSummary, stepList } from './cards.js';
import { h, icon, paragraphs } from './dom.js';

/** `load()` gives `{steps, answers}` (`answers` is a case card); `openPage(name)`, `share()` are the tools; `close()` is called by the back button; `context()` as in thread.js. */
export function createPlanView({ load, close, openPage, share, context }) {
  const title = h('h2', { tabindex: '-1' });
  const back = h('button', { type: 'button', class: 'plain-button', onclick: close });
  const body = h('div', { class: 'plan-body' });
  const root = h('section', { class: 'plan', hidden: true, 'aria-labelledby': 'steady-plan-title' }, h('div', { class: 'plan-head' }, back, title), body);
  title.id = 'steady-plan-title';

  function note(text, ...controls) {
    body.replaceChildren(h('div', { class: 'notice' }, h('p', null, text), ...controls));
  }

  async function fill() {
    const { w, warning } = context();
    title.textContent = w('plan');
    back.replaceChildren(icon('back'), w('back_to_chat'));
    body.setAttribute('aria-busy', 'true');
    try {
      const plan = await load();
      const now = context();
      const steps = plan.steps || [];
      if (!steps.length) note(now.w('plan_empty'));
      else body.replaceChildren(tools(now.w), ...warningBlock(warning), ...stepList(steps, now), ...summary(plan.answers, now));
    } catch {
      note(w('plan_failed'), h('button', { type: 'button', class: 'plain-button', onclick: fill }, w('try_now')));
    } finally {
      body.removeAttribute('aria-busy');
    }
  }

  const tool = (text, mark, act) => h('button', { type: 'button', class: 'plain-button', onclick: act }, icon(mark), text);
  const tools = (w) => h('div', { class: 'plan-tools' },
    tool(w('document_view'), 'print', () => openPage('my-plan')),
    tool(w('papers'), 'paper', () => openPage('papers')),
    tool(w('share'), 'share', share));

  // The pack's own warning, as the page already carries it: every plan shows it.
  const warningBlock = (text) => (text
    ? [h('div', { class: 'card card-warning warning-recovery_offer' }, icon('shield'), h('div', { class: 'warning-body' }, ...paragraphs(text)))]
    : []);

  const summary = (value, now) => (value && value.answers ? [h('div', { class: 'plan-case' }, ...caseSummary(value, now))] : []);

  return {
    root,
    async open() {
      body.replaceChildren();
      root.hidden = false;
      root.scrollTop = 0;
      await fill();
      title.focus();
    },
    hide() {
      root.hidden = true;
    },
    relabel: () => (root.hidden ? null : fill()),
    isOpen: () => !root.hidden,
  };
}
