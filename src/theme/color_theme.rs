//! The color themes: light and dark for the screen, each also with high contrast, and print in color and in grayscale.
//!
//! The colors of signs and of neurons were chosen together, so that each is readable as text on a card and
//! all can be distinguished with red, green or blue color blindness. `tests/figures/theme.rs` has the thresholds.

use egui::Color32;

neurodial_core::named_enum! {
    /// The modes of a color theme. The window uses those of the screen; figures can use all of them.
    pub enum ThemeMode {
        /// White cards on a warm off-white background.
        Light = "light",
        /// Slightly lighter cards on a warm near-black background.
        Dark = "dark",
        /// Black on white: every color of text and lines has a contrast of at least 7.
        HighContrast = "high-contrast",
        /// White on black, with the same contrasts.
        HighContrastDark = "high-contrast-dark",
        /// White paper and black text, with the colors of [`Self::Light`].
        Print = "print",
        /// Black and gray on white paper: signs are distinguished by dashes, curves by dashes and labels.
        Grayscale = "gray",
    }
}

impl ThemeMode {
    /// Returns the mode of the screen: light or dark, with normal or high contrast.
    pub(crate) const fn of_screen(is_dark: bool, has_high_contrast: bool) -> Self {
        match (is_dark, has_high_contrast) {
            (false, false) => Self::Light,
            (true, false) => Self::Dark,
            (false, true) => Self::HighContrast,
            (true, true) => Self::HighContrastDark,
        }
    }

    /// True if the background is darker than the text.
    pub(crate) const fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::HighContrastDark)
    }
}

/// The colors of one mode, all opaque. All drawing takes its colors from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColorTheme {
    /// The mode these colors belong to.
    pub mode: ThemeMode,
    /// The background of the window behind the cards.
    pub background: Color32,
    /// The background of a pane.
    pub card: Color32,
    /// The background of menus, popups and text fields, above a card.
    pub card_raised: Color32,
    /// The border of a card, and lines between rows.
    pub border: Color32,
    /// The grid of a plot.
    pub grid: Color32,
    /// The zero lines of a plot.
    pub axis: Color32,
    /// Text, and outlines other than those of neurons.
    pub text: Color32,
    /// Secondary text: contrast 4.5 or more on a card.
    pub weak_text: Color32,
    /// Disabled text and controls: contrast 3 or more on a card.
    pub faint_text: Color32,
    /// A positive weight: blue, with solid lines.
    pub positive: Color32,
    /// A negative weight: vermilion, with dashed lines.
    pub negative: Color32,
    /// The accent color of controls: focus ring, links, selection marks.
    pub accent: Color32,
    /// The background of the selected tab, row or text.
    pub selection_fill: Color32,
    /// The track of a slider, and a hovered button.
    pub track: Color32,
    /// The edge of a track, and the tick at zero.
    pub track_edge: Color32,
    /// A warning or an error, always together with text.
    pub warning: Color32,
    /// The colors of neurons, in order: green, purple, ochre, wine, teal, brown, indigo, olive.
    pub neuron_colors: [Color32; 8],
    /// The share of its color in the background of what is pointed at or being changed, in percent.
    highlight_percent: u8,
}

const LIGHT: ColorTheme = ColorTheme {
    mode: ThemeMode::Light,
    background: rgb(0xf6f5f1),
    card: rgb(0xffffff),
    card_raised: rgb(0xffffff),
    border: rgb(0xe3e1da),
    grid: rgb(0xeeece6),
    axis: rgb(0xc9c7bf),
    text: rgb(0x1f2430),
    weak_text: rgb(0x646b7a),
    faint_text: rgb(0x868b96),
    positive: rgb(0x0f64ae),
    negative: rgb(0xc84e08),
    accent: rgb(0x3d5a8a),
    selection_fill: rgb(0xe9eef5),
    track: rgb(0xe9e8e3),
    track_edge: rgb(0xd4d2ca),
    warning: rgb(0xa8201a),
    neuron_colors: [
        rgb(0x00846a),
        rgb(0x84208f),
        rgb(0x846a34),
        rgb(0x7d0d42),
        rgb(0x0c5659),
        rgb(0x6a3012),
        rgb(0x2e2aaa),
        rgb(0x4c5e3b),
    ],
    highlight_percent: 10,
};

