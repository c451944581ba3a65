# The dialog that imports data.

import-data-title = Import data
import-data-size = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
 }, { $inputs ->
    [one] 1 input
   *[other] { $inputs } inputs
 }
import-data-loading = Loading…
import-data-input = Input
import-data-target = Target
import-data-column = Column
import-data-kind = Kind
import-data-classes = Classes
import-data-first-rows = First rows
import-data-use-as-input = Use “{ $column }” as an input
import-data-use-as-target = Use “{ $column }” as the target
# How the file is read.
read-automatic = Automatic
    .value = Automatic: { $value }
read-encoding = Encoding
read-separator = Separator
read-decimal = Decimal sign
read-dates = Dates
read-thousands = Thousands separator
read-header-line = Line of the header
read-comment = Comments
read-missing = Missing values
    .tooltip = Further texts that stand for missing values, separated by commas.
read-skip-bad-rows = Skip rows that can’t be read
    .tooltip = Without this, a row that can’t be read prevents the use of the file.
thousands-comma = Comma: 1,000
thousands-point = Point: 1.000
thousands-space = Space: 1 000
thousands-apostrophe = Apostrophe: 1’000
comment-none = None
rows-unreadable = { $count ->
    [one] 1 row can’t be read
   *[other] { $count } rows can’t be read
 }
read-header = Header
read-sheet = Sheet
read-merge-classes = Merge classes that differ only in letter case
    .tooltip = Treat classes such as yes and Yes as one.
separator-comma = Comma
separator-semicolon = Semicolon
separator-tab = Tab
separator-pipe = Vertical bar
separator-spaces = Spaces
decimal-point = Point: 1.5
decimal-comma = Comma: 1,5
dates-day-month-year = Day, month, year
dates-month-day-year = Month, day, year
dates-year-month-day = Year, month, day
dates-none = No dates
header-first = First row
header-none = None
header-on-line = Line { $line }
column-kind-number = number
column-kind-class = class
column-kind-date = date
column-kind-text = text
column-kind-empty = empty
column-kind-index = row number
column-kind-with-missing = { $kind }, { NUMBER($count) } missing
target-kind = Target
    .number = Number (regression)
    .numeric-class = Class (numeric label)
    .text-class = Class (text label)
target-class-count = { $class }: { NUMBER($samples) }
target-more-classes = { NUMBER($count) } more
import-data-standardize = Standardize inputs
    .tooltip = Standardize the inputs for training only (mean 0, standard deviation 1); the network takes them as they are.
import-data-test-set = Test set
rows-skipped = { $count ->
    [one] 1 unreadable row is skipped
   *[other] { $count } unreadable rows are skipped
 }
rows-skipped-more = { $count ->
    [one] 1 more row
   *[other] { $count } more rows
 }
import-data-use = Use with this network
no-input-column = Choose at least one input column.
