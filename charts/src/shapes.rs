//! The marks charts are made of, in data coordinates; colours are roles that the theme resolves at draw time.

use serde::Serialize;

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Role {
    /// A bloc or its standard, by index (0 orange, 1 violet, 2 teal; further ones repeat the slate ramp).
    Bloc(usize),
    /// Economies outside the blocs (rose).
    Rest,
    /// The common (international) standard: ink, always with hatch or marker.
    Common,
    /// Other series in the background: thin light grey.
    Context,
    /// The system as a whole: slate.
    System,
    /// Text and strong lines.
    Ink,
    /// Secondary text.
    Muted,
    /// Grid lines and frames.
    Grid,
    /// The page.
    Surface,
    /// A future, 0 = single to 3 = three-way; more split = more contrast.
    Future(usize),
    /// A quantity from 0 to 1 on the heat ramp.
    Heat(f64),
    /// A difference from −1 (blue) to 1 (red).
    Diff(f64),
}

/// How strongly a role fills.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Tint {
    /// The full colour.
    Solid,
    /// Tint of a 50 % band.
    Band50,
    /// Tint of a 90 % band.
    Band90,
    /// The colour mixed into the page, 0 to 1.
    Mix(f64),
    /// Nothing but the outline.
    Empty,
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fill {
    /// Colour.
    pub role: Role,
    /// Strength.
    pub tint: Tint,
    /// Diagonal hatch in the surface colour (in the role's colour where the tint is `Empty`): the common standard.
    pub hatch: bool,
    /// Outline, if any.
    pub outline: Option<Role>,
}

impl Fill {
    /// The full colour.
    pub const fn solid(role: Role) -> Self {
        Fill { role, tint: Tint::Solid, hatch: false, outline: None }
    }

    /// A tint of the colour.
    pub const fn tinted(role: Role, tint: Tint) -> Self {
        Fill { role, tint, hatch: false, outline: None }
    }

    /// Ink with hatch: the common standard.
    pub const fn common() -> Self {
        Fill { role: Role::Common, tint: Tint::Solid, hatch: true, outline: None }
    }

    /// An outline only: none of the standards, unclassified.
    pub const fn empty(outline: Role) -> Self {
        Fill { role: outline, tint: Tint::Empty, hatch: false, outline: Some(outline) }
    }

    /// The same fill with an outline.
    pub const fn outlined(mut self, role: Role) -> Self {
        self.outline = Some(role);
        self
    }
}

/// Thickness of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Weight {
    /// The series the panel is about (2.5 px on screen).
    Own,
    /// Other series (1.2 px).
    Context,
    /// Edges of bands (0.8 px).
    Edge,
    /// Grid, axes and rules (1 px).
    Hair,
}

/// Dash pattern; EU solid, China dash, US dash-dot, further blocs the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Dash {
    /// ────
    Solid,
    /// ─ ─ ─
    Dash,
    /// ─ · ─
    DashDot,
    /// · · ·
    Dot,
    /// ━━ ━━
    Long,
    /// ─ · · ─
    DashDotDot,
    /// ━━ · ━━
    LongDot,
}

impl Dash {
    /// The dash of a bloc, by index.
    pub const fn of_bloc(bloc: usize) -> Self {
        match bloc {
            0 => Dash::Solid,
            1 => Dash::Dash,
            2 => Dash::DashDot,
            3 => Dash::Dot,
            4 => Dash::Long,
            5 => Dash::DashDotDot,
            _ => Dash::LongDot,
        }
    }
}

/// Marker; EU ●, China ■, US ▲, further blocs ▼ ✚ ▮ ⧗, rest of the world ◆, ○ for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Marker {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ○
    Ring,
    /// ✕ (a failed ballot, a withdrawal)
    Cross,
    /// ▼
    Down,
    /// ✚
    Plus,
    /// ▮
    Bar,
    /// ⧗
    Hourglass,
}

impl Marker {
    /// The marker of a bloc, by index.
    pub const fn of_bloc(bloc: usize) -> Self {
        match bloc {
            0 => Marker::Circle,
            1 => Marker::Square,
            2 => Marker::Triangle,
            3 => Marker::Down,
            4 => Marker::Plus,
            5 => Marker::Bar,
            _ => Marker::Hourglass,
        }
    }
}

/// Direction of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// Along the x axis.
    Horizontal,
    /// Along the y axis.
    Vertical,
}

/// Size of text within a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum TextSize {
    /// The smallest text of the picture (ticks, footer).
    Small,
    /// Labels.
    Body,
}

/// Which part of a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Anchor {
    /// The text stands to the right of the point.
    Left,
    /// The text is centred on the point.
    Middle,
    /// The text stands to the left of the point.
    Right,
    /// The text is centred above the point.
    Above,
    /// The text is centred below the point.
    Below,
}

