/** Sentences that the program composes away from the page: refusals and notices, English as they are written there (`{}` is filled in), and their Chinese (`{0}`, `{1}` … are what was filled in). A test reads the program's sources and says which one is missing. */
import { GATE } from './gate.ts';
import { speaks } from './index.svelte.ts';

export const TOLD: readonly (readonly [string, string])[] = [
  // A problem with what to do about it.
  ['{}. Hint: {}', '{0}。{1}'],
  // Charts, runs and comparisons.
  ['the chart {} was not made: {}', '图表 {0} 未能生成：{1}'],
  ['{} is not simulated. Choose a quarter from {} to {}', '{0} 不在模拟范围内。请选择 {1} 至 {2} 之间的季度'],
  ['there is no {} “{}”. {}', '没有 {0}“{1}”。{2}'],
  ['{} scenarios are chosen; compare one to {} with the baseline', '已选择 {0} 个情景；请选 1 至 {1} 个与基准比较'],
  ['{} runs from seed {} are not run; choose 1 to {} runs and a smaller seed', '不能从种子 {1} 起运行 {0} 次；请选择 1 至 {2} 次运行和较小的种子'],
  ['these results are no longer there; run the scenario again, nothing else is lost', '这些结果已不在；请重新运行情景，其他内容没有丢失'],
  ['this result is no longer there; run the classic again, nothing else is lost', '这个结果已不在；请重新运行经典模型，其他内容没有丢失'],
  ['the picture was not made: {}. Nothing was written; try another format or size', '图片未能生成：{0}。没有写入任何内容；请换一种格式或尺寸'],
  ['no format is chosen; choose at least one of PNG, SVG, PDF and CSV', '没有选择格式；请在 PNG、SVG、PDF 和 CSV 中至少选择一种'],
  ['no answer came', '没有得到回答'],
  ['stopped before any run was complete in every scenario; nothing to show and nothing written', '在所有情景都完成一次运行之前就停止了；没有可显示的内容，也没有写入任何内容'],
  ['the threads could not be started: {}', '无法启动线程：{0}'],
  ['{} runs of {} need {} GiB of memory; at most {} are used. Ask for at most {} runs, for fewer scenarios, or for a shorter calendar (--to)', '{1} 的 {0} 次运行需要 {2} GiB 内存；最多使用 {3}。请最多要求 {4} 次运行、减少情景或缩短时间范围'],
  ['the question why is asked of an indicator of the world; choose one from the table of outcomes', '“为什么”只能对世界层面的指标提问；请从结果表中选择一个'],
  ['the two scenarios have different blocs, domains, economies or quarters, so no input of one fits into the other', '两个情景的集团、领域、经济体或季度不同，一方的输入无法放入另一方'],
  ['{} is no quarter of the scenarios, which run to {}', '{0} 不是情景中的季度，情景到 {1} 为止'],
  ['{} runs are not run; choose 1 to {}', '不能运行 {0} 次；请选择 1 至 {1} 次'],
  ['{} has {} problem; the results on screen are those of before.', '{0} 有 {1} 个问题；屏幕上的结果是之前的结果。'],
  ['{} has {} problems; the results on screen are those of before.', '{0} 有 {1} 个问题；屏幕上的结果是之前的结果。'],
  ['the scenario that {} builds on cannot be loaded', '无法载入 {0} 所依据的情景'],
  ['{} has {} problem', '{0} 有 {1} 个问题'],
  ['{} has {} problems', '{0} 有 {1} 个问题'],
  ['{} things are wrong', '有 {0} 处错误'],
  // Documents.
  ['the document was not packed: {}. Nothing was written', '文档未能打包：{0}。没有写入任何内容'],
  ['The copy of {} that other programs read is damaged; the scenario itself was read, and nothing of it is lost.', '供其他程序读取的 {0} 副本已损坏；情景本身已读取，没有丢失任何内容。'],
  ['The stored results are damaged and were left out; the scenarios can be run again.', '存储的结果已损坏，未予采用；可以重新运行情景。'],
  ['{} is damaged and was left out.', '{0} 已损坏，未予采用。'],
  ['The file ends too early: it was cut off while it was written or copied.', '文件不完整：写入或复制时被截断。'],
  ['The document was made with model {}; what is shown was run with this one, {}. Run it again to compare with the stored figures.', '文档由模型 {0} 生成；显示的结果用当前模型 {1} 运行得出。请重新运行，与存储的数字比较。'],
  ['The document was made with model {}; what is shown was run with this one, {}. It holds no figures to compare with.', '文档由模型 {0} 生成；显示的结果用当前模型 {1} 运行得出。其中没有可供比较的数字。'],
  ['The document has format {}, and this program reads up to format {}. It can be read as far as it is understood, not changed: save a copy to go on.', '该文档的格式为 {0}，本程序最高支持格式 {1}。能理解的部分可以阅读，不能更改：要继续请另存副本。'],
  ['The document was made with model {}, and this is {}. It can be read, not changed: save a copy to go on.', '该文档由模型 {0} 生成，当前为 {1}。可以阅读，不能更改：要继续请另存副本。'],
  ['When it is saved, the file as it was is kept beside it, with “damaged” in its name.', '保存时，原来的文件会保留在旁边，名称中带有“damaged”。'],
  ['The scenario {} could not be read.', '无法读取情景 {0}。'],
  ['{} is no document of Faultline, or is damaged beyond reading. It was not changed; an earlier version may still be there', '{0} 不是 Faultline 文档，或已损坏到无法读取。它没有被更改；可能仍有较早的版本'],
  ['The document itself could not be read. Saved from it: {}. Lost: title, notes, and what was shown.', '文档本身无法读取。已救回：{0}。丢失：标题、备注和显示内容。'],
  ['It holds {} scenarios; the first {} were kept.', '它包含 {0} 个情景；保留了前 {1} 个。'],
  ['The scenario “{}” had no identifier of its own and is now called {}.', '情景“{0}”没有自己的标识，现命名为 {1}。'],
  ['The scenario “{}” sets more than 2000 values; the rest was left out.', '情景“{0}”设置了超过 2000 个值；其余未予采用。'],
  ['The baseline was not among the scenarios; it is now the first one.', '基准不在情景之中；现改为第一个情景。'],
  ['The scenario shown was not among the scenarios; it is now the first one.', '所显示的情景不在情景之中；现改为第一个情景。'],
  ['The chart {} was set to the domain “{}”, which no scenario shown has; it now shows all domains.', '图表 {0} 设为“{1}”领域，但所显示的情景都没有该领域；现显示全部领域。'],
  ['It asks for {} runs, which are not run; it is now {}.', '它要求运行 {0} 次，不予运行；现为 {1} 次。'],
  ['Its seed {} is too large; it is now {}.', '其种子 {0} 过大；现为 {1}。'],
  ['The name “{}…” is longer than {} characters and was cut.', '名称“{0}…”超过 {1} 个字符，已截断。'],
  ['A text of more than {} characters was cut.', '超过 {0} 个字符的文本已截断。'],
  ['{} was made by a newer version and is not replaced. Choose another name; nothing was changed', '{0} 由更新的版本生成，不予替换。请选择其他名称；没有更改任何内容'],
  ['the document is larger than can be opened again. Remove some scenarios or notes; nothing was changed', '文档过大，将无法再次打开。请删除一些情景或备注；没有更改任何内容'],
  ['there is no such version; choose one of the list', '没有这个版本；请从列表中选择'],
  ['not written: {}. Nothing was changed', '未写入：{0}。没有更改任何内容'],
  ['there is nothing to recover under this name any more', '此名称下已没有可恢复的内容'],
  ['the recovery journal is damaged; the file as it was last saved is as it was', '恢复日志已损坏；上次保存的文件保持原样'],
  ['Recovered from {}. It is not saved yet.', '已从 {0} 恢复，尚未保存。'],
  ['the document holds no results, so there is nothing to compare with', '文档不含结果，因此没有可比较的内容'],
  ['the document holds results of {} but not the scenario', '文档含有 {0} 的结果，但没有该情景'],
  ['The file stands on its own: it builds on no shipped scenario.', '该文件独立存在：不依据任何附带的情景。'],
  // Tables that are imported.
  ['the table was not made: {}', '表格未能生成：{0}'],
  ['the table cannot be read: {}', '无法读取表格：{0}'],
  ['the table has no columns kind, key and value; export a scenario as CSV to see how it looks', '表格没有 kind、key 和 value 列；请将一个情景导出为 CSV 查看格式'],
  ['more than {} rows; the rest is not read', '超过 {0} 行；其余不予读取'],
  ['row {}: cannot be read', '第 {0} 行：无法读取'],
  ['row {}: “{}” is not a number', '第 {0} 行：“{1}”不是数字'],
  ['row {}: “over” should be a whole number of quarters', '第 {0} 行：“over”应为季度的整数'],
  ['row {}: “{}” is no kind of row', '第 {0} 行：“{1}”不是行的类型'],
  ['the table has problems; nothing was imported', '表格有问题；没有导入任何内容'],
  ['there is no scenario “{}”. {} A file is named by its path, ending in .toml', '没有情景“{0}”。{1} 文件以其路径命名，以 .toml 结尾'],
  ['{} is named twice. Name each scenario once, and give files different names', '{0} 出现了两次。每个情景只列一次，文件名称各不相同'],
  ['there is no sourced figure “{}”.{}', '没有带来源的数字“{0}”。{1}'],
  // Files.
  ['{}: is not a UTF-8 text (byte {} is none). Save it as UTF-8', '{0}：不是 UTF-8 文本（第 {1} 字节不符）。请另存为 UTF-8'],
  ['is not a file', '不是文件'],
  ['is larger than {} bytes, the most that is read. Split it, or remove what is not needed', '大于 {0} 字节，即读取的上限。请拆分，或删除不需要的内容'],
  ['{} was not removed: {}', '未能删除 {0}：{1}'],
  ['{} is a folder. Name a file', '{0} 是文件夹。请指定文件'],
  ['{} exists already. Choose another name, or give --force to replace it', '{0} 已存在。请选择其他名称'],
  ['{} was not written: there is no folder {}. Make it first', '未写入 {0}：没有文件夹 {1}。请先创建'],
  ['{} is not from Faultline and is not replaced. Move it, or choose another folder', '{0} 不是 Faultline 生成的，不予替换。请移走它，或选择其他文件夹'],
  ['{} exists and is not a folder. Choose another name', '{0} 已存在且不是文件夹。请选择其他名称'],
  ['{} exists and is not empty. Choose another folder, or give --force to replace what Faultline wrote there', '{0} 已存在且不为空。请选择其他文件夹'],
  ['{} holds nothing that Faultline wrote, so --force replaces nothing there. Choose another folder', '{0} 中没有 Faultline 写入的内容，不予替换。请选择其他文件夹'],
  ['the list of files in {} is damaged, so nothing there is replaced. Choose another folder', '{0} 中的文件清单已损坏，不予替换。请选择其他文件夹'],
  ['{} holds files that are no longer as Faultline wrote them', '{0} 中有些文件已不是 Faultline 写入时的样子'],
  ['{} was not written: {}. Nothing was changed', '未写入 {0}：{1}。没有更改任何内容'],
  ['{} is in use by another program that writes there. Wait until it ends, or choose another folder', '另一个程序正在写入 {0}。请等它结束，或选择其他文件夹'],
  ['there is no such file or folder', '没有这个文件或文件夹'],
  ['permission denied', '没有权限'],
  ['the file system is read-only', '文件系统为只读'],
  ['the disk is full', '磁盘已满'],
  ['a part of its path is not a folder', '其路径中有一部分不是文件夹'],
  ['the clipboard did not take it: {}. Export the chart to a file instead', '剪贴板未能接收：{0}。请将图表导出为文件'],
  ['a fault in the program ({}); the document on screen is as it was', '程序出现故障（{0}）；屏幕上的文档保持原样'],
  ['“{}” was not chosen in a dialog; choose the file anew', '“{0}”不是在对话框中选择的；请重新选择文件'],
  // What the gate advises, in the words of the window.
  ['the controls show the names in use', '可用的名称见各控件'],
  ['remove it, or take a name that the controls show', '去掉它，或使用控件中显示的名称'],
  ['name a scenario of the list of scenarios', '请写情景列表中的情景名称'],
  ['a scenario is a TOML text in UTF-8; export one to see how it looks', '情景是 UTF-8 的 TOML 文本；可导出一个情景查看格式'],
  ['a source of your own needs no key', '自己的来源不需要键'],
  ['set each of them on its own', '请逐个设置'],
  ...GATE,
  // Last, for it fits much: a file, a key, and what is the matter with it.
  ['{}: {}', '{0}：{1}'],
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const PATTERNS = TOLD.map(([english, chinese]) => [new RegExp(`^${english.split('{}').map(escaped).join('([\\s\\S]+?)')}$`), chinese] as const);

/** How deep what is filled in is told: a problem and its hint, its file, its key, what it says, and of what kind. */
const DEEPEST = 5;

/** A sentence of the program in Chinese, what is filled in included; as it is where it is not known. */
export function inChinese(sentence: string, depth = 0): string {
  for (const [pattern, chinese] of PATTERNS) {
    const found = pattern.exec(sentence);
    if (found) return chinese.replace(/\{(\d)\}/g, (_, n: string) => (depth < DEEPEST ? inChinese(found[Number(n) + 1] ?? '', depth + 1) : (found[Number(n) + 1] ?? '')));
  }
  return sentence;
}

/** A sentence of the program in the language in use. */
export const told = (sentence: string): string => (speaks() === 'zh' ? inChinese(sentence) : sentence);

/** A problem that the gate found, with what to do about it, in the language in use. */
export const toldProblem = (problem: { readonly message: string; readonly hint: string }): string => told(problem.hint ? `${problem.message}. Hint: ${problem.hint}` : problem.message);
