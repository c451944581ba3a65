//! The layouts Explore, Train, Present and Figure.

use egui::accesskit::Toggled;
use egui::{Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use neurodial::app::StoragePaths;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::formats::json;
use neurodial_core::insight::DataPlot;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{DataSource, Edit, Hyperparameter, Session, WindowLayout};
use neurodial_core::text::{Locale, Messages};
use neurodial_core::training::Optimizer;

use crate::support::training::{
    choose_dataset, last_epoch, pause_training, step_until_epoch, train, train_loss, training_config,
    window_with_data,
};
use crate::support::{CTRL_SHIFT, TestWindow, network, preset};

/// The smallest size at which each layout is complete, in points.
const SIZE: Vec2 = vec2(1280.0, 720.0);

fn layout_button(messages: Messages, layout: WindowLayout) -> String {
    messages.layout_button_name(layout.label(messages))
}

#[track_caller]
fn choose_layout(window: &mut TestWindow, layout: WindowLayout) {
    let name = layout_button(window.messages, layout);
    window.click(&name);
}

/// True if a pane is visible: its header is drawn.
fn is_shown(window: &TestWindow, pane: Pane) -> bool {
    let messages = window.messages;
    window.has_node(&messages.header_close(pane.title(messages)))
}

fn shown_panes(window: &TestWindow) -> Vec<Pane> {
    let panes = Pane::ALL.into_iter();
    panes.filter(|&pane| is_shown(window, pane)).collect()
}

/// Opens a window of the size 1280×720 in a language.
fn window_in(session: Session, locale: Locale) -> TestWindow {
    let mut window = TestWindow::with_size(session, SIZE);
    if locale != Locale::English {
        window.choose_language(locale);
    }
    window
}

/// Returns the rectangle of the picture with the predictions.
#[track_caller]
fn picture(window: &TestWindow) -> Rect {
    window.node(window.messages.data_predictions()).rect()
}

/// Opens a window in the layout Train, with a network that fits the two spirals.
fn training_window(locale: Locale) -> TestWindow {
    let mut window = window_in(network(&[2, 8, 8, 1]), locale);
    choose_layout(&mut window, WindowLayout::Train);
    choose_dataset(&mut window, "spiral");
    window.settle();
    window
}

#[test]
fn each_layout_shows_its_panes() {
    for locale in Locale::ALL {
        let mut window = window_in(preset("article"), locale);
        for (layout, panes) in [
            (
                WindowLayout::Explore,
                &[
                    Pane::Knobs,
                    Pane::Diagram,
                    Pane::Curves,
                    Pane::Formula,
                    Pane::Code,
                ][..],
            ),
            (WindowLayout::Train, &[Pane::Diagram, Pane::Training, Pane::Data]),
            (WindowLayout::Present, &[Pane::Diagram, Pane::Curves]),
            (WindowLayout::Figure, &[Pane::Diagram]),
        ] {
            choose_layout(&mut window, layout);
            let mut shown = shown_panes(&window);
            shown.sort_by_key(|pane| panes.iter().position(|other| other == pane));
            assert_eq!(shown, panes, "{layout}");
            let screen = window.harness.ctx.content_rect();
            for placed in window.elements_in(Pane::Diagram) {
                let bounds = placed.hit_shape.bounds();
                assert!(
                    screen.contains_rect(bounds),
                    "{layout}: {} at {bounds}",
                    placed.element
                );
            }
        }
        let messages = window.messages;
        assert!(window.shows_text(messages.export_width()));
        assert!(window.button_named(messages.export_write()).is_some());
    }
}

#[test]
fn the_preview_of_the_layout_figure_can_be_enlarged_and_closed() {
    let mut window = window_in(preset("article"), Locale::English);
    choose_layout(&mut window, WindowLayout::Figure);
    let messages = window.messages;
    let enlarge = messages.export_preview_enlarge();
    window.step_until("the preview", |window| window.has_node(enlarge));
    window.click(enlarge);
    window.step_until("the large preview", |window| {
        window.has_node(messages.export_preview_shrink())
    });
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(messages.export_preview_shrink()));
    window.step_until("the small preview", |window| window.has_node(enlarge));
}

