//! A natural neuron as a leaky integrate-and-fire model: a current charges the membrane, and whenever its
//! potential reaches the threshold, the cell sends an impulse, falls back and rests.
//!
//! The potential between impulses is the exact solution of the model's equation for a constant current. The
//! shape of an impulse is not computed but drawn. A relative refractory period is left out.

use crate::text::{Localized, Messages};

/// The time constant of the membrane, in ms.
pub const TIME_CONSTANT: f64 = 10.0;
/// The resistance of the membrane, in MΩ.
pub const RESISTANCE: f64 = 10.0;
/// The potential at rest, to which the cell also falls back after an impulse, in mV.
pub const REST: f64 = -70.0;
/// The potential at which the cell sends an impulse, in mV.
pub const THRESHOLD: f64 = -55.0;
/// The potential at the top of an impulse, in mV.
pub const PEAK: f64 = 30.0;
/// The width of the drawn impulse, in ms.
pub const IMPULSE_WIDTH: f64 = 1.0;
/// The time over which the cell is shown, in ms.
pub const DURATION: f64 = 100.0;
/// The fraction of an impulse's width in which it rises.
const RISE: f64 = 0.4;

crate::named_enum! {
    /// A number of a [`NerveCell`] that can be adjusted. The names are its addresses on the command line.
    pub enum CellSetting {
        /// The current into the cell, in nA.
        Current = "cell.current",
        /// The absolute refractory period, in ms.
        Refractory = "cell.refractory",
    }
}

impl CellSetting {
    /// Returns the setting with this address; `None` if there is none.
    pub fn from_address(address: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|setting| setting.name() == address.trim())
    }

    /// Returns the largest value, in the setting's unit; the smallest is 0.
    pub const fn max(self) -> f64 {
        match self {
            Self::Current | Self::Refractory => 10.0,
        }
    }

    /// Returns the increment of the slider and of the arrow keys.
    pub const fn step(self) -> f64 {
        match self {
            Self::Current | Self::Refractory => 0.1,
        }
    }

    /// Returns the unit.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Current => "nA",
            Self::Refractory => "ms",
        }
    }

    /// Returns the name that people read.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Current => messages.cell_current(),
            Self::Refractory => messages.cell_refractory(),
        }
    }

    /// Returns the sentence that explains it.
    pub const fn tooltip(self, messages: Messages) -> &'static str {
        match self {
            Self::Current => messages.cell_current_tooltip(),
            Self::Refractory => messages.cell_refractory_tooltip(),
        }
    }
}

/// The error for a value outside the range of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellValueError {
    /// The setting.
    pub setting: CellSetting,
    /// The value.
    pub value: String,
}

impl Localized for CellValueError {
    fn message(&self, messages: Messages) -> String {
        let max = self.setting.max();
        match self.setting {
            CellSetting::Current => messages.cell_current_out_of_range(max, &self.value),
            CellSetting::Refractory => messages.cell_refractory_out_of_range(max, &self.value),
        }
    }
}

crate::localized_errors!(CellValueError);

/// The settings of the nerve cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NerveCell {
    current: f64,
    refractory: f64,
}

impl Default for NerveCell {
    fn default() -> Self {
        Self {
            current: 2.0,
            refractory: 2.0,
        }
    }
}

impl NerveCell {
    /// Returns the value of a setting, in its unit.
    pub const fn value(self, setting: CellSetting) -> f64 {
        match setting {
            CellSetting::Current => self.current,
            CellSetting::Refractory => self.refractory,
        }
    }

    /// Returns the cell with another value of a setting.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is outside the range of the setting.
    pub fn with(mut self, setting: CellSetting, value: f64) -> Result<Self, CellValueError> {
        if !(0.0..=setting.max()).contains(&value) {
            let value = value.to_string();
            return Err(CellValueError { setting, value });
        }
        // Adding 0 removes the sign of −0.
        match setting {
            CellSetting::Current => self.current = value + 0.0,
            CellSetting::Refractory => self.refractory = value + 0.0,
        }
        Ok(self)
    }

    /// Returns the time in ms that the current needs to charge the membrane from rest to the threshold; `None` if
    /// it never does.
    pub fn charging_time(self) -> Option<f64> {
        // nA times MΩ are mV.
        let driven = RESISTANCE * self.current;
        let needed = THRESHOLD - REST;
        (driven > needed).then(|| TIME_CONSTANT * libm::log(driven / (driven - needed)))
    }

    /// Returns the firing rate, in impulses a second:
    /// `1000 / (refractory + τ · ln(R·I / (R·I − 15)))` above 1.5 nA, else 0.
    pub fn rate(self) -> f64 {
        match self.charging_time() {
            Some(charging) => 1000.0 / (self.refractory + charging),
            None => 0.0,
        }
    }

