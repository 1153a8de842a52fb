"""How a finished build reaches its readers: into the folder beside the files (`local`), and from
there to a host (`releases` into `folder`, `ssh` or `bucket`).

Whatever interrupts it, what is public is one whole site.
"""
