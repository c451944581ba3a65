//! Files are saved completely or not at all, and unsaved work is recovered.

use std::fs;
use std::path::Path;

use neurodial_core::formats::recovery::{self, RecoverySlot};
use neurodial_core::formats::{self, Preset, file, json};
use neurodial_core::session::{Document, Origin};

use crate::support::preset;

fn article() -> Document {
    preset("article")
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_saved_document_opens_again_and_saving_leaves_no_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.json");
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        formats::save(&document, &path).unwrap();
        assert_eq!(formats::open(&path).unwrap(), document);
        assert_eq!(fs::read_to_string(&path).unwrap(), json::write(&document));
    }
    assert_eq!(names_in(folder.path()), ["f.json"]);
}

#[test]
fn a_relative_path_is_relative_to_the_working_directory() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let name = folder
        .path()
        .strip_prefix(std::env::current_dir().unwrap())
        .unwrap_or(folder.path());
    formats::save(&article(), &name.join("f.json")).unwrap();
    assert_eq!(names_in(folder.path()), ["f.json"]);
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.json");
    fs::write(&path, format!("\u{feff}{}", json::write(&article()))).unwrap();
    assert_eq!(formats::open(&path).unwrap(), article());
}

#[test]
fn an_unreadable_file_is_refused_with_its_name_and_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone.json");
    assert!(
        formats::open(&path)
            .unwrap_err()
            .to_string()
            .ends_with("gone.json: there is no such file or folder")
    );
    assert!(
        formats::open(folder.path())
            .unwrap_err()
            .to_string()
            .ends_with("this is a folder")
    );
    fs::write(&path, [0xff]).unwrap();
    assert!(
        formats::open(&path)
            .unwrap_err()
            .to_string()
            .ends_with("this is not UTF-8 text")
    );
}

#[test]
fn failed_writes_change_no_files() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("old"), "old").unwrap();
    assert!(
        formats::save(&article(), &inner)
            .unwrap_err()
            .to_string()
            .ends_with("this is a folder")
    );
    assert!(formats::save(&article(), &inner.join("gone/f.json")).is_err());
    assert!(formats::save(&article(), &inner.join("old/f.json")).is_err());
    // The name is longer than any file system allows.
    assert!(formats::save(&article(), &inner.join("n".repeat(300))).is_err());
    assert_eq!(names_in(&inner), ["old"]);
    assert_eq!(fs::read_to_string(inner.join("old")).unwrap(), "old");
    assert_eq!(names_in(folder.path()), ["inner"]);
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};

    #[test]
    fn saving_keeps_the_permissions_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.json");
        for mode in [0o600, 0o640, 0o664] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            formats::save(&article(), &path).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
        }
    }

    #[test]
    fn a_read_only_file_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.json");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(
            formats::save(&article(), &path)
                .unwrap_err()
                .to_string()
                .contains("permission denied")
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names_in(folder.path()), ["f.json"]);
    }

    #[test]
    fn saving_follows_symbolic_links_and_keeps_them() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("old.json"), "old").unwrap();
        for (link, target) in [("a", "inner/old.json"), ("b", "a"), ("c", "inner/new.json")] {
            let link = folder.path().join(link);
            symlink(target, &link).unwrap();
            formats::save(&article(), &link).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(formats::open(&link).unwrap(), article());
        }
        assert_eq!(names_in(&inner), ["new.json", "old.json"]);
        assert_eq!(names_in(folder.path()), ["a", "b", "c", "inner"]);
    }

    #[test]
    fn a_symbolic_link_to_itself_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("a");
        symlink("a", &link).unwrap();
        assert!(formats::open(&link).is_err());
        assert!(formats::save(&article(), &link).is_err());
        assert_eq!(names_in(folder.path()), ["a"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_written_to_directly_and_stays_a_device() {
        formats::save(&article(), Path::new("/dev/null")).unwrap();
        let sentence = formats::save(&article(), Path::new("/dev/full"))
            .unwrap_err()
            .to_string();
        assert_eq!(sentence, "/dev/full was not written: the disk is full");
        for device in ["/dev/null", "/dev/full"] {
            assert!(fs::metadata(device).unwrap().file_type().is_char_device());
        }
    }

    #[test]
    fn hard_links_owner_and_mode_are_kept() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
        fs::write(&path, "a long old content").unwrap();
        fs::hard_link(&path, &other).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let inode = fs::metadata(&path).unwrap().ino();
        assert_eq!(file::replace(&path, b"new").unwrap(), None);
        let metadata = fs::metadata(&other).unwrap();
        assert_eq!((metadata.ino(), metadata.mode() & 0o777), (inode, 0o640));
        assert_eq!(fs::read(&other).unwrap(), b"new");
        assert_eq!(names_in(folder.path()), ["a.json", "b.json"]);

        // Only root may give files away.
        fs::remove_file(&other).unwrap();
        if chown(&path, Some(12_345), Some(54_321)).is_ok() {
            assert_eq!(file::replace(&path, b"newer").unwrap(), None);
            let metadata = fs::metadata(&path).unwrap();
            assert_eq!((metadata.uid(), metadata.gid()), (12_345, 54_321));
            assert_eq!(metadata.mode() & 0o777, 0o640);
        }
    }

    #[test]
    fn different_names_of_a_file_are_recognized() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "").unwrap();
        fs::write(path("b"), "").unwrap();
        fs::hard_link(path("a"), path("hard")).unwrap();
        std::os::unix::fs::symlink("a", path("soft")).unwrap();
        std::os::unix::fs::symlink("gone", path("dangling")).unwrap();
        fs::create_dir(path("folder")).unwrap();
        for same in ["a", "hard", "soft", "./a", "folder/../soft"] {
            assert!(file::is_same_file(&path("a"), &path(same)), "{same}");
        }
        assert!(file::is_same_file(&path("dangling"), &path("folder/../gone")));
        for other in ["b", "gone", "folder"] {
            assert!(!file::is_same_file(&path("a"), &path(other)), "{other}");
        }
        let null = Path::new("/dev/null");
        assert!(!file::is_same_file(null, null), "a device has no content to lose");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_endless_file_is_refused() {
        let sentence = formats::open(Path::new("/dev/zero")).unwrap_err().to_string();
        assert!(sentence.contains("larger than"), "{sentence}");
    }

    #[test]
    fn work_from_a_file_whose_name_is_not_unicode_is_recovered() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let slot = RecoverySlot::create(folder.path()).unwrap();
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/\xff.json"));
        slot.store(&article(), &Origin::File(path.to_owned())).unwrap();
        drop(slot);
        let found = recovery::find_recovered(folder.path()).0;
        assert_eq!(
            (&found[0].document, &found[0].origin),
            (&article(), &Origin::Untitled)
        );
    }
}