#[test]
fn the_layout_figure_has_all_settings_of_figures() {
    // High enough for all settings to be in view.
    let mut window = TestWindow::with_size(preset("article"), vec2(1280.0, 2600.0));
    choose_layout(&mut window, WindowLayout::Figure);
    let messages = window.messages;
    window.settle();
    for name in [
        messages.export_decimals(),
        messages.export_serif(),
        messages.export_resolution(),
        messages.export_from(),
        messages.export_to(),
        messages.export_transparent(),
        messages.export_diagram_style(),
        messages.export_y_label(),
        messages.export_biases(),
        messages.export_layer_colors(),
        messages.export_legend(),
    ] {
        assert!(window.has_node(name), "{name}");
    }
    let caption = messages.export_caption_text_name();
    assert!(!window.has_node(caption));
    window.click(messages.export_caption());
    window.settle();
    assert!(window.has_node(caption));
}

#[test]
fn the_layout_train_is_complete() {
    for locale in Locale::ALL {
        let mut window = training_window(locale);
        train(&mut window, 2);
        let screen = window.harness.ctx.content_rect();
        let picture = picture(&window);
        assert!(screen.contains_rect(picture));
        assert!(picture.width() >= 320.0 && picture.height() >= 320.0, "{picture}");
        assert!(
            (picture.width() - picture.height()).abs() < 0.5,
            "{picture} is a square"
        );
        let plot = window.element_rect(Pane::Training, Element::LossCurve);
        assert!(plot.width() > 300.0 && plot.height() > 100.0, "{plot}");
        let diagram = window.elements_in(Pane::Diagram);
        let neurons = diagram
            .iter()
            .filter(|placed| matches!(placed.element, Element::Neuron(_)));
        assert!(neurons.count() >= 7);
        let messages = window.messages;
        for name in [
            messages.training_train(),
            messages.training_one_update_name(),
            messages.training_reset_name(),
            messages.training_settings_name(),
        ] {
            let button = window.button_named(name).unwrap_or_else(|| panic!("no {name}"));
            assert!(screen.contains_rect(button.rect()), "{name}");
        }
        // All of them are in one row.
        let middle = |name: &str| window.button_named(name).unwrap().rect().center().y;
        let first = middle(messages.training_train());
        assert!((middle(messages.training_settings_name()) - first).abs() < 3.0);
    }
}

#[test]
fn four_clicks_lead_from_the_start_to_a_network_that_learns_the_spirals() {
    for locale in Locale::ALL {
        let mut window = window_in(preset("article"), locale);
        let messages = window.messages;
        let spirals = DataSource::from_name("spiral").unwrap().label(messages);
        choose_layout(&mut window, WindowLayout::Train);
        let matching = messages.use_matching_network("2-8-8-1");
        for name in [&spirals, &matching] {
            let button = window.button_named(name).unwrap_or_else(|| panic!("no {name}"));
            let pos = button.rect().center();
            assert!(window.harness.ctx.content_rect().contains(pos), "{name}");
            window.click_at(pos);
        }
        let before = train_loss(&window);
        let button = window.button_named(messages.training_train()).unwrap();
        let pos = button.rect().center();
        window.press_at(pos);
        window.release();
        step_until_epoch(&mut window, 40);
        pause_training(&mut window);
        assert!(
            train_loss(&window) < 0.9 * before,
            "{} {before}",
            train_loss(&window)
        );
        assert!(last_epoch(&window) >= 40);
        assert!(picture(&window).width() >= 320.0);
    }
}

