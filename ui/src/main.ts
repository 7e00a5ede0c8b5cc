/** Starts the page: which host answers, and which window this is. */
import { mount } from 'svelte';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import App from './App.svelte';
import Audience from './Audience.svelte';
import type { Host } from './host/host.ts';
import { pulse } from './parts/pulse.ts';

async function chosenHost(): Promise<Host> {
  if (__FAKE_HOST__ && !('__TAURI_INTERNALS__' in window)) return (await import('./host/fake.ts')).fake();
  return (await import('./host/tauri.ts')).tauri;
}

const target = document.getElementById('app');
if (!target) throw new Error('the page has no place for the app');
const query = new URLSearchParams(location.search);
const audience = query.has('audience') || query.get('window') === 'audience';
const host = await chosenHost();
mount(audience ? Audience : App, { target, props: { host } });
pulse(target);