/// A shape with the name of its series, which hover readouts show (no readout when empty).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Name of the series; may be empty.
    pub series: String,
    /// What is drawn.
    pub shape: Shape,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Shape {
    /// Area between two curves.
    Band(Band),
    /// A line with optional markers.
    Line(Line),
    /// Markers without a line.
    Dots(Dots),
    /// A quantile dotplot.
    Dotplot(Dotplot),
    /// A stacked bar.
    Segments(Segments),
    /// Point with a thick and a thin interval.
    Interval(Interval),
    /// A cell of a heat map.
    Cell(Cell),
    /// A ribbon of an alluvial diagram.
    Ribbon(Ribbon),
    /// A rectangle.
    Block(Block),
    /// A line across the whole panel.
    Rule(Rule),
    /// A text.
    Label(Label),
    /// A way through the plane with dated stops.
    Path(Path),
    /// A closed polygon.
    Area(Area),
}

macro_rules! into_mark {
    ($($name:ident),*) => {$(
        impl $name {
            /// The mark, named after its series (empty: no readout).
            pub fn mark(self, series: &str) -> Mark {
                Mark { series: series.to_owned(), shape: Shape::$name(self) }
            }
        }
    )*};
}
into_mark!(Band, Line, Dots, Dotplot, Segments, Interval, Cell, Ribbon, Block, Rule, Label, Path, Area);

/// Area between two curves: a 50 % or 90 % band of runs. At most two may overlap in a panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// `[x, lower, upper]`, in order of x; a NaN interrupts the band.
    pub points: Vec<[f64; 3]>,
    /// How it is filled.
    pub fill: Fill,
}

/// A line; a NaN interrupts it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// `[x, y]`.
    pub points: Vec<[f64; 2]>,
    /// Colour.
    pub role: Role,
    /// Thickness.
    pub weight: Weight,
    /// Dash.
    pub dash: Dash,
    /// Marker drawn at about six evenly spread points, the last one among them.
    pub marker: Option<Marker>,
    /// Ends of the bands around each point, for readouts: 5, 25, 75 and 95 per cent; may be empty.
    pub around: Vec<[f64; 4]>,
}

impl Line {
    /// The series the panel is about: thick, solid, no markers.
    pub const fn own(role: Role, points: Vec<[f64; 2]>) -> Self {
        Line { points, role, weight: Weight::Own, dash: Dash::Solid, marker: None, around: Vec::new() }
    }

    /// A series in the background: thin and grey.
    pub const fn context(points: Vec<[f64; 2]>) -> Self {
        Line { points, role: Role::Context, weight: Weight::Context, dash: Dash::Solid, marker: None, around: Vec::new() }
    }

    /// One run among several: thin, and dark enough to be seen on bands.
    pub const fn run(points: Vec<[f64; 2]>) -> Self {
        Line { points, role: Role::Muted, weight: Weight::Edge, dash: Dash::Solid, marker: None, around: Vec::new() }
    }

    /// The same line with a dash and a marker.
    pub fn marked(mut self, dash: Dash, marker: Option<Marker>) -> Self {
        self.dash = dash;
        self.marker = marker;
        self
    }

    /// The line of a bloc with its colour, dash and marker.
    pub fn of_bloc(bloc: usize, points: Vec<[f64; 2]>) -> Self {
        Line::own(Role::Bloc(bloc), points).marked(Dash::of_bloc(bloc), Some(Marker::of_bloc(bloc)))
    }
}

/// Markers without a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dots {
    /// `[x, y]`.
    pub points: Vec<[f64; 2]>,
    /// Form.
    pub marker: Marker,
    /// Colour.
    pub role: Role,
    /// Radius relative to the usual marker: 1.
    pub size: f64,
    /// Strength, 0 to 1 (1 = full), for clouds.
    pub strength: f64,
}

/// A quantile dotplot: stacks of dots at values of y, growing to the right. Dots are round and as large as fits both the bin and the
/// widest stack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dotplot {
    /// The stacks.
    pub stacks: Vec<Stack>,
    /// Distance of neighbouring stacks in units of y.
    pub bin: f64,
    /// Marker.
    pub marker: Marker,
    /// Value of x on which the stacks stand.
    pub from: f64,
}

/// A stack of a dotplot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stack {
    /// Value of y.
    pub at: f64,
    /// Number of dots.
    pub count: usize,
    /// Colour.
    pub role: Role,
}

/// A stacked bar; its parts say where they begin and end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segments {
    /// Along which axis the parts are stacked.
    pub along: Direction,
    /// Position on the other axis.
    pub at: f64,
    /// Thickness in units of the other axis.
    pub thickness: f64,
    /// The parts.
    pub parts: Vec<Segment>,
}

impl Segments {
    /// The parts whose names stand above the bar.
    pub(crate) fn named(&self) -> impl Iterator<Item = &Segment> {
        self.parts.iter().filter(|part| !part.above.is_empty() && part.from != part.to)
    }
}

/// A part of a stacked bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// Name of the part, for readouts.
    pub name: String,
    /// Begin.
    pub from: f64,
    /// End.
    pub to: f64,
    /// How it is filled.
    pub fill: Fill,
    /// Text inside, left out where it does not fit; its colour is chosen for contrast.
    pub inside: String,
    /// Text above the part (names on the top bar); pushed apart and connected where crowded.
    pub above: String,
    /// Small text under the part (the sampling range); left out where it does not fit.
    pub below: String,
}

