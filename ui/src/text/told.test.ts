import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GATE } from './gate.ts';
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

/** Everything in the sources of the gate that reads like words, holes as `{}`. */
function gated(): string[] {
  const sources = ['check', 'reader', 'tree', 'chain', 'changes', 'values', 'adjust'].map((name) => `models/src/scenario/${name}.rs`).concat('models/src/calendar.rs', 'api/src/desk/draft.rs', 'api/src/scenarios.rs');
  const code = sources.map((path) => (readFileSync(`${top}${path}`, 'utf8').split('#[cfg(test)]')[0] ?? '').replace(/^\s*\/\/.*$/gm, ''));
  const texts = code.flatMap((text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\"/g, '"').replace(/\{[^{}]*\}/g, '{}').trim()));
  return [...new Set(texts.filter((text) => /[a-z] |\{\} /.test(text)))];
}

/** Words of the gate that are no problems: what files are written with, and what a fault says. */
const OTHERS = [/^set (in|by) /, /^duplicate key$/, /^the base was checked$/, /^imported /, /^# A scenario/, /^the scenario$/, /^there is no$/];

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

  it('has Chinese for every problem that the gate can find', () => {
    // Pieced together: the nearest name stands before the list of all, the rest of a sentence stands elsewhere.
    const whole = (text: string) =>
      text.replace(/^\{\}one of: \{\}$/, 'did you mean {}? one of: {}').replace('{} has {} {};', '{} has {} problems;').replace('extends = "{}"{}', 'extends = "{}"').replace(/^; a file/, 'write the id without .toml, like extends = "{}"; a file').replace('Did you', 'did you');
    const known = new Set(TOLD.map(([english]) => english));
    const all = gated().filter((text) => !OTHERS.some((other) => other.test(text))).map(whole);
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((text) => !known.has(text))).toEqual([]);
    // And nothing that it no longer says, kinds of values aside.
    const said = new Set(all);
    expect(GATE.filter(([english]) => english.includes(' ') && !said.has(english) && !/^(a|true or) \w+$/.test(english)).map(([english]) => english)).toEqual([]);
  });

  it('tells a problem with its file, its key, and what to do, in Chinese', () => {
    const cases = {
      'mine.toml:12: levers.home-mandate.EU: 3 is out of range. Hint: it must lie between 0 and 1': 'mine.toml:12：levers.home-mandate.EU：3 超出范围。应在 0 与 1 之间',
      'mine.toml:3: name: is a number, but should be text. Hint: put it in quotes': 'mine.toml:3：name：是数字，应为文本。请加引号',
      'mine.toml:9: moves[1].lever: “tensoin” is not known here. Hint: did you mean tension? one of: tension, home-mandate': 'mine.toml:9：moves[1].lever：“tensoin” 在此不可用。是否想写 tension？可选：tension, home-mandate',
      'mine.toml:4: unknown key “colour”. Hint: known here: id, name': 'mine.toml:4：未知的键 “colour”。此处可用：id, name',
      'mine has 2 problems; the results on screen are those of before.': 'mine 有 2 个问题；屏幕上的结果是之前的结果。',
    };
    expect(Object.fromEntries(Object.keys(cases).map((english) => [english, inChinese(english)]))).toEqual(cases);
  });

  it('holds no sentence twice', () => {
    expect(new Set(TOLD.map(([english]) => english)).size).toBe(TOLD.length);
  });
});
