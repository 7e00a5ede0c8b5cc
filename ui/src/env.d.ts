/// <reference types="svelte" />
/// <reference types="vite/client" />

/** Whether this build carries the fake host for a browser tab. */
declare const __FAKE_HOST__: boolean;
