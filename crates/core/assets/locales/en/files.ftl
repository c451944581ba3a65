# Opening and saving files.

document-untitled = Untitled
window-title = { $name } — neurodial
    .unsaved = { $name } (unsaved) — neurodial

file-open = Open
file-save-as = Save as
file-export-experiments = Export experiment log
file-path = File path
file-will-be-replaced = A file with this name already exists and will be replaced.
file-filter-documents = neurodial documents and figures
file-filter-tables = Data tables (CSV)
file-filter-all = All files
file-filter-experiments = CSV or Markdown table
file-filter-figure = { $format } figure

file-saved = Saved { $path }
file-exported = Exported { $path }
could-not-open = Could not open “{ $name }”
could-not-save = Could not save “{ $name }”
link-copied = Copied the link. It stands behind the address of a page that shows neurodial
link-copied-without-data = Copied the link. It names the data file “{ $name }” but does not contain it

# Notices when the window opens.
preferences-unreadable = The preferences can’t be read, so the defaults are used: { $reason }
preferences-replaced = { $path } contains no preferences, so the defaults are used.
    .with-copy = { $path } contains no preferences, so the defaults are used; the old file is kept as { $copy }.
preferences-defaults = Some preferences in { $path } can’t be understood and have their defaults: { $keys }.
    .with-copy = Some preferences in { $path } can’t be understood and have their defaults: { $keys }. The old file is kept as { $copy }.
autosave-failed = Unsaved changes would be lost in a crash; save often: { $reason }
autosave-without-folder = Unsaved changes would be lost in a crash, because there is no home folder to keep them in; save often.
