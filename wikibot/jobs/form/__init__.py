"""The form of `edit`: the fields of a page as a commented TOML file, written and read back.

`lines` writes and finds TOML, `layout` makes the form, `answers` reads what a person made of it,
`draft` keeps it until it is saved to the wiki or given up.
"""