#[test]
fn neurons_have_maps_in_the_layout_train_by_default() {
    let mut window = training_window(Locale::English);
    let has_maps = |window: &TestWindow| window.session().view().has_small_maps;
    assert!(has_maps(&window));
    choose_layout(&mut window, WindowLayout::Explore);
    assert!(!has_maps(&window));
    // The choice for one layout leaves the others alone.
    let messages = window.messages;
    window.choose(&[messages.menu_view(), messages.command_neuron_maps()]);
    choose_layout(&mut window, WindowLayout::Train);
    window.choose(&[messages.menu_view(), messages.command_neuron_maps()]);
    assert!(!has_maps(&window));
    choose_layout(&mut window, WindowLayout::Explore);
    assert!(has_maps(&window));
    // Two of many inputs would say little.
    let mut window = window_with_data(network(&[64, 8, 10]), "digits");
    choose_layout(&mut window, WindowLayout::Train);
    assert!(!has_maps(&window));
}

#[test]
fn the_map_of_the_output_has_the_colors_of_the_predictions() {
    let window = training_window(Locale::English);
    let (insight, session) = (window.insight(), window.session());
    let at = NeuronAddress { layer: 2, neuron: 0 };
    let small_maps = insight.small_maps(&session);
    let small_map = small_maps.map(at).unwrap();
    let Some(DataPlot::Map(map)) = insight.data_plot(&session, false) else {
        panic!("no map");
    };
    assert_eq!(small_map.scale, map.scale);
    assert!(
        (map.x[1] - map.x[0] - (map.y[1] - map.y[0])).abs() < 1e-9,
        "equal axes"
    );
}

#[test]
fn the_settings_leave_the_plot_as_it_is() {
    for locale in Locale::ALL {
        let mut window = training_window(locale);
        train(&mut window, 2);
        let messages = window.messages;
        let plot = window.element_rect(Pane::Training, Element::LossCurve);
        let settings = messages.training_settings_name();
        let learning_rate = Hyperparameter::LearningRate.label(messages);
        assert!(!window.has_node(messages.optimizer_name()));
        window.click(settings);
        window.settle();
        assert_eq!(window.element_rect(Pane::Training, Element::LossCurve), plot);
        let popup = window
            .node(messages.optimizer_name())
            .rect()
            .union(window.node(learning_rate).rect());
        assert!(!popup.intersects(plot), "{popup} covers {plot}");
        assert!(window.harness.ctx.content_rect().contains_rect(popup));
        // It stays open while a list in it is used.
        window.click(messages.optimizer_name());
        window.choose(&[Optimizer::Sgd.label(messages)]);
        window.settle();
        let config = training_config(&window);
        assert_eq!(config.optimizer, Optimizer::Sgd);
        assert!(window.has_node(learning_rate));
        window.press_key(Key::Escape);
        window.settle();
        assert!(!window.has_node(learning_rate), "Esc closes it");
        window.click(settings);
        window.click(settings);
        assert!(!window.has_node(learning_rate), "its button closes it");
    }
}

#[test]
fn keys_menu_and_palette_choose_a_layout() {
    let mut window = TestWindow::with_preset("article");
    for (key, layout) in [
        (Key::Num2, WindowLayout::Train),
        (Key::Num3, WindowLayout::Present),
        (Key::Num4, WindowLayout::Figure),
        (Key::Num1, WindowLayout::Explore),
    ] {
        window.press_key_with(Modifiers::ALT, key);
        window.settle();
        let name = layout_button(window.messages, layout);
        let is_selected = window.node(&name).accesskit_node().toggled();
        assert_eq!(is_selected, Some(Toggled::True), "{layout}");
    }
    let messages = window.messages;
    let train_label = WindowLayout::Train.label(messages);
    window.choose(&[messages.menu_view(), messages.layout_list_name()]);
    window.choose(&[train_label]);
    assert!(is_shown(&window, Pane::Data));
    window.press_key_with(CTRL_SHIFT, Key::P);
    window.settle();
    window.type_text(&messages.command_layout(WindowLayout::Present.label(messages)));
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(shown_panes(&window), [Pane::Diagram, Pane::Curves]);
}