const DARK: ColorTheme = ColorTheme {
    mode: ThemeMode::Dark,
    background: rgb(0x181715),
    card: rgb(0x23211e),
    card_raised: rgb(0x2c2a26),
    border: rgb(0x383530),
    grid: rgb(0x302e2a),
    axis: rgb(0x57534b),
    text: rgb(0xece9e2),
    weak_text: rgb(0xaba69b),
    faint_text: rgb(0x7f7a70),
    positive: rgb(0x69b8fc),
    negative: rgb(0xe8763d),
    accent: rgb(0xa9bfe4),
    selection_fill: rgb(0x343944),
    track: rgb(0x38352f),
    track_edge: rgb(0x4b4740),
    warning: rgb(0xff8f80),
    neuron_colors: [
        rgb(0x5fe1b5),
        rgb(0xbd7bce),
        rgb(0xe4be4c),
        rgb(0xde7ba4),
        rgb(0x94e2ef),
        rgb(0xba8e6f),
        rgb(0xb097cd),
        rgb(0xb4cd62),
    ],
    highlight_percent: 10,
};

const HIGH_CONTRAST: ColorTheme = ColorTheme {
    mode: ThemeMode::HighContrast,
    background: rgb(0xffffff),
    border: rgb(0x000000),
    grid: rgb(0xc8c8c8),
    axis: rgb(0x505050),
    text: rgb(0x000000),
    weak_text: rgb(0x333333),
    faint_text: rgb(0x595959),
    positive: rgb(0x003f8a),
    negative: rgb(0x9a2f00),
    accent: rgb(0x0033a0),
    selection_fill: rgb(0xd6e4ff),
    track: rgb(0xe0e0e0),
    track_edge: rgb(0x505050),
    warning: rgb(0x9b0000),
    neuron_colors: [
        rgb(0x005c48),
        rgb(0x6b1475),
        rgb(0x5c4716),
        rgb(0x6b0b38),
        rgb(0x064446),
        rgb(0x552409),
        rgb(0x241f96),
        rgb(0x3a4a2a),
    ],
    highlight_percent: 25,
    ..LIGHT
};

const HIGH_CONTRAST_DARK: ColorTheme = ColorTheme {
    mode: ThemeMode::HighContrastDark,
    background: rgb(0x000000),
    card: rgb(0x000000),
    card_raised: rgb(0x000000),
    border: rgb(0xffffff),
    grid: rgb(0x444444),
    axis: rgb(0xb8b8b8),
    text: rgb(0xffffff),
    weak_text: rgb(0xe0e0e0),
    faint_text: rgb(0xb0b0b0),
    positive: rgb(0x8fcbff),
    negative: rgb(0xff9a5c),
    accent: rgb(0x9fc9ff),
    selection_fill: rgb(0x1f3a66),
    track: rgb(0x2a2a2a),
    track_edge: rgb(0xb8b8b8),
    warning: rgb(0xff9a8c),
    neuron_colors: [
        rgb(0x5fe1b5),
        rgb(0xc98fd8),
        rgb(0xe4be4c),
        rgb(0xde7ba4),
        rgb(0x94e2ef),
        rgb(0xba8e6f),
        rgb(0xb097cd),
        rgb(0xb4cd62),
    ],
    highlight_percent: 35,
};

/// The share of a color in a highlight that is seen from the back of a classroom, in percent.
const PRESENTED_HIGHLIGHT: u8 = 35;

const PRESENTED_LIGHT: ColorTheme = ColorTheme {
    highlight_percent: PRESENTED_HIGHLIGHT,
    ..LIGHT
};

const PRESENTED_DARK: ColorTheme = ColorTheme {
    highlight_percent: PRESENTED_HIGHLIGHT,
    ..DARK
};

const PRESENTED_HIGH_CONTRAST: ColorTheme = ColorTheme {
    highlight_percent: PRESENTED_HIGHLIGHT,
    ..HIGH_CONTRAST
};

const PRINT: ColorTheme = ColorTheme {
    mode: ThemeMode::Print,
    background: rgb(0xffffff),
    card: rgb(0xffffff),
    card_raised: rgb(0xffffff),
    border: rgb(0xb4b4b4),
    grid: rgb(0xdedede),
    axis: rgb(0x7a7a7a),
    text: rgb(0x111111),
    weak_text: rgb(0x4a4a4a),
    faint_text: rgb(0x767676),
    track: rgb(0xe2e2e2),
    track_edge: rgb(0x9a9a9a),
    selection_fill: rgb(0xf0f0f0),
    ..LIGHT
};

const GRAY: ColorTheme = ColorTheme {
    mode: ThemeMode::Grayscale,
    positive: rgb(0x111111),
    negative: rgb(0x555555),
    accent: rgb(0x333333),
    warning: rgb(0x111111),
    neuron_colors: [
        rgb(0x111111),
        rgb(0x5c5c5c),
        rgb(0x333333),
        rgb(0x6e6e6e),
        rgb(0x222222),
        rgb(0x666666),
        rgb(0x444444),
        rgb(0x545454),
    ],
    ..PRINT
};