    /// Iterates over the times of the impulses in the first [`DURATION`], in ms.
    pub fn impulse_times(self) -> impl Iterator<Item = f64> {
        let charging = self.charging_time();
        let times = charging.into_iter().flat_map(move |charging| {
            let period = charging + self.refractory;
            (0..).map(move |count| charging + period * f64::from(count))
        });
        times.take_while(|&time| time <= DURATION)
    }

    /// Returns the number of impulses in the first [`DURATION`].
    pub fn impulse_count(self) -> usize {
        self.impulse_times().count()
    }

    /// Returns the state of the membrane at a time in ms after the current was switched on.
    pub fn state_at(self, time: f64) -> CellState {
        let charged = |time: f64| {
            let rise = RESISTANCE * self.current * -libm::expm1(-time.max(0.0) / TIME_CONSTANT);
            CellState {
                potential: REST + rise,
                phase: CellPhase::Charging,
                since_impulse: None,
            }
        };
        let Some(charging) = self.charging_time().filter(|&charging| time >= charging) else {
            return charged(time);
        };
        let period = charging + self.refractory;
        let impulse = charging + period * libm::floor((time - charging) / period);
        let since = time - impulse;
        let since_impulse = Some(since);
        if since < IMPULSE_WIDTH {
            CellState {
                potential: impulse_potential(since / IMPULSE_WIDTH),
                phase: CellPhase::Impulse,
                since_impulse,
            }
        } else if since < self.refractory {
            CellState {
                potential: REST,
                phase: CellPhase::Refractory,
                since_impulse,
            }
        } else {
            CellState {
                since_impulse,
                ..charged(since - self.refractory)
            }
        }
    }

    /// Returns the membrane potential over the first [`DURATION`] as points of a line: time in ms, potential in
    /// mV.
    pub fn trace(self) -> Vec<[f64; 2]> {
        const STEP: f64 = 0.25;
        let corners = |time: f64| {
            let resting = (self.refractory >= IMPULSE_WIDTH).then_some(time + self.refractory);
            let start = time.next_down();
            let shape = [start, time, time + RISE * IMPULSE_WIDTH, time + IMPULSE_WIDTH];
            shape.into_iter().chain(resting)
        };
        let regular = (0..=(DURATION / STEP) as u32).map(|step| STEP * f64::from(step));
        let mut times: Vec<f64> = regular.chain(self.impulse_times().flat_map(corners)).collect();
        times.retain(|&time| time <= DURATION);
        times.sort_by(f64::total_cmp);
        times.dedup();
        let point = |time: f64| [time, self.state_at(time).potential];
        times.into_iter().map(point).collect()
    }
}

/// Returns the potential at a fraction of the drawn impulse: up from the threshold, then down to rest.
fn impulse_potential(fraction: f64) -> f64 {
    if fraction < RISE {
        THRESHOLD + (PEAK - THRESHOLD) * fraction / RISE
    } else {
        PEAK + (REST - PEAK) * (fraction - RISE) / (1.0 - RISE)
    }
}

/// The state of the membrane at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellState {
    /// The potential, in mV.
    pub potential: f64,
    /// The phase.
    pub phase: CellPhase,
    /// The time since the last impulse began, in ms; `None` before the first.
    pub since_impulse: Option<f64>,
}

impl CellState {
    /// Returns how far the membrane is charged: 0 at rest, 1 at the threshold.
    pub fn charge(self) -> f64 {
        match self.phase {
            CellPhase::Charging => ((self.potential - REST) / (THRESHOLD - REST)).clamp(0.0, 1.0),
            CellPhase::Impulse => 1.0,
            CellPhase::Refractory => 0.0,
        }
    }
}

/// A phase of the nerve cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellPhase {
    /// The current charges the membrane towards the threshold.
    Charging,
    /// The cell sends an impulse.
    Impulse,
    /// The cell can't fire.
    Refractory,
}

