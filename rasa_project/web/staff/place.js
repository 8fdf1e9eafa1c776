// Where a call stands: from the messages of its last turn to what is said, what is asked, and which answers there are.

const WAYS = ['/skip', '/finish'];
export const FROM_PERSON = ['person', 'user', 'victim'];

/** The messages after the last thing the caller said. */
export function lastTurn(history) {
  // What staff wrote themselves is no line to say.
  const at = history.findLastIndex((message) => FROM_PERSON.includes(message.from));
  return { said: at < 0 ? '' : history[at].text || '', messages: history.slice(at + 1).filter((message) => message.from !== 'staff') };
}

/**
 * `{slot, ask, before, answers, ways}` of one turn. `ask` is the message with the open question (or the buttons that
 * wait for an answer), `before` what is read out first, `answers` the buttons a digit chooses, `ways` skip and finish.
 */
export function placeFrom(messages) {
  const ask = messages.findLast((message) => message.custom?.type === 'question' || message.buttons?.length) || null;
  const buttons = ask?.buttons || [];
  return {
    slot: ask?.custom?.type === 'question' ? ask.custom.slot : null,
    ask,
    before: messages.filter((message) => message !== ask),
    answers: buttons.filter(({ payload }) => !WAYS.includes(payload)),
    ways: buttons.map(({ payload }) => payload).filter((payload) => WAYS.includes(payload)),
  };
}

/** A question of the script as a place: asked out of order, while another one stays open. */
export function placeOf(question, language) {
  return {
    slot: question.slot,
    ask: { text: question.line, lang: language },
    before: [],
    answers: question.answers || [],
    ways: [],
    jumped: true,
  };
}

/** The case's answer to `slot`, as the sheet holds it; null while there is none. */
export const answerTo = (sheet, slot) => sheet?.answers?.answers?.find((answer) => answer.slot === slot) || null;
