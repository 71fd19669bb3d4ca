"""Where calls come from: one kind of telephone line a module, all behind `line.TelephoneLine`."""
