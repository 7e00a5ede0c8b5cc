/** Asks one question at a time. While an answer is awaited only the newest further question is kept: a moving slider cannot starve its own preview. */
export function latest<Q>(ask: (question: Q) => Promise<void>): (question: Q) => void {
  let waiting: { readonly question: Q } | null = null;
  let busy = false;

  async function next(question: Q): Promise<void> {
    busy = true;
    try {
      await ask(question);
    } finally {
      busy = false;
      const following = waiting;
      waiting = null;
      if (following) void next(following.question);
    }
  }

  return (question) => {
    if (busy) waiting = { question };
    else void next(question);
  };
}