impl ColorTheme {
    /// Returns the colors of `mode`.
    pub const fn from_mode(mode: ThemeMode) -> &'static Self {
        match mode {
            ThemeMode::Light => &LIGHT,
            ThemeMode::Dark => &DARK,
            ThemeMode::HighContrast => &HIGH_CONTRAST,
            ThemeMode::HighContrastDark => &HIGH_CONTRAST_DARK,
            ThemeMode::Print => &PRINT,
            ThemeMode::Grayscale => &GRAY,
        }
    }

    /// Returns the colors of `mode` with stronger highlights, for presentation mode.
    pub(crate) const fn for_presentation(mode: ThemeMode) -> &'static Self {
        match mode {
            ThemeMode::Light => &PRESENTED_LIGHT,
            ThemeMode::Dark => &PRESENTED_DARK,
            ThemeMode::HighContrast => &PRESENTED_HIGH_CONTRAST,
            ThemeMode::HighContrastDark | ThemeMode::Print | ThemeMode::Grayscale => Self::from_mode(mode),
        }
    }

    /// Returns the color of the neuron at `index` in its layer. The eight colors repeat.
    pub const fn neuron_color(&self, index: usize) -> Color32 {
        self.neuron_colors[index % self.neuron_colors.len()]
    }

    /// Returns the dash pattern of the curve at `index` as lengths of dash and gap in points; `None` is
    /// solid. Only grayscale uses dashes to distinguish curves.
    pub const fn dash_pattern(&self, index: usize) -> Option<[f32; 2]> {
        const PATTERNS: [Option<[f32; 2]>; 4] = [None, Some([7.0, 3.5]), Some([2.0, 2.5]), Some([12.0, 4.0])];
        match self.mode {
            ThemeMode::Grayscale => PATTERNS[index % PATTERNS.len()],
            _ => None,
        }
    }

    /// Returns the color for the sign of a number: [`Self::weak_text`] for zero and NaN.
    pub fn sign_color(&self, value: f64) -> Color32 {
        if value > 0.0 {
            self.positive
        } else if value < 0.0 {
            self.negative
        } else {
            self.weak_text
        }
    }

    /// Returns the color at a position on the diverging scale, −1 to 1: the color of negative numbers below 0, the card
    /// at 0, and the color of positive numbers above. Maps in neurons, output maps, predictions and samples all have
    /// these colors, so that the same color means the same value.
    ///
    /// For print, the lower half is lighter, so that the halves differ without color; in grayscale the colors go from
    /// white to dark.
    pub fn diverging_color(&self, position: f64) -> Color32 {
        const MAX_SHARE: f32 = 0.75;
        if position.is_nan() {
            return self.track;
        }
        let position = position.clamp(-1.0, 1.0) as f32;
        match self.mode {
            ThemeMode::Grayscale => Self::mix(self.card, self.text, 0.35 * (position + 1.0)),
            ThemeMode::Print if position < 0.0 => {
                Self::mix(self.card, self.negative, -0.5 * MAX_SHARE * position)
            }
            ThemeMode::Light
            | ThemeMode::Dark
            | ThemeMode::HighContrast
            | ThemeMode::HighContrastDark
            | ThemeMode::Print => {
                let color = if position < 0.0 {
                    self.negative
                } else {
                    self.positive
                };
                Self::mix(self.card, color, MAX_SHARE * position.abs())
            }
        }
    }

    /// Returns `color` blended with the card. The result is opaque, so that crossing lines don't add up. On the
    /// screen it still has a contrast of 2.5, which a projector shows.
    pub fn faded(&self, color: Color32) -> Color32 {
        let share = match self.mode {
            ThemeMode::Light => 0.65,
            ThemeMode::Dark => 0.55,
            ThemeMode::HighContrast | ThemeMode::HighContrastDark => 0.75,
            ThemeMode::Print | ThemeMode::Grayscale => 0.45,
        };
        Self::mix(self.card, color, share)
    }

    /// Returns a light tint of `color` on the card (10 %): the background of the selected neuron or its line
    /// of code.
    pub(crate) fn tinted(&self, color: Color32) -> Color32 {
        Self::mix(self.card, color, 0.1)
    }

    /// Returns the background of what is pointed at or being changed, in a tint of `color`.
    pub(crate) fn highlighted(&self, color: Color32) -> Color32 {
        Self::mix(self.card, color, f32::from(self.highlight_percent) / 100.0)
    }

    /// Interpolates in sRGB from `a` at `t` = 0 to `b` at 1; `t` is clamped.
    pub fn mix(a: Color32, b: Color32, t: f32) -> Color32 {
        a.lerp_to_gamma(b, t.clamp(0.0, 1.0))
    }
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}
