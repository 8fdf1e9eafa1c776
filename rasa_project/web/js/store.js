// What this tab keeps (sessionStorage, or memory where that is forbidden): the conversation's token and what was not sent.

const TOKEN = 'steady.token';
const UNSENT = 'steady.unsent';

export function createStore() {
  const memory = new Map();
  const guarded = (use) => {
    try {
      return use(window.sessionStorage);
    } catch {
      return null;
    }
  };
  const read = (key) => guarded((storage) => storage.getItem(key)) ?? memory.get(key) ?? null;
  function write(key, value) {
    if (value === null) {
      memory.delete(key);
      guarded((storage) => storage.removeItem(key));
      return;
    }
    memory.set(key, value);
    guarded((storage) => storage.setItem(key, value));
  }

  return {
    get: () => read(TOKEN),
    /** Whether the tab itself keeps it, so that another page of ours in this tab, or opened by it, has it too. */
    kept: () => guarded((storage) => storage.getItem(TOKEN)) !== null,
    set: (token) => write(TOKEN, token),
    clear() {
      write(TOKEN, null);
      write(UNSENT, null);
    },
    /** `{shown, message}` of what is on its way or failed, so that a reload does not lose it; null when nothing is. */
    unsent: () => JSON.parse(read(UNSENT)),
    keepUnsent: (entry) => write(UNSENT, entry && JSON.stringify(entry)),
  };
}