#[test]
fn unsaved_work_is_found_only_after_its_owner_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let slot = RecoverySlot::create(folder.path()).unwrap();
    slot.store(&article(), &Origin::Preset("article")).unwrap();
    assert!(
        recovery::find_recovered(folder.path()).0.is_empty(),
        "its owner still runs"
    );
    drop(slot);
    let found = recovery::find_recovered(folder.path()).0;
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0].document, &found[0].origin),
        (&article(), &Origin::Preset("article"))
    );
    assert!(
        recovery::find_recovered(folder.path()).0.is_empty(),
        "it is offered only once at a time"
    );
    drop(found);
    for recovered in recovery::find_recovered(folder.path()).0 {
        recovered.discard();
    }
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_slot_keeps_the_newest_document_and_its_origin() {
    let folder = tempfile::tempdir().unwrap();
    let slot = RecoverySlot::create(folder.path()).unwrap();
    slot.store(&article(), &Origin::Untitled).unwrap();
    let newest = preset("xor");
    slot.store(&newest, &Origin::File("f.json".into())).unwrap();
    drop(slot);
    let found = recovery::find_recovered(folder.path()).0;
    let absolute = std::path::absolute("f.json").unwrap();
    assert_eq!(
        (&found[0].document, &found[0].origin),
        (&newest, &Origin::File(absolute))
    );
}

#[test]
fn a_released_or_cleared_slot_offers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let slot = RecoverySlot::create(folder.path()).unwrap();
    slot.store(&article(), &Origin::Untitled).unwrap();
    slot.release();
    assert!(names_in(folder.path()).is_empty());
    let slot = RecoverySlot::create(folder.path()).unwrap();
    slot.store(&article(), &Origin::Untitled).unwrap();
    slot.clear();
    drop(slot);
    assert!(recovery::find_recovered(folder.path()).0.is_empty());
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn two_slots_in_one_folder_are_independent() {
    let folder = tempfile::tempdir().unwrap();
    let slots = [
        RecoverySlot::create(folder.path()).unwrap(),
        RecoverySlot::create(folder.path()).unwrap(),
    ];
    for slot in &slots {
        slot.store(&article(), &Origin::Untitled).unwrap();
    }
    drop(slots);
    assert_eq!(recovery::find_recovered(folder.path()).0.len(), 2);
}

#[test]
fn recovery_files_that_cannot_be_read_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    drop(RecoverySlot::create(folder.path()).unwrap());
    let lock = names_in(folder.path()).remove(0);
    let content = folder.path().join(lock).with_extension("json");
    fs::write(&content, "{\"novel\":1}").unwrap();
    let (found, unreadable) = recovery::find_recovered(folder.path());
    assert!(found.is_empty());
    assert_eq!(unreadable.len(), 1);
    assert_eq!(unreadable[0].path, content);
    let (_, told_again) = recovery::find_recovered(folder.path());
    assert!(told_again.is_empty());
    assert_eq!(fs::read_to_string(content).unwrap(), "{\"novel\":1}");
}

#[test]
fn a_slot_without_a_lock_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let slot = RecoverySlot::create(folder.path()).unwrap();
    slot.store(&article(), &Origin::Untitled).unwrap();
    drop(slot);
    for name in names_in(folder.path()) {
        if name.ends_with(".lock") {
            fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
    let (found, _) = recovery::find_recovered(folder.path());
    assert_eq!(found[0].document, article());
}

#[test]
fn nothing_is_recovered_from_a_missing_folder() {
    let folder = tempfile::tempdir().unwrap();
    assert!(recovery::find_recovered(&folder.path().join("gone")).0.is_empty());
}
