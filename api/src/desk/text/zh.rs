//! Simplified Chinese.

use super::Outcome;

pub(super) fn placed(name: &str, parts: &[String]) -> String {
    if parts.is_empty() { name.to_owned() } else { format!("{name}（{}）", parts.join("，")) }
}

pub(super) fn moved(name: &str, from: &str, to: &str) -> String {
    format!("{name} {from}→{to}")
}

pub(super) fn many_moved(choices: usize, assumptions: usize) -> String {
    match (choices, assumptions) {
        (c, 0) => format!("改变 {c} 项选择"),
        (0, a) => format!("改变 {a} 项假设"),
        (c, a) => format!("改变 {c} 项选择和 {a} 项假设"),
    }
}

pub(super) fn finding(changes: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Future { kind, from, to } => format!("{changes}：在这些假设下，每 100 次运行中“{}”由 {from} 次变为 {to} 次。", future(kind)),
        Outcome::Level { name, from, to, agreement, higher } => {
            let direction = if *higher { "较高" } else { "较低" };
            format!("{changes}：在这些假设下，{name}由 {from} 变为 {to}；每 100 对运行中有 {agreement} 对{direction}。")
        }
        Outcome::TooFew { pairs, needed } => format!("{changes}：{pairs} 对运行太少，说不出有什么变化；请取 {needed} 对或更多。"),
        Outcome::Unclear { agreement } => format!("{changes}：没有明显差异；在这些假设下，每 100 对运行中只有 {agreement} 对方向一致。"),
    }
}

pub(super) fn same_inputs(futures: &[(&'static str, usize)]) -> String {
    let parts: Vec<String> = futures.iter().map(|(kind, n)| format!("{} {n} 次", future(kind))).collect();
    format!("输入与基准相同。在这些假设下，每 100 次运行中：{}。", parts.join("，"))
}

pub(super) fn future(kind: &str) -> String {
    match kind {
        "single-market" => "单一市场",
        "common-core" => "共同核心",
        "bridge" => "桥梁",
        "two-blocs" => "两大集团",
        _ => "完全分裂",
    }
    .to_owned()
}

pub(super) fn agreement(higher: bool, of_100: &str) -> String {
    let number = of_100.split(' ').next().unwrap_or(of_100);
    format!("100 对中 {number} 对{}", if higher { "较高" } else { "较低" })
}

pub(super) fn all_equal() -> String {
    "全部相等".to_owned()
}

pub(super) fn not_distinguishable(further_runs: Option<usize>) -> String {
    match further_runs {
        Some(more) => format!("与 0 无法区分；约再运行 {more} 次可见分晓"),
        None => "与 0 无法区分".to_owned(),
    }
}

pub(super) fn part_choices() -> String {
    "选择".to_owned()
}

pub(super) fn part_assumptions() -> String {
    "假设".to_owned()
}

pub(super) fn part_interaction() -> String {
    "二者的交互".to_owned()
}

pub(super) fn part_total() -> String {
    "全部差异".to_owned()
}

pub(super) fn why(name: &str, quarter: &str, difference: &str, percent: [i32; 3]) -> String {
    let [choices, assumptions, interaction] = percent.map(|p| p.to_string().replace('-', "−"));
    format!(
        "在这些假设下，{quarter} {name}的差异（{difference}）中，{choices}% 来自选择，{assumptions}% 来自假设，{interaction}% 来自二者的共同作用。"
    )
}

pub(super) fn why_unclear(name: &str, quarter: &str, further_runs: Option<usize>) -> String {
    let more = further_runs.map_or(String::new(), |n| format!("约再运行 {n} 次可见分晓。"));
    format!("{quarter} {name}的差异与 0 无法区分，因此不按百分比拆分。{more}")
}

pub(super) fn why_same() -> String {
    "两个情景的输入相同，没有需要解释的差异。".to_owned()
}

pub(super) fn merged(inputs: usize, groups: usize) -> String {
    format!("{inputs} 项改变的输入按标题合并为 {groups} 组，因为精确拆分需要运行每一种组合。")
}

pub(super) fn other_inputs() -> String {
    "其他输入".to_owned()
}

pub(super) fn events() -> String {
    "有日期的事件".to_owned()
}

pub(super) fn structure() -> String {
    "结构开关".to_owned()
}

pub(super) fn numbers() -> String {
    "其他数值".to_owned()
}

pub(super) fn none() -> String {
    "无".to_owned()
}

pub(super) fn opening_title() -> String {
    "合作与脱钩".to_owned()
}

pub(super) fn no_domain(domain: &str, known: &str) -> String {
    format!("这些情景没有“{domain}”领域。请选择全部领域，或其中之一：{known}。")
}

pub(super) fn out_of_domain(typed: &str, domain: &str) -> String {
    format!("此处不能填“{typed}”，应为：{domain}")
}

pub(super) fn scenario(id: &str) -> String {
    match id {
        "today-extended" => "延续今天",
        "common-ground" => "共同基础情景",
        "decoupling" => "脱钩",
        other => other,
    }
    .to_owned()
}

/// Label of a bloc or domain that ships.
pub(super) fn label(id: &str) -> Option<&'static str> {
    let labels = [
        ("EU", "欧盟"),
        ("CN", "中国"),
        ("US", "美国"),
        ("INT", "国际"),
        ("world", "世界"),
        ("rest", "其他"),
        ("foundation", "基础"),
        ("governance", "治理"),
        ("application", "应用"),
    ];
    labels.iter().find(|(known, _)| *known == id).map(|(_, label)| *label)
}

/// The Chinese of an English phrase of the lists.
pub(super) fn phrase(english: &str) -> Option<&'static str> {
    PHRASES.iter().find(|(known, _)| *known == english).map(|(_, chinese)| *chinese)
}

