"""The questionnaire's way out and in: the Excel form, filled answers, what they change."""