/// A point with a thick (50 %) and a thin (90 %) interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interval {
    /// Along which axis the interval lies.
    pub along: Direction,
    /// Position on the other axis.
    pub at: f64,
    /// The value.
    pub point: f64,
    /// Ends of the thick interval.
    pub inner: [f64; 2],
    /// Ends of the thin interval.
    pub outer: [f64; 2],
    /// Colour.
    pub role: Role,
    /// Marker of the point.
    pub marker: Marker,
    /// Text after the upper end; may be empty.
    pub label: String,
}

/// A cell of a heat map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// Left and right.
    pub x: [f64; 2],
    /// The two ends in y.
    pub y: [f64; 2],
    /// How it is filled.
    pub fill: Fill,
    /// Number or words inside; the colour is chosen for contrast.
    pub text: String,
    /// A tick in the upper right corner: wide 90 % range.
    pub corner: bool,
    /// The 90 % range, for readouts.
    pub around: Option<[f64; 2]>,
}

/// A ribbon of an alluvial diagram, drawn at 45 % so that crossings stay readable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ribbon {
    /// x where it begins and ends.
    pub x: [f64; 2],
    /// The two ends in y where it begins.
    pub from: [f64; 2],
    /// The two ends in y where it ends.
    pub to: [f64; 2],
    /// Colour of the origin.
    pub role: Role,
    /// Strength, 0 to 1; the usual one is 0.45.
    pub strength: f64,
    /// Hatched: the common standard.
    pub hatch: bool,
    /// What readouts say.
    pub text: String,
}

/// A rectangle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// The two ends in x.
    pub x: [f64; 2],
    /// The two ends in y.
    pub y: [f64; 2],
    /// How it is filled.
    pub fill: Fill,
    /// Text inside, wrapped, left out where it does not fit; the colour is chosen for contrast.
    pub text: String,
}

/// A line across the whole panel: threshold, zero, event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Horizontal: `at` is a value of y; vertical: a value of x.
    pub along: Direction,
    /// Position.
    pub at: f64,
    /// Colour.
    pub role: Role,
    /// Dash.
    pub dash: Dash,
    /// Text at the line's end (horizontal: above the right end; vertical: at the top, right of the line; those of a panel are
    /// moved to further rows instead of overlapping); may be empty.
    pub label: String,
}

/// A text in a panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Label {
    /// The point it belongs to.
    pub at: [f64; 2],
    /// The text.
    pub text: String,
    /// What is written instead where the text would have to be broken inside a word; may be empty.
    pub brief: String,
    /// Colour of the marker and of the leader line; the text itself is ink (bloc hues are too pale for small text) unless `Muted`.
    pub role: Role,
    /// Marker drawn before the text.
    pub marker: Option<Marker>,
    /// Where the text stands.
    pub anchor: Anchor,
    /// Size.
    pub size: TextSize,
    /// Bold.
    pub bold: bool,
    /// How far it may move from its point.
    pub hold: Hold,
}

/// How far a label may move from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Hold {
    /// Beside its point, on whichever side is free, else farther away with a thin line.
    Free,
    /// Labels of one panel with the same number are pushed apart vertically until none overlaps; moved ones get a thin line.
    Group(u32),
    /// Where its anchor says, or not at all: numbers of a row.
    Fixed,
}

impl Label {
    /// A direct label right of the end of a line, pushed apart from the other ones of group 0.
    pub fn direct(at: [f64; 2], text: &str, role: Role, marker: Option<Marker>) -> Self {
        let (text, size) = (text.to_owned(), TextSize::Body);
        Label { at, text, brief: String::new(), role, marker, anchor: Anchor::Left, size, bold: false, hold: Hold::Group(0) }
    }

    /// A small remark at a point.
    pub fn remark(at: [f64; 2], text: &str, anchor: Anchor) -> Self {
        Label {
            at,
            text: text.to_owned(),
            brief: String::new(),
            role: Role::Muted,
            marker: None,
            anchor,
            size: TextSize::Small,
            bold: false,
            hold: Hold::Free,
        }
    }
}

/// A way through the plane with dated stops.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// `[x, y]`, in order of time.
    pub points: Vec<[f64; 2]>,
    /// Colour.
    pub role: Role,
    /// Thickness.
    pub weight: Weight,
    /// Dash.
    pub dash: Dash,
    /// Arrow head at the end.
    pub arrow: bool,
    /// Dated stops.
    pub stops: Vec<Stop>,
    /// What readouts say at each point: decimal year and text; may be empty.
    pub told: Vec<(f64, String)>,
}

/// A dated stop of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stop {
    /// Where.
    pub at: [f64; 2],
    /// Form.
    pub marker: Marker,
    /// What is written beside it, on the side with most room; may be empty.
    pub label: String,
}

/// A closed polygon: triangle frame, contour, region.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Area {
    /// `[x, y]`.
    pub points: Vec<[f64; 2]>,
    /// How it is filled.
    pub fill: Fill,
}
