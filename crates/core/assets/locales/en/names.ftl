# Names that are typed, and the errors for unknown ones.

unknown-locale = there is no language “{ $name }”; use one of { $names }
unknown-optimizer = there is no optimizer “{ $name }”; use one of { $names }
unknown-loss = there is no loss function “{ $name }”; use one of { $names }
unknown-initializer = there is no initialization “{ $name }”; use one of { $names }
unknown-layout = there is no layout “{ $name }”; use one of { $names }
unknown-code-language = “{ $name }” is not a format for networks as code; use { $names }
unknown-activation = there is no activation function “{ $name }”; use one of { $names }
unknown-generator = there is no dataset “{ $name }”; the generated ones are { $names }
