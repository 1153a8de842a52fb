"""What is known about a partnership: frozen records, each field under its English name with the
German key an editor types as its alias. Beside them the values that every room speaks of: days,
addresses, problems, markers, shapes. No input, no output, no rules across records.
"""