/// All English phrases that have Chinese.
#[cfg(test)]
pub(super) fn english() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|(english, _)| *english)
}

const PHRASES: &[(&str, &str)] = &[
    // Headings.
    ("Market access", "市场准入"),
    ("Standards work", "标准制定"),
    ("Climate", "政治气候"),
    ("Third countries", "第三国"),
    ("Adopters", "采用者"),
    ("Compatibility and cost", "兼容与成本"),
    ("Suppliers", "供应商"),
    ("Committees", "委员会"),
    ("Trade read-out", "贸易读数"),
    ("Master slider", "总控滑块"),
    // Levers.
    ("Cooperation (all levers)", "合作（全部杠杆）"),
    (
        "Moves all levers together between decoupling (0) and cooperation (1); a lever that is already further stays where it is.",
        "在脱钩（0）与合作（1）之间同时移动全部杠杆；已经更进一步的杠杆保持不变。",
    ),
    ("0 decoupling to 1 cooperation", "0 为脱钩，1 为合作"),
    ("Access restriction", "准入限制"),
    ("share of cross-bloc supply cut", "被切断的跨集团供应份额"),
    ("Share of the trade between two blocs that export and import rules cut off.", "两个集团之间被进出口规则切断的贸易份额。"),
    ("Bloc voting", "集团投票"),
    ("probability per ballot", "每次投票的概率"),
    (
        "Chance that all members of a bloc vote as one in an international ballot, before the capture guard acts.",
        "在防俘获规则起作用之前，一个集团的全部成员在国际投票中一致投票的机会。",
    ),
    ("Capture guard", "防俘获规则"),
    ("strength, 0 to 1", "强度，0 到 1"),
    (
        "Strength of the rules that keep one interest from taking over international committees: vote caps, balance, limits on leadership.",
        "防止单一利益控制国际委员会的规则强度：投票上限、平衡、对领导职位的限制。",
    ),
    ("Expert support", "专家支持"),
    ("share of full funding", "占全额资助的份额"),
    (
        "Funding that lets a bloc’s experts take part in ISO/IEC; it sets how fast they come to agree.",
        "使一个集团的专家能够参加 ISO/IEC 的资助；它决定达成一致的速度。",
    ),
    ("Foreign participation", "外国参与"),
    ("weight of a foreign member (1 = as a home member)", "外国成员的权重（1 = 与本国成员相同）"),
    ("How much a foreign member counts when a bloc’s own committees discuss.", "在一个集团自己的委员会讨论时，外国成员的分量。"),
    ("Home mandate", "本土强制"),
    ("share of the market bound by law", "受法律约束的市场份额"),
    (
        "How far the law of a bloc requires its own standard, or gives it the presumption of conformity.",
        "一个集团的法律在多大程度上要求采用自己的标准，或赋予其合规推定。",
    ),
    ("Home preference", "本土偏好"),
    ("utility units (logit)", "效用单位（logit）"),
    (
        "Advantage of the home standard in procurement and habit; 1 multiplies its odds by 2.7.",
        "本土标准在采购和习惯中的优势；1 使其优势比乘以 2.7。",
    ),
    ("Identical adoption", "等同采用"),
    ("probability per published text", "每份已发布文本的概率"),
    (
        "Chance that a bloc takes over an international text unchanged when it lies near enough to what the bloc wants; otherwise it modifies it.",
        "当国际文本与集团意愿足够接近时，集团原样采用的机会；否则修改采用。",
    ),
    ("International channel", "国际渠道"),
    ("share of new work items", "新工作项目的份额"),
    (
        "Share of a bloc’s new work items that it sends to ISO/IEC instead of its own bodies.",
        "一个集团的新工作项目中提交 ISO/IEC 而非本土机构的份额。",
    ),
    ("Mutual recognition", "相互承认"),
    ("share of tests and certificates", "检测与证书的份额"),
    ("Share of each other’s tests and certificates that two blocs accept.", "两个集团相互接受的检测与证书份额。"),
    ("Tension", "紧张程度"),
    ("index, 0 to 1", "指数，0 到 1"),
    (
        "Level that political tension returns to; above today’s level it pushes every other lever towards decoupling.",
        "政治紧张回归的水平；高于今天的水平时，它把其他杠杆推向脱钩。",
    ),
    ("Third-country pull", "对第三国的拉力"),
    (
        "How hard a bloc uses finance, infrastructure and agreements to draw third countries to its standards.",
        "一个集团用融资、基础设施和协定把第三国拉向其标准的力度。",
    ),
    // Uncertainties.
    ("Network strength", "网络强度"),
    (
        "How much an adopter gains when everybody that it deals with is reached by its standard.",
        "当所有往来对象都能用其标准联通时，采用者得到多少好处。",
    ),
    ("Local share of the network", "网络的本地份额"),
    ("share", "份额"),
    (
        "Part of the network benefit that comes from an adopter’s own partners rather than from whole markets.",
        "网络收益中来自采用者自身伙伴而非整个市场的部分。",
    ),
    ("Review rate", "复审频率"),
    ("per quarter", "每季度"),
    ("How often an adopter reconsiders its standard; the mean cycle is one over this.", "采用者重新考虑其标准的频率；平均周期是其倒数。"),
    ("Uptake without example", "自发采用"),
    ("per year", "每年"),
    ("Hazard of first adoption that does not depend on others (Bass 1969, p).", "不依赖他人的首次采用风险率（Bass 1969，p）。"),
    ("Uptake by example", "模仿采用"),
    (
        "Rise of the hazard of first adoption with the share already active in the market (Bass 1969, q).",
        "首次采用风险率随市场中已采用份额的上升（Bass 1969，q）。",
    ),
    ("Weight of supply", "供应的权重"),
    (
        "How much it matters to adopters that suppliers in their market offer products for a standard.",
        "市场中的供应商为某标准提供产品，对采用者有多重要。",
    ),
    ("Supply floor", "供应下限"),
    ("share of suppliers", "供应商份额"),
    (
        "Supply that every standard has through adapters and in-house work, added to the measured offer.",
        "每种标准通过适配器和自行开发所具有的供应，计入测得的供应之上。",
    ),
    ("Switching cost", "转换成本"),
    ("Disadvantage of every standard other than the one in use.", "除在用标准外每种标准的劣势。"),
    ("Quality of the international text", "国际文本的质量"),
    ("Advantage of the international text that adopters see in the text itself.", "采用者在国际文本本身看到的优势。"),
    ("Compatibility distance", "兼容距离"),
    ("distance in requirement space", "要求空间中的距离"),
    (
        "Distance of two texts at which products meeting one work with the other in 37 of 100 cases.",
        "两份文本相距多远时，符合其一的产品在 100 例中有 37 例可与另一者配合。",
    ),
    ("Recognition into compatibility", "承认转化为兼容"),
    (
        "How far recognising tests makes products work together; below 1, because a test report is no technical interface.",
        "承认检测在多大程度上使产品能够配合；小于 1，因为检测报告不是技术接口。",
    ),
    ("Cost sensitivity", "成本敏感度"),
    ("utility units per unit cost", "每单位成本的效用单位"),
    ("How strongly conformity cost weighs in an adopter’s choice.", "合规成本在采用者选择中的分量。"),
    ("Conformity cost, fixed part", "合规成本，固定部分"),
    ("share of unit cost", "单位成本的份额"),
    (
        "Cost of showing conformity with a required text although the product follows another, however near.",
        "产品遵循另一文本（无论多么接近）时，证明符合所要求文本的成本。",
    ),
    ("Conformity cost, slope", "合规成本，斜率"),
    ("share of unit cost per distance", "每单位距离的单位成本份额"),
    (
        "Cost of closing the distance to the required text; only shortfall in stringency costs on that axis.",
        "弥合与所要求文本距离的成本；在严格程度轴上只有不足才产生成本。",
    ),
    ("Margin", "利润率"),
    ("share of revenue", "收入的份额"),
    ("Supplier’s margin before conformity cost.", "计入合规成本之前的供应商利润率。"),
    ("Weight of users in demand", "用户在需求中的权重"),
    (
        "Part of a supplier’s revenue in a market that depends on how many users its variant works with.",
        "供应商在一个市场的收入中取决于其型号可与多少用户配合的部分。",
    ),
    ("Entry cost", "进入成本"),
    ("share of a mean supplier’s revenue", "平均供应商收入的份额"),
    ("Profit above which a supplier returns to a market that it left.", "供应商重返已退出市场所需的利润。"),
    ("Variant cost, fixed part", "型号成本，固定部分"),
    ("Cost of keeping one product variant.", "保持一个产品型号的成本。"),
    ("Variant cost, scale part", "型号成本，规模部分"),
    ("Part of the variant cost that grows with the supplier’s size.", "型号成本中随供应商规模增长的部分。"),
    ("Variant cost exponent", "型号成本指数"),
    ("exponent", "指数"),
    (
        "How the variant cost grows with size: below 1 large suppliers split their products more easily. Contested.",
        "型号成本如何随规模增长：小于 1 时大供应商更容易拆分产品。有争议。",
    ),
    ("Variant distance cost", "型号距离成本"),
    ("share of a mean supplier’s revenue per distance", "每单位距离的平均供应商收入份额"),
    ("Cost of keeping variants that lie far apart.", "保持相距较远的型号的成本。"),
    ("Confidence bound", "信任界限"),
    ("Members listen to those within this distance (Hegselmann & Krause 2002).", "成员听取在此距离之内的其他成员（Hegselmann & Krause 2002）。"),
    ("Ballot tolerance", "投票容忍度"),
    ("A member votes for a draft within this distance of its own position.", "草案与成员立场的距离在此之内时，成员投赞成票。"),
    ("Convergence rate", "趋同速度"),
    ("share per quarter", "每季度的份额"),
    ("How far a member moves towards those it listens to in a quarter.", "成员在一个季度内向其听取者靠拢的程度。"),
    ("Stubbornness", "固执程度"),
    (
        "How far a member is drawn back to its own starting position in a quarter (Friedkin & Johnsen 1990).",
        "成员在一个季度内被拉回自身初始立场的程度（Friedkin & Johnsen 1990）。",
    ),
    ("Adoption radius", "采用半径"),
    (
        "A bloc considers identical adoption when the international text lies within this distance of its ideal point.",
        "国际文本与集团理想点的距离在此之内时，集团考虑等同采用。",
    ),
    ("Modification weight", "修改权重"),
    ("How far a modified adoption is drawn to the bloc’s ideal point.", "修改采用在多大程度上被拉向集团的理想点。"),
    ("Memory of tension", "紧张的记忆"),
    ("Part of a deviation of tension that is left after a quarter.", "紧张程度的偏离在一个季度后剩余的部分。"),
    ("Shocks to tension", "紧张的冲击"),
    ("index points per quarter", "每季度指数点"),
    ("Standard deviation of random shocks to tension.", "紧张程度随机冲击的标准差。"),
    ("Bite of tension", "紧张的作用"),
    ("How far full tension moves the other levers towards decoupling.", "完全紧张把其他杠杆推向脱钩的程度。"),
    ("Feedback of fragmentation", "碎片化的反馈"),
    ("index points per unit fragmentation", "每单位碎片化的指数点"),
    (
        "Long-run rise of tension per unit of added fragmentation: the strength of a structural slide.",
        "每增加一单位碎片化，紧张程度的长期上升：结构性下滑的强度。",
    ),
    ("Network in alignment", "结盟中的网络"),
    ("How much a third country values that its partners use a standard.", "第三国对伙伴使用某标准的重视程度。"),
    ("Distance in alignment", "结盟中的距离"),
    ("utility units per distance", "每单位距离的效用单位"),
    ("How much a third country minds that a text lies far from what it wants.", "文本偏离第三国意愿时，第三国在意的程度。"),
    ("Cost of changing alignment", "改变结盟的成本"),
    ("Disadvantage of every alignment other than the present one.", "除当前结盟外每种结盟的劣势。"),
    ("Trade cost of incompatibility", "不兼容的贸易成本"),
    ("share of price", "价格的份额"),
    ("Rise of cross-bloc trade cost when nothing works together.", "完全不能配合时跨集团贸易成本的上升。"),
    ("Trade cost of restriction", "限制的贸易成本"),
    (
        "Rise of cross-bloc trade cost under full access restriction. The one number that is fitted to a published trade figure.",
        "完全准入限制下跨集团贸易成本的上升。这是唯一按已发表贸易数字拟合的数值。",
    ),
    ("Trade elasticity", "贸易弹性"),
    ("elasticity", "弹性"),
    ("Per cent by which trade falls when its cost rises by one per cent.", "贸易成本上升百分之一时贸易下降的百分比。"),
    ("Spread of ideal points", "理想点的离散度"),
    ("multiple of the written points", "书面点位的倍数"),
    ("How far apart the blocs’ ideal points lie, as a multiple of the written ones.", "各集团理想点相距多远，以书面点位的倍数表示。"),
    // Indicators.
    ("Adoption share", "采用份额"),
    ("share of the market’s size", "占市场规模的份额"),
    (
        "Share of a market, by size of adopters, that uses a standard; “none” has not adopted any yet.",
        "按采用者规模计，市场中使用某标准的份额；“无”表示尚未采用任何标准。",
    ),
    ("Alignment of third countries", "第三国的结盟"),
    ("share of economies’ size", "占经济体规模的份额"),
    (
        "Who follows whom: share of the economies outside the blocs, by size, that align with a standard.",
        "谁追随谁：按规模计，集团之外的经济体中与某标准结盟的份额。",
    ),
    ("Changes of alignment", "结盟的变化"),
    ("share of economies’ size per quarter", "每季度占经济体规模的份额"),
    (
        "How restless third countries are: share, by size, that changed its alignment in the quarter.",
        "第三国有多不稳定：按规模计，在该季度改变结盟的份额。",
    ),
    ("De-facto compliance abroad", "境外的事实合规"),
    ("share of sales outside the bloc", "占集团外销售的份额"),
    (
        "How far what a bloc requires is met beyond its border without being required there, because suppliers find one product cheaper than two (Bradford 2012). Where the bloc requires the international text, it is sales of that text that count.",
        "因供应商认为一种产品比两种便宜，集团的要求在境外未作要求之处得到满足的程度（Bradford 2012）。集团要求国际文本时，计入的是该文本的销售。",
    ),
    ("Common foundation", "共同基础"),
    ("share of active adopters", "占活跃采用者的份额"),
    (
        "The least that the policy brief asks for: terms, architecture and testing in common. Read in the domain called foundation, or the first.",
        "政策简报要求的最低限度：共同的术语、架构与测试。在名为“基础”的领域或第一个领域中读取。",
    ),
    ("Compliance cost", "合规成本"),
    ("What suppliers at home in a bloc spend on conformity and on keeping product variants.", "集团本土供应商用于合规和保持产品型号的支出。"),
    ("Concentration", "集中度"),
    ("Herfindahl index, 0 to 1", "赫芬达尔指数，0 到 1"),
    ("Whether one standard is dominant in the world; says nothing about whether blocs differ.", "世界上是否有一种标准占主导；不说明各集团是否不同。"),
    ("Adopters’ surplus", "采用者剩余"),
    ("utility units per active adopter", "每个活跃采用者的效用单位"),
    (
        "How well adopters are served by their choice; only differences between scenarios mean something (Small & Rosen 1981).",
        "采用者的选择使其受益多少；只有情景之间的差异有意义（Small & Rosen 1981）。",
    ),
    ("Cross-bloc trade", "跨集团贸易"),
    ("relative to the start (1)", "相对于起点（1）"),
    (
        "Gravity read-out of trade between blocs; one of its numbers is fitted to a published figure.",
        "集团之间贸易的引力读数；其中一个数值按已发表数字拟合。",
    ),
    ("Divergence of mixes", "组合的分歧"),
    (
        "Whether blocs use different standards, however compatible: 0 is the same mix, 1 is disjoint (Jensen–Shannon).",
        "各集团是否使用不同标准（无论是否兼容）：0 为组合相同，1 为完全不同（Jensen–Shannon）。",
    ),
    ("Drafting time", "起草时间"),
    ("months", "月"),
    (
        "Mean time from the start of a work item to the new edition, failed ballots included, over the editions so far.",
        "从工作项目开始到新版本的平均时间，含未通过的投票，按迄今的版本计。",
    ),
    ("Modified adoptions", "修改采用"),
    ("share of new texts", "占新文本的份额"),
    ("Share of a bloc’s new texts that modify the international one: a dual track.", "一个集团的新文本中修改国际文本的份额：双轨。"),
    ("Effective number of standards", "有效标准数"),
    ("standards", "个标准"),
    (
        "How many clearly different standards the world feels like, compatible ones counting as nearly one (Leinster & Cobbold 2012, order 1).",
        "世界相当于有多少个明显不同的标准，兼容者几乎算作一个（Leinster & Cobbold 2012，一阶）。",
    ),
    ("Fragmentation", "碎片化"),
    (
        "Chance that two organisations in different blocs cannot work together without adaptation: 0 is one market, 1 fully split.",
        "不同集团的两个组织不经适配便无法配合的机会：0 为一个市场，1 为完全分裂。",
    ),
    ("Fragmentation with third countries", "含第三国的碎片化"),
    ("As fragmentation, with the groups of economies outside the blocs counted as well.", "同碎片化，并计入集团之外的经济体群组。"),
    ("Identical adoptions", "等同采用份额"),
    (
        "Share of a bloc’s new texts that take over the international one unchanged; comparable with published adoption shares.",
        "一个集团的新文本中原样采用国际文本的份额；可与已发表的采用份额比较。",
    ),
    ("Interoperability", "互操作性"),
    (
        "Chance that a user in one bloc and a user in the other can work together without adaptation.",
        "一个集团的用户与另一集团的用户不经适配即可配合的机会。",
    ),
    ("share of reachable revenue", "占可及收入的份额"),
    (
        "What suppliers at home in a bloc reach of the revenue that would be open to them without restrictions and mandates.",
        "集团本土供应商实际触及的收入，占没有限制和强制时可及收入的部分。",
    ),
    ("Distance of required texts", "所要求文本的距离"),
    ("distance in requirement space, 0 to 1.41", "要求空间中的距离，0 到 1.41"),
    ("How far the texts that blocs require lie apart: drafting, not use.", "各集团所要求的文本相距多远：指起草，而非使用。"),
    ("Political tension; above its start it draws the levers towards decoupling.", "政治紧张程度；高于起点时把杠杆拉向脱钩。"),
    // Shipped scenarios: name and gist.
    ("Today extended", "延续今天"),
    ("The rules, habits and tensions of today stay as they are.", "今天的规则、习惯与紧张都保持不变。"),
    ("Common ground", "共同基础情景"),
    ("From 2027 on the three blocs turn towards each other, step by step over two years.", "自 2027 年起，三个集团在两年内逐步相互靠拢。"),
    ("Selective cooperation", "选择性合作"),
    (
        "The blocs agree to share the foundation only: terms, reference architecture and test methods.",
        "各集团只同意共享基础部分：术语、参考架构与测试方法。",
    ),
    ("Transatlantic", "跨大西洋"),
    (
        "The European Union and the United States move to full cooperation with each other and with the international bodies from 2027 on; China keeps the rules that it has today.",
        "自 2027 年起，欧盟与美国彼此之间并与国际机构全面合作；中国保持今天的规则。",
    ),
    ("Managed rivalry", "有管理的竞争"),
    ("The blocs compete and keep their distance, but within limits that all respect.", "各集团相互竞争并保持距离，但都遵守共同的界限。"),
    ("Decoupling", "脱钩"),
    ("From 2027 on the blocs part ways over two years.", "自 2027 年起，各集团在两年内分道而行。"),
    ("Late repair", "迟来的修复"),
    (
        "The blocs decouple from 2027 on and change course in 2032, when every lever moves to cooperation over two years.",
        "各集团自 2027 年起脱钩，2032 年转向，各杠杆在两年内移到合作一端。",
    ),
    ("Half repair", "部分修复"),
    (
        "The blocs decouple from 2027 on and repair part of it from 2032: every lever moves to six tenths of the way to cooperation, about where the market holds together if it was never divided.",
        "各集团自 2027 年起脱钩，自 2032 年起部分修复：各杠杆移到通往合作之路的十分之六处，大约是市场若从未分裂便能保持一体的位置。",
    ),
    ("Strict home, open market", "严格本土，开放市场"),
    (
        "The European Union binds most of its market to its own texts by law from 2027 on, while the blocs lift all restrictions of access between them.",
        "自 2027 年起，欧盟以法律使其大部分市场受自身文本约束，同时各集团取消彼此间的全部准入限制。",
    ),
    ("Open-source commons", "开源公地"),
    (
        "Shared code and open reference implementations make the international text the natural place to work.",
        "共享代码与开放的参考实现使国际文本成为自然的工作场所。",
    ),
    // Blocs and domains of the baseline.
    ("European Union", "欧盟"),
    ("China", "中国"),
    ("United States", "美国"),
    ("Foundation (terms, reference architecture, testing)", "基础（术语、参考架构、测试）"),
    ("Governance (risk, rights, security)", "治理（风险、权利、安全）"),
    ("Application (sector profiles)", "应用（行业配置）"),
    // Numbers that are neither levers nor uncertainties.
    ("Weight of a domain", "领域权重"),
    ("Spread of ideal points in a domain", "领域内理想点的离散度"),
    ("Pull of a bloc on a group", "集团对国家组的拉力"),
    ("Market size", "市场规模"),
    ("Trade exposure", "贸易敞口"),
    ("Trade in goods", "货物贸易"),
    ("Business partners of an adopter", "采用者的业务伙伴"),
    ("Home members of a domestic committee", "国内委员会的本国成员"),
    ("Foreign members of a domestic committee", "国内委员会的外国成员"),
    ("Members of the international committee per bloc", "国际委员会中每个集团的成员"),
    ("Members of the international committee from third countries", "国际委员会中第三国的成员"),
    ("Time to an international text", "制定国际文本所需时间"),
    ("Active adopters at the start", "起始时的活跃采用者"),
    ("Tension at the start", "起始时的紧张程度"),
    ("Seed of the structure", "结构种子"),
    ("End states: joined from", "终局分类：视为相连的下限"),
    ("End states: single market up to", "终局分类：单一市场的上限"),
    ("Ideal point: stringency", "理想点：严格程度"),
    ("Ideal point: state-led", "理想点：国家主导程度"),
    ("Time to a text of its own", "制定本集团文本所需时间"),
    ("advanced", "发达经济体"),
    ("emerging", "新兴经济体"),
    ("belt and road", "“一带一路”经济体"),
    // Their units.
    ("position, 0 to 1", "位置，0 到 1"),
    ("position, 0 (market-led) to 1 (state-led)", "位置，0（市场主导）到 1（国家主导）"),
    ("share of world GDP", "占世界 GDP 的份额"),
    ("share of its trade with the three blocs", "占其与三大集团贸易的份额"),
    ("bn USD in 2024, both directions", "2024 年十亿美元，双向"),
    ("suppliers", "供应商"),
    ("adopters", "采用者"),
    ("partners per adopter", "每个采用者的伙伴数"),
    ("share of the whole", "占总体的份额"),
    ("effective standards", "有效标准数"),
    ("key of the structural draws", "结构性抽样的键"),
    ("members per bloc", "每个集团的成员数"),
    ("members", "成员"),
    ("interoperability, 0 to 1", "互操作性，0 到 1"),
    ("share of adopters", "采用者份额"),
    // Steps in which numbers act.
    ("tense", "紧张程度"),
    ("draft", "起草"),
    ("transpose", "转化"),
    ("recognise", "承认"),
    ("supply", "供应"),
    ("adopt", "采用"),
    ("align", "对齐"),
    ("read-out of trade", "贸易读数"),
    ("read-out", "读数"),
    // Sources and notes of the shipped scenarios.
    ("modelling judgement", "建模判断"),
    ("taken as for the European Union; no figure at hand", "按欧盟取值；手头没有数据"),
    ("a size at which sampling noise is small beside the spread over runs", "在此规模下，抽样噪声远小于各次运行之间的离散"),
    ("assumption of this scenario", "本情景的假设"),
    ("arbitrary", "任意"),
    (
        "modelling judgement near the means of Sultan, Farley and Lehmann (1990), not checked against the article",
        "接近 Sultan、Farley 和 Lehmann（1990）均值的建模判断，未与原文核对",
    ),
    (
        "modelling judgement near the gravity estimates reviewed by Head and Mayer (2014), not checked against the chapter",
        "接近 Head 和 Mayer（2014）所综述引力估计值的建模判断，未与原文核对",
    ),
    ("positions differ least on terms and test methods", "各方立场在术语和测试方法上差别最小"),
    ("the domain for which the points are written", "理想点即为此领域所写"),
    ("between the two", "介于二者之间"),
    ("stringency of safeguards that the bloc wants in governance texts", "该集团希望治理文本所含保障措施的严格程度"),
    ("who should lead, as the bloc sees it", "该集团认为应由谁主导"),
    ("3.1 years for a home-grown harmonised standard", "自行制定的协调标准需 3.1 年"),
    ("between the 36 months of 2015 and the 18 months aimed at", "介于 2015 年的 36 个月与目标的 18 个月之间"),
    ("finance, infrastructure and agreements that tie the group to the bloc", "把该国家组与集团联系起来的资金、基础设施和协定"),
    ("a generic economy: the rest of the world split by group and rank", "一个示意性经济体：世界其他地区按组别和位次划分"),
    ("set per group so that the size-weighted mean is that of the trade matrix", "按组设定，使按规模加权的均值与贸易矩阵一致"),
    ("goods only; a composite of several reports", "仅含货物；综合多份报告而成"),
    ("business partners whose standard an adopter looks at", "采用者会参考其所用标准的业务伙伴"),
    ("one per other market group in turn", "其他各市场组依次各一名"),
    ("a scale model of a committee of some forty national bodies", "约四十个国家机构的委员会的缩小模型"),
    (
        "53 months measured for European texts based on ISO/IEC work, failed ballots included",
        "以 ISO/IEC 工作为基础的欧洲文本实测为 53 个月，含未通过的投票",
    ),
    (
        "the partner network, sizes and review cycles are scenario data and the same in every run",
        "伙伴网络、规模和复审周期属于情景数据，每次运行都相同",
    ),
    ("two blocs count as joined from here", "由此值起，两个集团视为相连"),
    ("at most this many make a single market", "至多此数即为单一市场"),
    ("interfaces and shared terms: strong complements", "接口与共用术语：互补性强"),
    ("management and risk standards: weak network effects, never above 1 by default", "管理与风险标准：网络效应弱，默认从不超过 1"),
    ("a mean cycle of four years", "平均周期四年"),
    ("no range was found in the literature; this one is the modellers’ judgement", "文献中未找到区间；此区间为建模者的判断"),
    ("the level of fragmentation hangs on it: compare scenarios, do not quote the level", "碎片化的水平取决于它：请比较情景，不要引用水平值"),
    ("recognition cut a fifth to a quarter of the price effect of technical measures", "互认减少了技术性措施价格效应的五分之一到四分之一"),
    ("below the price effect of technical measures, which covers more than conformity", "低于技术性措施的价格效应，后者不仅包含合格评定"),
    ("price effect of technical measures at a distance near 1", "距离接近 1 时技术性措施的价格效应"),
    ("contested: see the text on de-facto compliance", "有争议：见关于事实合规的文本"),
    ("the United States lie close to this limit in governance", "美国在治理领域接近此界限"),
    ("somewhat above the price effect of technical measures; range by judgement", "略高于技术性措施的价格效应；区间出自判断"),
    (
        "fitted: one free number, one published figure; it is a read-out and feeds back into nothing",
        "拟合：一个自由参数对一个已发表数字；它是读数，不反馈到任何地方",
    ),
    ("the level of fragmentation hangs on it", "碎片化的水平取决于它"),
    ("with identical adoption it must give the measured shares of identical texts", "与等同采用一起，必须得出实测的等同文本份额"),
    ("between the two; no share was found", "介于二者之间；未找到份额数据"),
    ("a third measured against a target of .85", "实测为三分之一，目标为 0.85"),
    ("no share was found", "未找到份额数据"),
    ("partial access of foreign-invested firms", "外商投资企业的部分准入"),
    (
        "none for artificial intelligence today; the cited figure shows what recognition has done elsewhere",
        "目前人工智能领域尚无；所引数字显示互认在其他领域的作用",
    ),
    ("presumption of conformity; no standard cited in the Official Journal yet", "合格推定；《官方公报》尚未引用任何标准"),
    ("some standards are mandatory", "部分标准为强制性"),
    ("voluntary standards", "自愿性标准"),
    ("export and import rules between China and the United States", "中国与美国之间的进出口规则"),
    ("the ballot rule is measured, its strength as a guard is a judgement", "投票规则为实测，其防范力度为判断"),
    ("the European Union requires its texts by law", "欧盟以法律要求采用其文本"),
    ("restrictions between the blocs are lifted", "集团之间的限制被取消"),
    ("all levers move to the corner of cooperation", "全部杠杆移到合作一端"),
    ("all levers move to the corner of decoupling", "全部杠杆移到脱钩一端"),
    ("all levers move back part of the way", "全部杠杆部分回移"),
    ("all levers move back to the corner of cooperation", "全部杠杆移回合作一端"),
    ("every lever moves half-way between the corners", "每个杠杆移到两端的中间"),
    ("work starts at ISO and IEC", "工作始于 ISO 和 IEC"),
    ("texts are taken over unchanged", "文本被原样采用"),
    ("experts are funded", "专家获得资助"),
    ("law requires little", "法律要求很少"),
    ("buyers do not prefer domestic texts", "买方不偏好国内文本"),
    ("the foundation is shared by all", "基础由各方共用"),
    ("European Union and United States recognise tests and lift restrictions", "欧盟与美国互认检测并取消限制"),
    ("European Union and United States move to the corner of cooperation", "欧盟与美国移到合作一端"),
];