#[test]
fn an_arrangement_is_kept_for_its_layout_alone() {
    let folder = tempfile::tempdir().unwrap();
    let storage = StoragePaths {
        preferences: Some(folder.path().join("preferences.json")),
        recovery: None,
    };
    let mut window = TestWindow::with_storage(preset("article"), storage.clone());
    let messages = window.messages;
    choose_layout(&mut window, WindowLayout::Present);
    window.click(&messages.header_close(messages.pane_curves()));
    assert_eq!(shown_panes(&window), [Pane::Diagram]);
    choose_layout(&mut window, WindowLayout::Explore);
    assert!(is_shown(&window, Pane::Curves) && is_shown(&window, Pane::Knobs));
    choose_layout(&mut window, WindowLayout::Present);
    assert_eq!(shown_panes(&window), [Pane::Diagram]);
    drop(window);

    let mut window = TestWindow::with_storage(preset("article"), storage);
    window.settle();
    assert_eq!(shown_panes(&window), [Pane::Diagram], "it is kept between starts");
    window.choose(&[
        messages.menu_view(),
        messages.layout_list_name(),
        messages.command_reset_layout(),
    ]);
    assert_eq!(shown_panes(&window), [Pane::Diagram, Pane::Curves]);
}

#[test]
fn a_selected_tab_stays_selected_in_its_layout() {
    let mut window = training_window(Locale::English);
    window.choose(&["Confusion matrix"]);
    assert!(is_shown(&window, Pane::Confusion));
    choose_layout(&mut window, WindowLayout::Explore);
    assert!(!is_shown(&window, Pane::Confusion));
    choose_layout(&mut window, WindowLayout::Train);
    assert!(is_shown(&window, Pane::Confusion) && !is_shown(&window, Pane::Data));
}

#[test]
fn a_pane_that_the_layout_lacks_can_be_shown() {
    let mut window = TestWindow::with_preset("article");
    choose_layout(&mut window, WindowLayout::Train);
    window.choose(&["View", "Knobs"]);
    assert!(is_shown(&window, Pane::Knobs));
}

#[test]
fn a_document_opens_in_its_layout() {
    let mut window = TestWindow::with_preset("article");
    let messages = window.messages;
    choose_layout(&mut window, WindowLayout::Train);
    let keep = [
        messages.menu_view(),
        messages.layout_list_name(),
        messages.command_keep_layout(),
    ];
    window.choose(&keep);
    let document = window.session().document().clone();
    assert_eq!(document.layout, Some(WindowLayout::Train));
    assert!(json::write(&document).contains("\"layout\": \"train\",\n  \"ignorable\": [\"layout\"]"));
    window.choose(&keep);
    assert_eq!(window.session().document().layout, None);
    window.press_ctrl(Key::Z);
    assert_eq!(window.session().document().layout, Some(WindowLayout::Train));

    let mut session = preset("xor");
    session
        .apply(Edit::SetLayout(Some(WindowLayout::Present)))
        .unwrap();
    let mut window = TestWindow::with_session(session);
    window.settle();
    assert_eq!(shown_panes(&window), [Pane::Diagram, Pane::Curves]);
    // Another document opens in the layout that the user chose last.
    window.press_ctrl(Key::Z);
    window.open_preset("and");
    window.settle();
    assert!(is_shown(&window, Pane::Knobs));
}

#[test]
fn a_narrow_window_has_a_menu_of_layouts() {
    let mut window = TestWindow::with_size(preset("article"), vec2(640.0, 420.0));
    let messages = window.messages;
    window.settle();
    let name = layout_button(messages, WindowLayout::Explore);
    assert_eq!(window.harness.get_all_by_label(&name).count(), 1);
    window.click(&name);
    window.choose(&[WindowLayout::Train.label(messages)]);
    assert!(is_shown(&window, Pane::Training) && is_shown(&window, Pane::Data));
}
