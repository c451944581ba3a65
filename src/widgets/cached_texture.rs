//! A texture that is kept from one frame to the next.

use egui::cache::FramePublisher;
use egui::{ColorImage, Id, TextureHandle, TextureId, TextureOptions, Ui};

/// Returns the texture `id`, with the image that belongs to `key`: `image` is called only if the key differs
/// from that of the last frame. A texture that is not requested in a frame is freed.
pub(crate) fn cached_texture<K: Clone + PartialEq + Send + Sync + 'static>(
    ui: &Ui,
    id: Id,
    key: K,
    image: impl FnOnce() -> ColorImage,
) -> TextureId {
    type TextureStore<K> = FramePublisher<Id, (K, TextureHandle)>;
    let cached = ui.memory_mut(|memory| memory.caches.cache::<TextureStore<K>>().get(&id).cloned());
    let texture = match cached {
        Some((known, texture)) if known == key => texture,
        Some((_, mut texture)) => {
            texture.set(image(), TextureOptions::LINEAR);
            texture
        }
        None => ui.ctx().load_texture("cached", image(), TextureOptions::LINEAR),
    };
    let texture_id = texture.id();
    ui.memory_mut(|memory| memory.caches.cache::<TextureStore<K>>().set(id, (key, texture)));
    texture_id
}
