"""The color model: colors one gray frame by itself."""
