// Reading aloud: a button on each turn, where the browser has a voice of its own for the language. Voices that work
// over the network are left out, because the words of a conversation go to nobody else.

import { h, icon } from './dom.js';

// Regions whose "zh" is another spoken language.
const OTHER_CHINESE = /^(zh-(hk|mo)|yue)/i;

/** The voice on this device that suits `tag` ("zh-CN", "en") best, or null. */
export function voiceFor(tag, voices) {
  const wanted = tag.toLowerCase();
  const code = (voice) => voice.lang.replace('_', '-').toLowerCase();
  const mine = voices.filter((voice) => voice.localService && code(voice).split('-')[0] === wanted.split('-')[0] && !OTHER_CHINESE.test(code(voice)));
  return mine.find((voice) => code(voice) === wanted) || mine.find((voice) => voice.default) || mine[0] || null;
}

/** What can be seen of `element` as lines to say: no hidden words, no drawings; digits of `phones` one by one. */
export function linesOf(element, phones) {
  const digits = (text) => text.replace(/\d[\d-]{1,14}\d/g, (run) => (phones.has(run.replace(/\D/g, '')) ? run.replace(/\d(?=\d)/g, '$& ') : run));
  const lines = [];
  for (const part of element.querySelectorAll('p, h3, li, dt, dd, blockquote, .step-title, .choice-title, .contact-name, .contact-reach')) {
    const inner = part.querySelector('p, h3, li, dt, .step-title, .choice-title, .contact-name');
    if (inner || part.closest('.spoken, .sources, .flag-source') || !part.checkVisibility()) continue;
    const text = digits([...part.childNodes].map((node) => (node.nodeName === 'SUP' ? '' : node.textContent)).join(''));
    if (text.trim()) lines.push(text.trim());
  }
  return lines;
}

/** Plugs in as widget.js says. */
export function attach({ thread, words, phones, on }) {
  const synth = window.speechSynthesis;
  if (!synth || !window.SpeechSynthesisUtterance) return;
  const buttons = () => thread.root.querySelectorAll('.aloud');
  let playing = null;

  function label(button) {
    const mine = button === playing;
    button.setAttribute('aria-label', words()(mine ? 'stop_reading' : 'read_aloud'));
    button.replaceChildren(icon(mine ? 'quiet' : 'aloud'));
  }

  function stop() {
    const button = playing;
    playing = null;
    synth.cancel();
    if (button) label(button);
  }

  function play(button, elements) {
    stop();
    playing = button;
    label(button);
    // A line each: browsers cut long utterances short.
    const said = elements.flatMap((element) => linesOf(element, phones()).map((line) => Object.assign(new SpeechSynthesisUtterance(line), {
      lang: element.lang, voice: voiceFor(element.lang, synth.getVoices()),
    })));
    const done = () => {
      if (playing === button) stop();
    };
    if (!said.length) return done();
    said.at(-1).addEventListener('end', done);
    for (const each of said) each.addEventListener('error', done);
    for (const each of said) synth.speak(each);
    return undefined;
  }

  function offer(elements) {
    const [first] = elements;
    // Not announced when it comes; the log itself stays loud, for a reply may come in the same moment.
    const button = h('button', {
      type: 'button', class: 'aloud', 'aria-live': 'off', onclick: () => (playing === button ? stop() : play(button, elements)),
    });
    label(button);
    button.hidden = !voiceFor(first.lang, synth.getVoices());
    (first.querySelector('.bubble, .warning-body, .card') || first).prepend(button);
  }

  // Voices may come later than the messages.
  synth.addEventListener?.('voiceschanged', () => buttons().forEach((button) => {
    button.hidden = !voiceFor(button.closest('.message').lang, synth.getVoices());
  }));
  on('turn', (elements) => {
    stop();
    offer(elements);
  });
  on('language', () => buttons().forEach(label));
  on('ended', stop);
  window.addEventListener('pagehide', stop);
  thread.turns().forEach(offer);
}
