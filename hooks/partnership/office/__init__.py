"""What the office does: the questionnaire out and the answers in, forms and schemas for other
editors, closing a year, following up, skeletons of new files. Writes data, makes no page.
"""
