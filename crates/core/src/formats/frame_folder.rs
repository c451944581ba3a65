//! Folders of numbered pictures, the frames of an animation.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::checksum::Checksum;
use super::file::{
    FileError, TEMPORARY_PREFIX, TEMPORARY_SUFFIX, parent_folder, remove_stale_temporaries, resolve_links,
    sync_folder, write_error,
};

/// The file in a folder of frames that lists them with their checksums, one in each line.
const MANIFEST: &str = ".neurodial-frames";

/// Writes a folder of files, and a hidden list of them. An old folder is replaced only if it is empty or holds
/// nothing but unchanged files of such a list, so that nothing of anybody else is lost. On Linux the old and the new
/// folder are exchanged in one step; elsewhere the old one is renamed first. A link is followed, and an existing
/// folder keeps its permissions.
///
/// # Errors
///
/// Returns an error if the old folder holds other files or the new one can't be written; then the old folder
/// is unchanged.
pub fn replace_frame_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FileError> {
    let failed = |source| write_error(path, source);
    // Without a slash at the end, and without links, so that what is renamed is the folder itself.
    let target = match fs::canonicalize(path) {
        Ok(existing) => existing,
        Err(_) => resolve_links(&path.components().collect::<PathBuf>())?,
    };
    if target.file_name().is_none() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if std::env::current_dir()
        .and_then(|current| current.canonicalize())
        .is_ok_and(|current| current.starts_with(&target))
    {
        // Programs would stay in the old folder, which is deleted.
        return Err(FileError::CurrentFolder {
            path: path.to_owned(),
        });
    }
    let old = fs::metadata(&target).ok();
    if old.is_some() && !holds_only_frames(&target).map_err(failed)? {
        return Err(FileError::FolderNotEmpty {
            path: path.to_owned(),
        });
    }
    let parent = parent_folder(&target);
    remove_stale_temporaries(parent);
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let new_folder = builder.tempdir_in(parent).map_err(failed)?;
    // As for a temporary file; not every system can lock a folder.
    let lock = fs::File::open(new_folder.path());
    let _ = lock.as_ref().map(fs::File::try_lock);
    let mut manifest = String::new();
    for (name, bytes) in files {
        write_synced(&new_folder.path().join(name), bytes).map_err(failed)?;
        manifest += &format!("{:016x} {name}\n", Checksum::hash(bytes));
    }
    write_synced(&new_folder.path().join(MANIFEST), manifest.as_bytes()).map_err(failed)?;
    sync_folder(new_folder.path());
    match old {
        Some(old) => {
            fs::set_permissions(new_folder.path(), old.permissions()).map_err(failed)?;
            exchange(new_folder.path(), &target).map_err(failed)?;
            // The old frames are removed with the temporary folder, whose name they have now.
        }
        None => {
            fs::rename(new_folder.path(), &target).map_err(failed)?;
            // There is nothing left to remove under the temporary name.
            let _ = new_folder.keep();
        }
    }
    sync_folder(parent);
    Ok(())
}

/// True if a folder is empty or holds only files that are listed in its manifest and have not changed.
fn holds_only_frames(folder: &Path) -> io::Result<bool> {
    let manifest = match fs::read_to_string(folder.join(MANIFEST)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        manifest => manifest.unwrap_or_default(),
    };
    let lines = manifest.lines().filter_map(|line| line.split_once(' '));
    let checksums: BTreeMap<&str, &str> = lines.map(|(checksum, name)| (name, checksum)).collect();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == MANIFEST {
            continue;
        }
        let Some(&expected) = name.to_str().and_then(|name| checksums.get(name)) else {
            return Ok(false);
        };
        let is_unchanged = entry.file_type()?.is_file()
            && format!("{:016x}", Checksum::hash(&fs::read(entry.path())?)) == expected;
        if !is_unchanged {
            return Ok(false);
        }
    }
    Ok(true)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Exchanges two folders, in one step if the file system can.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // This name is not that of a temporary folder, because it may be the only copy if the process is killed now.
    let mut backup_name = new.as_os_str().to_owned();
    backup_name.push(".old");
    let backup = PathBuf::from(backup_name);
    fs::rename(old, &backup)?;
    if let Err(e) = fs::rename(new, old) {
        // Restore the old folder.
        let _ = fs::rename(&backup, old);
        return Err(e);
    }
    fs::rename(&backup, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(count: usize) -> Vec<(String, Vec<u8>)> {
        (1..=count)
            .map(|index| (format!("{index:04}.png"), vec![index as u8; 3]))
            .collect()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("it exists");
        let names = entries.map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn only_unchanged_frames_of_the_manifest_are_replaced() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let folder = parent.path().join("frames");
        for count in [3, 2] {
            replace_frame_folder(&folder.join(""), &frames(count)).expect("it is ours");
            assert_eq!(names_in(&folder).len(), count + 1);
        }
        assert_eq!(names_in(parent.path()), ["frames"], "nothing temporary is left");

        fs::write(folder.join("0001.png"), "retouched").expect("it can be written");
        let error = replace_frame_folder(&folder, &frames(1)).expect_err("a frame has changed");
        assert!(matches!(error, FileError::FolderNotEmpty { .. }));
        assert_eq!(
            fs::read(folder.join("0001.png")).expect("it is kept"),
            b"retouched"
        );

        let own = parent.path().join("own");
        fs::create_dir(&own).expect("it can be created");
        replace_frame_folder(&own, &frames(1)).expect("it was empty");
        fs::write(own.join("202301.png"), "mine").expect("it can be written");
        replace_frame_folder(&own, &frames(1)).expect_err("it holds another picture");
        assert_eq!(names_in(parent.path()), ["frames", "own"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let parent = tempfile::tempdir().expect("a temporary folder");
        let (real, link) = (parent.path().join("real"), parent.path().join("link"));
        fs::create_dir(&real).expect("it can be created");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o700)).expect("it is ours");
        symlink("real", &link).expect("it can be created");
        replace_frame_folder(&link, &frames(1)).expect("it was empty");
        assert!(fs::symlink_metadata(&link).expect("it exists").is_symlink());
        let mode = fs::metadata(&real).expect("it exists").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        assert_eq!(names_in(&real), [MANIFEST, "0001.png"]);
    }
}
