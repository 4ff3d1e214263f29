manage-title = Administration
