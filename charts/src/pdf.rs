//! Figures become vector PDF: one page of the figure's size, fonts embedded, text selectable, alternative text on the picture.

use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::chart::Chart;
use crate::draw::Figure;
use crate::png::{RenderError, tree};
use crate::text::clean;

/// Points per px.
const POINTS: f64 = 0.75;

/// What a PDF file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title shown by readers.
    pub title: String,
    /// Alternative text of the picture, also the description of the file.
    pub alt: String,
    /// Language of both, `en`.
    pub language: String,
}

impl Meta {
    /// What a chart says about itself.
    pub fn of(chart: &Chart) -> Self {
        Meta { title: clean(&chart.title).into_owned(), alt: clean(&chart.alt).into_owned(), language: chart.language.clone() }
    }
}

/// A figure as a PDF file. It holds no date, so the same figure gives the same bytes.
pub fn pdf(figure: &Figure, meta: &Meta) -> Result<Vec<u8>, RenderError> {
    let tree = tree(&figure.svg)?;
    let wrong = RenderError::Size { width: figure.width, height: figure.height };
    let size = Size::from_wh((figure.width * POINTS) as f32, (figure.height * POINTS) as f32).ok_or(wrong)?;
    let mut document = krilla::Document::new();
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    let picture = surface.start_tagged(ContentTag::Other);
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.end_tagged();
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| RenderError::Encoding("the drawing could not be turned into a page".to_owned()))?;
    let mut tags = TagTree::new().with_lang(Some(meta.language.clone()));
    let mut group = TagGroup::new(Tag::Figure(Some(meta.alt.clone())));
    group.push(picture);
    tags.push(group);
    document.set_tag_tree(tags);
    let about = Metadata::new().title(meta.title.clone()).description(meta.alt.clone()).language(meta.language.clone());
    document.set_metadata(about.creator("Faultline".to_owned()));
    document.finish().map_err(|error| RenderError::Encoding(format!("{error:?}")))
}
