import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TOLD, inChinese } from './told.ts';

const top = fileURLToPath(new URL('../../../', import.meta.url));
const folder = (name: string) => readdirSync(`${top}${name}`).filter((file) => file.endsWith('.rs')).map((file) => `${name}/${file}`);
const SOURCES = [...folder('api/src/desk'), ...folder('src-tauri/src'), ...['disk', 'charts', 'jobs', 'compare', 'scenarios', 'lists', 'evidence'].map((name) => `api/src/${name}.rs`)];

/** What begins a sentence that somebody may read in a banner or a dialog. */
const SENTENCE = /(?:Refusal::(?:input|write|failed|interrupted)\(\s*(?:format!\(\s*)?|notices\.push\(\s*(?:format!\(\s*)?|notices: vec!\[\s*(?:format!\(\s*)?|refuse\(\s*(?:format!\(\s*)?|\.then\(\|\| \{\s*format!\(\s*|wrong\.push\(\s*(?:format!\(\s*)?|let message =\s*format!\(\s*|\.map\(\|entry\| format!\()"((?:[^"\\]|\\.)*)"/g;

function sentences(): string[] {
  const found = SOURCES.flatMap((path) => [...(readFileSync(`${top}${path}`, 'utf8').split('#[cfg(test)]')[0] ?? '').matchAll(SENTENCE)].map((match) => match[1] ?? ''));
  return [...new Set(found.map((text) => text.replace(/\{[^{}]*\}/g, '{}')))];
}

describe('what the program tells', () => {
  it('has Chinese, every sentence of it', () => {
    const all = sentences();
    expect(all.length).toBeGreaterThan(50);
    // Two are filled in with words that are part of the sentence.
    const sample = (text: string) => text.replace('The {} was', 'The baseline was').replace('{} has {} {};', '{} has {} problems;').replaceAll('{}', '7');
    expect(all.filter((text) => text !== '{}: {}' && !/[\u4e00-\u9fff]/.test(inChinese(sample(text))))).toEqual([]);
  });

  it('fills in what was filled in, and tells that in Chinese too', () => {
    expect(inChinese('Recovered from 2026-01-02. It is not saved yet.')).toBe('已从 2026-01-02 恢复，尚未保存。');
    expect(inChinese('work.faultline was not written: the disk is full. Nothing was changed')).toBe('未写入 work.faultline：磁盘已满。没有更改任何内容');
    expect(inChinese('/a/b.csv: there is no such file or folder')).toBe('/a/b.csv：没有这个文件或文件夹');
    expect(inChinese('something else')).toBe('something else');
  });

  it('holds no sentence twice', () => {
    expect(new Set(TOLD.map(([english]) => english)).size).toBe(TOLD.length);
  });
});
