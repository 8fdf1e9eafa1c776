// Where the conversation's token is kept: this tab only (sessionStorage), or memory where that is forbidden.

export function createStore(key = 'steady.token') {
  let memory = null;
  const guarded = (use) => {
    try {
      return use(window.sessionStorage);
    } catch {
      return null;
    }
  };
  return {
    get: () => guarded((storage) => storage.getItem(key)) ?? memory,
    /** Whether the tab itself keeps it, so that another page of ours in this tab, or opened by it, has it too. */
    kept: () => guarded((storage) => storage.getItem(key)) !== null,
    set(token) {
      memory = token;
      guarded((storage) => storage.setItem(key, token));
    },
    clear() {
      memory = null;
      guarded((storage) => storage.removeItem(key));
    },
    /** Quick exit: nothing of this visit stays in the tab. */
    wipe() {
      memory = null;
      for (const name of guarded((storage) => Object.keys(storage)) || []) if (name.startsWith('steady.')) guarded((storage) => storage.removeItem(name));
    },
  };
}