impl CellPhase {
    /// Returns the phase in words.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Charging => messages.cell_phase_charging(),
            Self::Impulse => messages.cell_phase_impulse(),
            Self::Refractory => messages.cell_phase_refractory(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(current: f64, refractory: f64) -> NerveCell {
        NerveCell::default()
            .with(CellSetting::Current, current)
            .and_then(|cell| cell.with(CellSetting::Refractory, refractory))
            .unwrap()
    }

    /// The currents of the table in lesson 1 with, for each, the rates at 2 and 5 ms and the impulses at 2 ms.
    const TABLE: [(f64, &str, &str, usize); 7] = [
        (1.5, "0.0", "0.0", 0),
        (1.6, "33.6", "30.6", 3),
        (2.0, "63.0", "53.0", 6),
        (3.0, "112.0", "83.8", 11),
        (4.0, "149.3", "103.1", 15),
        (5.0, "179.6", "116.7", 18),
        (10.0, "275.8", "150.9", 28),
    ];

    #[test]
    fn rates_and_impulses_are_those_of_the_table() {
        for (current, short_rest, long_rest, impulses) in TABLE {
            assert_eq!(
                format!("{:.1}", cell(current, 2.0).rate()),
                short_rest,
                "{current}"
            );
            assert_eq!(
                format!("{:.1}", cell(current, 5.0).rate()),
                long_rest,
                "{current}"
            );
            assert_eq!(cell(current, 2.0).impulse_count(), impulses, "{current}");
        }
    }

    /// Integrates the equation of the model in small steps and returns the times of impulses up to `end` ms.
    fn integrated_impulses(current: f64, refractory: f64, end: f64) -> Vec<f64> {
        let step = 1e-4;
        let (mut potential, mut rests_until, mut times) = (REST, 0.0, Vec::new());
        let mut time = 0.0;
        while time < end {
            time += step;
            if time < rests_until {
                continue;
            }
            potential += step / TIME_CONSTANT * (REST - potential + RESISTANCE * current);
            if potential >= THRESHOLD {
                times.push(time);
                potential = REST;
                rests_until = time + refractory;
            }
        }
        times
    }

    #[test]
    fn the_equation_of_the_model_gives_the_same_impulses_and_the_same_rate() {
        for (current, refractory) in [(1.2, 2.0), (1.6, 0.0), (2.0, 5.0), (4.0, 2.0), (10.0, 10.0)] {
            let integrated = integrated_impulses(current, refractory, 1000.0);
            let cell = cell(current, refractory);
            let in_view: Vec<f64> = cell.impulse_times().collect();
            for (exact, integrated) in in_view.iter().zip(&integrated) {
                assert!((exact - integrated).abs() < 0.01, "{exact} {integrated}");
            }
            if let [first, .., last] = integrated[..] {
                let rate = 1000.0 * (integrated.len() - 1) as f64 / (last - first);
                assert!((rate / cell.rate() - 1.0).abs() < 0.01, "{rate} {}", cell.rate());
            } else {
                assert_eq!(cell.rate(), 0.0);
            }
        }
    }

    #[test]
    fn every_impulse_has_its_whole_height_and_the_potential_stays_below_the_threshold_between_them() {
        for (current, refractory) in [(1.6, 2.0), (2.0, 0.0), (4.0, 0.5), (10.0, 10.0), (10.0, 0.0)] {
            let cell = cell(current, refractory);
            let trace = cell.trace();
            let peaks = trace
                .iter()
                .filter(|point| (point[1] - PEAK).abs() < 1e-6)
                .count();
            let whole = cell
                .impulse_times()
                .filter(|time| time + RISE <= DURATION)
                .count();
            assert_eq!(peaks, whole, "{current} {refractory}");
            assert!(trace.windows(2).all(|pair| pair[0][0] < pair[1][0]));
            for [time, potential] in trace {
                assert!((REST - 1e-9..=PEAK + 1e-9).contains(&potential));
                if cell.state_at(time).phase != CellPhase::Impulse {
                    assert!(potential <= THRESHOLD + 1e-9, "{time}: {potential}");
                }
            }
        }
    }

    #[test]
    fn a_current_of_one_and_a_half_nanoampere_never_reaches_the_threshold() {
        let cell = cell(1.5, 2.0);
        assert_eq!(cell.impulse_times().next(), None);
        assert!(cell.state_at(1e6).potential <= THRESHOLD);
        assert!((cell.state_at(10.0).potential - -60.518).abs() < 1e-3);
    }

    #[test]
    fn values_out_of_range_are_refused_with_the_range() {
        let cell = NerveCell::default();
        for value in [-0.1, 10.1, f64::NAN, f64::INFINITY] {
            let error = cell.with(CellSetting::Current, value).unwrap_err();
            assert!(error.to_string().contains("from 0 to 10 nA"), "{error}");
            let error = cell.with(CellSetting::Refractory, value).unwrap_err();
            assert!(error.to_string().contains("from 0 to 10 ms"), "{error}");
        }
        assert!(
            cell.with(CellSetting::Current, -0.0)
                .unwrap()
                .current
                .is_sign_positive()
        );
        assert_eq!(
            CellSetting::from_address("cell.refractory"),
            Some(CellSetting::Refractory)
        );
        assert_eq!(CellSetting::from_address("cell.rate"), None);
    }
}
