# Lists in sentences.

list-separator = {", "}
list-of-two = { $first } and { $second }
list-of-several = { $start }, and { $last }
