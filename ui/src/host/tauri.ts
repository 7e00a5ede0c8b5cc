/** The host inside the window: the only file that knows Tauri. One command per function, one argument object whose keys are the parameter names. */
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AudienceState, DialogWords, Events, Host } from './host.ts';

/** Hears an event; the way to stop works even before the window has answered. */
function hear<E extends keyof Events>(event: E, handler: (payload: Events[E]) => void): () => void {
  const stopping = listen<Events[E]>(event, ({ payload }) => handler(parsed(event, payload)));
  return () => void stopping.then((stop) => stop());
}

/** What the audience sees crosses the window as text that only the page reads. */
function parsed<E extends keyof Events>(event: E, payload: Events[E]): Events[E] {
  return event === 'audience' && typeof payload === 'string' ? (JSON.parse(payload) as Events[E]) : payload;
}

/** Asks for an answer in steps. Ends when the last of them was heard: a large one arrives after the window has said how many there are. */
async function stepwise<Step>(command: string, ask: unknown, on_step: (step: Step) => void): Promise<void> {
  const channel = new Channel<Step>();
  let heard = 0;
  let noted = () => {};
  channel.onmessage = (step) => {
    heard += 1;
    on_step(step);
    noted();
  };
  const told = await invoke<number>(command, { ask, on_step: channel });
  if (heard < told) await new Promise<void>((done) => (noted = () => heard >= told && done()));
}

const plain = (words: DialogWords) => ({ ...words, extensions: [...words.extensions] });

export const tauri: Host = {
  ready: () => invoke('ready'),
  on: hear,
  close: () => invoke('close'),
  stay: () => invoke('stay'),
  toggle_full_screen: () => invoke('toggle_full_screen'),

  library: (language) => invoke('library', { language }),
  inspect: (draft, baseline, language, track) => invoke('inspect', { draft, baseline, language, track }),
  ledger: (draft, baseline, language) => invoke('ledger', { draft, baseline, language }),
  evidence: (key) => invoke('evidence', { key }),

  explore: (ask, on_step) => stepwise('explore', ask, on_step),
  compare: (ask, on_step) => stepwise('compare', ask, on_step),
  why: (ask, on_step) => stepwise('why', ask, on_step),
  rerun: (ask, on_step) => stepwise('rerun', ask, on_step),
  cancel: (ticket) => invoke('cancel', { ticket }),
  seen: (ticket) => invoke('seen', { ticket }),
  figure: (ask) => invoke('figure', { ask }),
  table: (ask) => invoke('table', { ask }),

  classics: (language) => invoke('classics', { language }),
  classic: (ask, on_step) => stepwise('classic', ask, on_step),
  choose_table: (words) => invoke('choose_table', { words: plain(words) }),
  trust: (theme, language) => invoke('trust', { theme, language }),

  new_workspace: (language) => invoke('new_workspace', { language }),
  open_workspace: (path, words) => invoke('open_workspace', { path, words: plain(words) }),
  save_workspace: (ask, path, words) => invoke('save_workspace', { ask, path, words: plain(words) }),
  save_copy: (ask, words) => invoke('save_copy', { ask, words: plain(words) }),
  autosave: (workspace, path) => invoke('autosave', { workspace, path }),
  autosave_done: (path) => invoke('autosave_done', { path }),
  recovery: () => invoke('recovery'),
  recover: (id) => invoke('recover', { id }),
  discard_recovery: (id) => invoke('discard_recovery', { id }),
  versions: (path) => invoke('versions', { path }),
  restore: (path, id) => invoke('restore', { path, id }),
  recent: () => invoke('recent'),

  import_scenario: (words) => invoke('import_scenario', { words: plain(words) }),
  export_scenario: (draft, format, words) => invoke('export_scenario', { draft, format, words: plain(words) }),
  export_chart: (ask, words, again) => invoke('export_chart', { ask, words: plain(words), again }),
  copy_image: (ask) => invoke('copy_image', { ask }),
  copy_text: (text) => invoke('copy_text', { text }),

  settings: () => invoke('settings'),
  set_settings: (settings) => invoke('set_settings', { settings }),
  set_menu: (model) => invoke('set_menu', { model }),
  present: (state) => invoke('present', { state: state && JSON.stringify(state) }),
  audience_state: async () => {
    const state = await invoke<string | AudienceState | null>('audience_state');
    return typeof state === 'string' ? (JSON.parse(state) as AudienceState) : state;
  },
  audience_key: (key) => invoke('audience_key', { key }),
};
